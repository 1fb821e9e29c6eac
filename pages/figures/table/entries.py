"""What a cell of a table shows, and where that stands among the other cells of its column. Pure.

The place follows from what is shown and from nothing else: two shares that are both written as rund 60 %
stand at the same place, and what is withheld or unknown stands behind all others, in no order of its own.
"""

import re
from dataclasses import dataclass
from datetime import date

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Role, is_number
from data.foundation import periods
from pages.text import precision, whole
from pages.text.words import Words

# Behind all places, in this order.
GAPS = {Gap.WITHHELD.value: 1, Gap.UNKNOWN.value: 2}
ZERO = "–"
LAST = float("inf")  # of what is neither a number nor a gap: behind the numbers
# Where a share is told by the half only. Nobody sees more than these words.
HALVES = {"under": 0.25, "rather_under": 0.4, "near": 0.5, "rather_over": 0.6, "over": 0.75}


@dataclass(frozen=True)
class Entry:
    """What a cell shows. `at` is its place among numbers or days; None: it is sorted by its letters.

    `gap` is 0 for what is shown, else its place behind all that is.
    """

    text: str
    at: float | None = None
    gap: int = 0


def of_cell(cell: Cell, name: str, role: Role, words: Words) -> Entry:
    """A cell of an answer, without its unit, which stands in the heading."""
    text = words.cell(cell, name, role)
    if text in GAPS:
        return Entry(text, gap=GAPS[text])
    if role is not Role.DIMENSION and is_number(cell) and not isinstance(cell, str):
        bare = without(text, sign(words.unit(name, role), words))
        return Entry(bare, _shown(text, cell, words))
    if isinstance(cell, Band):
        return Entry(text, 100 * (cell.low + cell.high) / 2 if role is Role.RATE else LAST)
    return Entry(text, _of_dimension(cell))


def of_row(row: dict[str, Cell], name: str, role: Role, words: Words) -> Entry:
    """A cell of a row; of how many Kreise it is, in a column that says so."""
    if name != whole.MISSING:
        return of_cell(row[name], name, role, words)
    return Entry(kreise(row, words))


def kreise(row: dict[str, Cell], words: Words) -> str:
    """Of how many Kreise a row is."""
    return whole.share(words, row) or words.t("table.every")


def of_text(text: str, words: Words) -> Entry:
    """A number that is a text already, with its unit."""
    if text in GAPS:
        return Entry(text, gap=GAPS[text])
    found = number(text, words)
    return Entry(text, LAST if found is None else found)


def of_period(code: str | None, text: str) -> Entry:
    """A period that is a text already; None stands before all."""
    return Entry(text, _of_dimension(code))


def of_day(day: date, words: Words) -> Entry:
    """A day."""
    return Entry(words.date(day), day.toordinal())


def number(text: str, words: Words) -> float | None:
    """The first number in a text, as the language writes it; – is zero; None if there is none."""
    if text == ZERO:
        return 0.0
    decimal, group = words.separators
    found = re.search(rf"[-−]?\d[\d{re.escape(group)}]*(?:{re.escape(decimal)}\d+)?", text)
    if found is None:
        return None
    return float(found[0].replace(group, "").replace(decimal, ".").replace("−", "-"))


def sign(unit: str, words: Words) -> str:
    """What stands behind or before each number of a unit; empty if nothing does."""
    return {"percent": "%", "eur": "€", "vzae": words.t("number.vzae")}.get(unit, "")


def without(text: str, sign: str) -> str:
    """A text without the sign of its unit."""
    return re.sub(rf"\s*{re.escape(sign)}\s*", "", text) if sign else text


def _shown(text: str, cell: Cell, words: Words) -> float:
    found = number(text, words)
    if found is not None:
        return found
    return 100 * HALVES[precision.half(cell)]  # type: ignore[arg-type]


def _of_dimension(cell: Cell) -> float | None:
    """The place of a period, a day or a number: of two periods that begin together the shorter first."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, date):
        return cell.toordinal()
    if is_number(cell) and not isinstance(cell, str):
        return float(cell)  # type: ignore[arg-type]
    found = periods.read(str(cell))
    if found is None:
        return None
    return found.first_day.toordinal() + (found.last_day - found.first_day).days / 10_000
