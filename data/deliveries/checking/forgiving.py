"""Values as offices and their spreadsheets write them, read as what they mean without a doubt.

Only the values of columns in which the strict reading has refused one come here, and each becomes the text
that the format asks for, step after step, in SQL over the whole column. A step that changed a value is said:
a notice, or a warning where somebody has to confirm that it is meant so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.deliveries.checking.columns import PLAIN
from data.deliveries.format.names import INVISIBLE
from data.deliveries.format.schema import Field, Table
from data.foundation.sql import identifier, literal

WIDE_BLANKS = " \t\r\n\u00a0\u2007\u2009\u202f\u3000"
MINUS = "\u2212\u2013\u2014\u2010\u2011"  # what stands for the minus on a keyboard or in a typesetter's font
FORGIVEN = frozenset(
    {"date", "number", "integer", "boolean", "country", "list", "value-list", "area-digits", "pattern"}
    | {"area-unknown", "age-group-date", "thousands-or-decimals", "question", "reference"}
)
TRUE_WORDS = ("wahr", "yes", "y", "-1", "\u22121", "on", "\u2713", "\u2714", "\u2611")
FALSE_WORDS = ("falsch", "no", "off", "\u2610")
# German and English months by their first three letters; März is also Maerz, Mrz and Mar.
MONTHS = {
    "jan": 1, "jän": 1, "jae": 1, "feb": 2, "mär": 3, "mae": 3, "mrz": 3, "mar": 3, "apr": 4,
    "mai": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "okt": 10, "oct": 10,
    "nov": 11, "dez": 12, "dec": 12,
}  # fmt: skip
MONTH = (
    "jan(?:uary?|uar)?|jän(?:ner)?|jaen(?:ner)?|feb(?:ruary?|ruar)?|märz?|maerz|mrz|mar(?:ch)?|apr(?:il)?|mai|may"
    "|jun[ie]?|jul[iy]?|aug(?:ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?"
)
DAY = "(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|mo|di|mi|do|fr|sa|so)?[.,]* ?"
SPELT = rf"(?i){DAY}([0-9]{{1,2}})(?:\. ?| |-)({MONTH})(?:\. ?| |-)([0-9]{{4}})"
CLOCK = r"[T ,]+[0-9]{1,2}[:.][0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?Uhr)?(?:[+-][0-9]{2}:?[0-9]{2})?"
# With Z, the time of Greenwich, a time from 22 o'clock on may be midnight of the day after: nobody's guess.
GREENWICH = r"[T ](?:[01][0-9]|2[01]):[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z"
WITH_TIME = rf"(?i)(.*?[0-9]{{4}}|[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}})(?:{CLOCK}|{GREENWICH})"
SHORT = r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})"
SHORT_ISO = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
SERIAL = r"([0-9]{5})(?:[.,][0-9]+)?"
FIRST_SERIAL, LAST_SERIAL = 42005, 73050  # 01.01.2015 to 31.12.2099, counted from 30.12.1899
ONLY_MONTH = rf"(?i)({MONTH})(?:\. ?| |-)([0-9]{{4}})"
ONLY_NUMBER = r"([0-9]{1,2})[./]([0-9]{4})"
ONLY_ISO = r"([0-9]{4})-([0-9]{2})"
APART = f"[{WIDE_BLANKS}'\u2019]"
GROUPED = f"-?[0-9]{{1,3}}(?:{APART}[0-9]{{3}})+(?:[.,][0-9]+)?"


@dataclass(frozen=True)
class Step:
    """SQL over a value `{v}`: where `when` holds it becomes `then`. `rule` says so; None: in silence."""

    rule: str | None
    when: str
    then: str


@dataclass(frozen=True)
class Reading:
    """A step of one column, and the name of the flag beside it that says of each row whether it was taken."""

    column: str
    step: Step
    at: int

    @property
    def flag(self) -> str:
        """The name of the flag's column."""
        return f"read {self.at} {self.column}"


def readings(table: Table, columns: frozenset[str]) -> dict[str, tuple[Step, ...]]:
    """The steps of each of these columns."""
    return {field.name: tuple(_steps(field)) for field in table.fields if field.name in columns}


def flags(steps: Mapping[str, tuple[Step, ...]]) -> Iterator[Reading]:
    """Every step that is said, as a flag of the layered rows."""
    for column, of_column in steps.items():
        yield from (Reading(column, step, at) for at, step in enumerate(of_column) if step.rule)


def layered(rows: str, steps: Mapping[str, tuple[Step, ...]]) -> str:
    """SQL of `rows` (a query) with the values of the columns read, and the flags beside them."""
    for at in range(max(map(len, steps.values()), default=0)):
        taken = {column: of_column[at] for column, of_column in steps.items() if at < len(of_column)}
        replaced, said = [], []
        for column, step in taken.items():
            value = identifier(column)
            when, then = (each.replace("{v}", value) for each in (step.when, step.then))
            replaced.append(f"case when {when} then {then} else {value} end as {value}")
            if step.rule:
                said.append(f"coalesce({when}, false) as {identifier(Reading(column, step, at).flag)}")
        beside = "".join(f", {each}" for each in said)
        rows = f"select * replace ({', '.join(replaced)}){beside} from ({rows})"
    return rows


def _steps(field: Field) -> Iterator[Step]:
    yield from _of_any_text()
    if field.type == "date":
        yield from _of_dates("x-first-of-month" in field.rules)
    elif field.type == "boolean":
        yield from _of_booleans()
    elif field.type in ("number", "integer"):
        yield from _of_numbers(int(field.rules.get("x-scale", 0)), field.name.endswith("_eur"))
    elif digits := field.rules.get("x-leading-zero"):
        yield from _of_areas(digits)


def _of_any_text() -> Iterator[Step]:
    edges = literal(INVISIBLE + WIDE_BLANKS)
    trimmed = f"trim({{v}}, {edges})"
    yield Step(
        "invisible-signs",
        f"trim({{v}}, {literal(WIDE_BLANKS)}) <> {trimmed}",
        trimmed,
    )
    yield Step(None, "true", f"nullif({trimmed}, '')")
    yield Step("decomposed-letters", "nfc_normalize({v}) <> {v}", "nfc_normalize({v})")
    # What makes a text of a number in a spreadsheet is no part of the text.
    yield Step("leading-apostrophe", _full("'[^']+"), "trim({v}[2:])")
    formula = _full('=".*"')
    yield Step("text-formula", formula, _extract('="(.*)"', 1, whole=True))


def _of_dates(first_of_month: bool) -> Iterator[Step]:
    yield Step("date-time", _full(WITH_TIME), _extract(rf"^{WITH_TIME}$", 1))
    day, month, year = (_extract(SHORT, at) for at in (1, 2, 3))
    yield Step(
        "date-short",
        f"{_full(SHORT)} and (strlen({{v}}) <> 10 or contains({{v}}, ' '))",
        f"{_two(day)} || '.' || {_two(month)} || '.' || {year}",
    )
    year, month, day = (_extract(SHORT_ISO, at) for at in (1, 2, 3))
    yield Step(
        "date-short",
        f"{_full(SHORT_ISO)} and strlen({{v}}) <> 10",
        f"{year} || '-' || {_two(month)} || '-' || {_two(day)}",
    )
    day, month, year = _extract(SPELT, 1), _month(_extract(SPELT, 2)), _extract(SPELT, 3)
    yield Step("date-month-name", _full(SPELT), _plain(year, month, _two(day)))
    number = f"try_cast({_extract(SERIAL, 1)} as integer)"
    yield Step(
        "date-serial",
        f"{_full(SERIAL)} and {number} between {FIRST_SERIAL} and {LAST_SERIAL}",
        f"strftime(date '1899-12-30' + {number}, {literal(PLAIN)})",
    )
    if first_of_month:
        months = (
            (ONLY_MONTH, _month(_extract(ONLY_MONTH, 1)), _extract(ONLY_MONTH, 2)),
            (ONLY_NUMBER, _two(_extract(ONLY_NUMBER, 1)), _extract(ONLY_NUMBER, 2)),
            (ONLY_ISO, _extract(ONLY_ISO, 2), _extract(ONLY_ISO, 1)),
        )
        for pattern, month, year in months:
            yield Step("date-month", _full(pattern), _plain(year, month, "'01'"))


def _of_booleans() -> Iterator[Step]:
    for words, meant in ((TRUE_WORDS, "ja"), (FALSE_WORDS, "nein")):
        listed = ", ".join(map(literal, words))
        yield Step("boolean-written", f"lower({{v}}) in ({listed})", literal(meant))
    # A column of numbers with decimals, in which yes and no are one and zero.
    decimals = _full(rf"(?:[-{MINUS}]?1|0)[.,]0{{1,2}}")
    yield Step("boolean-written", decimals, "case when contains({v}, '1') then 'ja' else 'nein' end")


def _of_areas(digits: int) -> Iterator[Step]:
    blanks = f"[{WIDE_BLANKS}./-]"
    yield Step("area-decimals", _full("[0-9]{4,12}[.,]0{1,2}"), _extract("^[0-9]+", 0))
    yield Step(
        "area-blanks",
        f"{_full(f'[0-9][0-9{WIDE_BLANKS}./-]*[0-9]')} and not {_full('[0-9]*')}",
        f"regexp_replace({{v}}, {literal(blanks)}, '', 'g')",
    )
    # A regional key (ARS): 5 digits Kreis, 4 digits association, 3 digits municipality; its zero may be lost.
    whole = "lpad({v}, 12, '0')"
    if digits == 8:
        yield Step("area-ars", _full("08[0-9]{10}|8[0-9]{10}"), f"{whole}[1:5] || {whole}[10:12]")
    else:
        yield Step("area-ars", _full("0?8[0-9]{3}0{7}"), f"{whole}[1:5]")


def _of_numbers(scale: int, in_eur: bool) -> Iterator[Step]:
    if in_eur:  # the format allows the sign behind an amount, so nothing is said of it
        yield Step(None, "rtrim({v}, ' €\u00a0') <> ''", "rtrim({v}, ' €\u00a0')")
    # It stands beside the number; a minus or a parenthesis may be on either side: (5,00 EUR), -EUR 5,00.
    word = "(?:EUR|Euro|€)"
    euro = rf"(?i)(?:([^0-9a-z€]*){word}([^a-z€]*)|([^a-z€]*){word}([^0-9a-z€]*))"
    if scale:
        around = " || ".join(_extract(euro, at, whole=True) for at in (1, 2, 3, 4))
        yield Step("number-currency", _full(euro), f"trim({around}, {literal(WIDE_BLANKS)})")
        yield Step(
            "number-currency",
            _full(rf"-?[0-9.]+,[-{MINUS}]{{1,2}}"),
            "split_part({v}, ',', 1) || ',00'",
        )
        inside = rf"\([{WIDE_BLANKS}]*([0-9][0-9.,{WIDE_BLANKS}]*?)[{WIDE_BLANKS}]*\)"
        yield Step("number-parentheses", _full(inside), f"'-' || {_extract(inside, 1, whole=True)}")
    yield Step(
        "number-minus",
        _full(rf"[{MINUS}][{WIDE_BLANKS}]*[0-9].*|-[{WIDE_BLANKS}]+[0-9].*"),
        rf"'-' || regexp_replace({{v}}, {literal(rf'^[-{MINUS}][{WIDE_BLANKS}]*')}, '')",
    )
    yield Step(
        "number-minus",
        _full(rf"[0-9].*[0-9][{WIDE_BLANKS}]*[-{MINUS}]|[0-9][-{MINUS}]"),
        rf"'-' || regexp_replace({{v}}, {literal(rf'[{WIDE_BLANKS}]*[-{MINUS}]$')}, '')",
    )
    plus = rf"\+[{WIDE_BLANKS}]*([0-9].*)|([0-9].*[0-9])[{WIDE_BLANKS}]*\+"
    yield Step("number-plus", _full(plus), " || ".join(_extract(plus, at, whole=True) for at in (1, 2)))
    yield Step(
        "number-blanks",
        _full(GROUPED),
        f"regexp_replace({{v}}, {literal(APART)}, '', 'g')",
    )
    if not scale:
        yield Step("whole-decimals", _full(r"-?[0-9]+[.,]0{1,2}"), _extract("^-?[0-9]+", 0))


def _full(pattern: str) -> str:
    return f"regexp_full_match({{v}}, {literal(pattern)})"


def _extract(pattern: str, group: int, whole: bool = False) -> str:
    return f"regexp_extract({{v}}, {literal(f'^{_grouped(pattern)}$' if whole else pattern)}, {group})"


def _grouped(pattern: str) -> str:
    """The pattern with its flags in front of the sign that begins a text."""
    return pattern if not pattern.startswith("(?i)") else f"(?i:{pattern[4:]})"


def _plain(year: str, month: str, day: str) -> str:
    """A date of which the file can't be said to write it in the German or the international way."""
    return f"{year} || '~' || {month} || '~' || {day}"


def _two(digits: str) -> str:
    return f"lpad({digits}, 2, '0')"


def _month(name: str) -> str:
    cases = " ".join(f"when {literal(begin)} then '{number:02}'" for begin, number in MONTHS.items())
    return f"case lower(left({name}, 3)) {cases} end"
