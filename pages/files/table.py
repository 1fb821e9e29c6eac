"""The table of a figure's files: columns with types, one word beside each number that can be withheld.

Every area has its key, its name and its Kreis, every period its code and the days on which it begins and
ends. An area or a period of which the whole figure is stands in each row, so that files can be put below
each other.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, Role, is_number
from data.foundation import areas, periods
from data.questions import catalogue, measures
from pages.files import figure as figures
from pages.files.figure import Figure
from pages.text import precision, whole
from pages.text.words import Words

# A spreadsheet runs a cell that begins with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
TIMES = ("period", "cohort", "budget_year", "budget_years")
AREA = "area_code"
# What only other columns of an answer need.
_NEEDED = ("year_before",)
_EXACT = ("percent", "eur", "vzae", "per_post")  # units with two decimals; others have four
_YEARS = re.compile(r"(20\d\d)(?:-(20\d\d))?")

Value = str | int | Decimal | date | None
Row = dict[str, Cell]


class Kind(Enum):
    """The type of a column, under its name in Table Schema."""

    TEXT = "string"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"


class State(Enum):
    """Why a cell has a number or none, the same few words in every file."""

    SHOWN = "shown"
    WITHHELD = "withheld"
    UNKNOWN = "unknown"
    BAND = "band"


@dataclass(frozen=True)
class Field:
    """One column of a file. `column` is that of the answer, `part` what of it this is.

    `part` is one of value, state, from, to, key, name, kreis, start, end, known, every and mark. `unit` is
    that of `Words.unit`, where it is a number; a share is in percent. Each number of a `borne` one has the
    digits that its bounds bear, and no more are shown. No two fields have the same `name`.
    """

    name: str
    kind: Kind
    column: str
    part: str = "value"
    unit: str = ""
    borne: bool = False


@dataclass(frozen=True)
class Table:
    """Typed rows: None where there is nothing, never a symbol. Its texts are no formulas."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]


Made = tuple[Field, Callable[[Row], Value]]


def of(figure: Figure) -> Table:
    """The table of a figure, with the mark of its edition as the last column."""
    published, words = figure.published, figure.words
    fixed = _fixed(published)
    made: list[Made] = []
    for name in _in_order(fixed, columns(published)):
        made += _made(published, name, words)
    mark = "; ".join(figures.marks(published.edition, words)) or None
    made.append((Field(words.t("files.column.mark"), Kind.TEXT, "", "mark"), lambda _: mark))
    fields = _told_apart([field for field, _ in made])
    rows = ({**fixed, **row} for row in published)
    return Table(fields, tuple(tuple(_clean(read(row)) for _, read in made) for row in rows))


def columns(published: Published) -> tuple[str, ...]:
    """The columns of an answer that readers get: all but those that only other columns need."""
    return tuple(
        name
        for name in published.names
        if not name.endswith(_NEEDED) and not name.startswith(f"{whole.MISSING}_")
    )


def safe(text: str) -> str:
    """A text of one line that no spreadsheet takes for a formula."""
    clean = _CONTROL.sub(" ", text)
    return f"'{clean}" if text.startswith(_FORMULA) or clean.lstrip().startswith(_FORMULA) else clean


def state(cell: Cell) -> State:
    """What there is of a number that can be withheld."""
    if isinstance(cell, Band):
        return State.BAND
    if cell is Gap.WITHHELD:
        return State.WITHHELD
    return State.SHOWN if is_number(cell) else State.UNKNOWN


def _fixed(published: Published) -> Row:
    """The area and the period of which all rows are, where no column says so."""
    asked = published.asked
    if asked is None:
        return {}
    query, narrowed = catalogue.query(published.query), dict(published.narrowed)
    found: Row = {}
    if AREA not in published.names and AREA in query.params:
        found[AREA] = narrowed.get(AREA, asked.area_code)
    if not set(TIMES) & set(published.names):
        by_year = "budget_year" in query.dimensions
        time = next((each for each in TIMES if each in narrowed), "budget_year" if by_year else "period")
        if time in narrowed or "period" in query.params:
            found[time] = narrowed.get(time, asked.budget_year if by_year else asked.period)
    return found


def _in_order(fixed: Iterable[str], own: Sequence[str]) -> list[str]:
    """First the area, behind it the period, where the answer has no columns of them."""
    names = list(own)
    for name in fixed:
        names.insert(names.index(AREA) + 1 if AREA in names else 0, name)
    return names


def _made(published: Published, name: str, words: Words) -> list[Made]:
    if name == AREA:
        return _area(words)
    if name == whole.MISSING:
        return _kreise(words)
    if name in TIMES:
        return _time(name, words)
    if name in published.names and published.role(name) is not Role.DIMENSION:
        return _number(published, name, words)
    return [_dimension(published, name, words)]


def _area(words: Words) -> list[Made]:
    def kreis(row: Row) -> Value:
        code = areas.within(str(row[AREA]), areas.KREIS) if row[AREA] in areas.register() else None
        return words.area(code) if code else None

    return [
        (Field(words.t("files.column.key"), Kind.TEXT, AREA, "key"), lambda row: _text(row[AREA])),
        (
            Field(words.label(AREA), Kind.TEXT, AREA, "name"),
            lambda row: words.area(str(row[AREA])) if row[AREA] in areas.register() else _text(row[AREA]),
        ),
        (Field(words.label("kreis_code"), Kind.TEXT, AREA, "kreis"), kreis),
    ]


def _kreise(words: Words) -> list[Made]:
    """Of how many Kreise a figure is, and how many there are: nothing where the area lies in one."""

    def every(row: Row) -> int:
        return _kreise_in(str(row.get(AREA)))

    return [
        (
            Field(words.t("files.column.known"), Kind.INTEGER, whole.MISSING, "known"),
            lambda row: every(row) - len(whole.missing(row)) if every(row) else None,
        ),
        (
            Field(words.t("files.column.every"), Kind.INTEGER, whole.MISSING, "every"),
            lambda row: every(row) or None,
        ),
    ]


@lru_cache(maxsize=2048)
def _kreise_in(code: str) -> int:
    return len(areas.inside(code, areas.KREIS)) if code in areas.register() else 0


def _time(name: str, words: Words) -> list[Made]:
    label = words.label(name)
    return [
        (Field(label, Kind.TEXT, name), lambda row: _text(row[name])),
        *(
            (
                Field(words.t(f"files.column.{part}", name=label), Kind.DATE, name, part),
                lambda row, at=at: days[at] if (days := span(row[name])) else None,
            )
            for at, part in enumerate(("start", "end"))
        ),
    ]


def span(code: Cell) -> tuple[date, date] | None:
    """The first and the last day of a period; of years that are no phase of the programme too."""
    found = periods.read(str(code))
    if found:
        return found.first_day, found.last_day
    years = _YEARS.fullmatch(str(code))
    return (date(int(years[1]), 1, 1), date(int(years[2] or years[1]), 12, 31)) if years else None


def _number(published: Published, name: str, words: Words) -> list[Made]:
    role = published.role(name)
    unit = words.unit(name, role)
    label = words.label(name)
    heading = words.t(f"files.column.{unit}", name=label) if unit in ("percent", "eur") else label
    whole_number = role is Role.COUNT
    borne = role is Role.RATE and unit != "percent" and published.edition.parameters is not None
    value = Field(heading, Kind.INTEGER if whole_number else Kind.NUMBER, name, unit=unit, borne=borne)
    made: list[Made] = [(value, lambda row: _rounded(row[name], unit, whole_number))]
    if role in (Role.COUNT, Role.RATE):
        field = Field(words.t("files.column.state", name=heading), Kind.TEXT, name, "state")
        made.append((field, lambda row: words.t(f"files.state.{state(row[name]).value}")))
    if _has_bands(published, name):
        for part, end in (("from", "low"), ("to", "high")):
            field = replace(value, name=words.t(f"band.{part}", name=heading), part=part)
            made.append((field, lambda row, end=end: _rounded(_end(row[name], end), unit, False)))  # type: ignore[misc]
    return made


def _has_bands(published: Published, name: str) -> bool:
    if any(isinstance(cell, Band) for cell in published.column(name)):
        return True
    # By the question and not by its cells, so that the columns of two places are the same.
    return published.asked is not None and name in catalogue.query(published.query).bands


def _end(cell: Cell, end: str) -> Cell:
    return float(getattr(cell, end)) if isinstance(cell, Band) else None


def _rounded(cell: Cell, unit: str, whole_number: bool) -> Value:
    if not is_number(cell):
        return None
    if whole_number:
        return int(cell)  # type: ignore[arg-type]
    told = precision.rounded(cell, unit) if isinstance(cell, float) else cell
    number = Decimal(str(told))
    return round(number * 100 if unit == "percent" else number, 2 if unit in _EXACT else 4)


def _dimension(published: Published, name: str, words: Words) -> Made:
    cells = [cell for cell in published.column(name) if cell is not None and not isinstance(cell, Gap)]
    field = Field(words.label(name), Kind.TEXT, name)
    if cells and all(isinstance(cell, date) for cell in cells):
        return replace(field, kind=Kind.DATE), lambda row: _day(row[name])
    if cells and all(isinstance(cell, int) and not isinstance(cell, bool) for cell in cells):
        return replace(field, kind=Kind.INTEGER), lambda row: _rounded(row[name], "", True)
    return field, lambda row: _category(row[name], name, words)


def _day(cell: Cell) -> Value:
    if not isinstance(cell, date):
        return None
    return cell.date() if isinstance(cell, datetime) else cell


def _category(cell: Cell, name: str, words: Words) -> Value:
    return None if cell is None or isinstance(cell, Gap) else words.cell(cell, name, Role.DIMENSION)


def _text(cell: Cell) -> Value:
    return None if cell is None or isinstance(cell, Gap) else str(cell)


def _clean(value: Value) -> Value:
    return safe(value) if isinstance(value, str) else value


def _told_apart(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The same fields, none of a name that another has."""
    names: list[str] = []
    for field in fields:
        name = safe(field.name)
        names.append(f"{name} ({len(names) + 1})" if name in names else name)
    return tuple(replace(field, name=name) for field, name in zip(fields, names, strict=True))


def meaning(field: Field, words: Words) -> str:
    """What a column holds, in a sentence."""
    if field.part == "value":
        measure = measures.register().get(field.column)
        told = measure.text("definition", words.lang) if measure else ""
        return told or words.t("files.meaning.time" if field.column in TIMES else "files.meaning.value")
    return words.t(f"files.meaning.{field.part}")
