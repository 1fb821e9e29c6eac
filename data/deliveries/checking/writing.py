"""The way of writing of one file: decimal comma or point, which dates; and rows that don't keep to it."""

from collections.abc import Iterator

from data.deliveries.collect import Broken, marked
from data.deliveries.load import Loaded

DECIMALS = {"comma": "Dezimalkomma", "point": "Dezimalpunkt"}
DATES = {"date-german": "TT.MM.JJJJ", "date-iso": "JJJJ-MM-TT"}
# They are read as JJJJ-MM-TT, but a person sees them in whatever way their program shows dates.
REAL_DATES = DATES | {"date-iso": "Datumswerte"}


def decimals(loaded: Loaded) -> str | None:
    """How decimals are written, None if no value shows it."""
    if loaded.part.recognised.kind != "CSV" and loaded.marked("point"):
        return None
    return _shown(loaded, DECIMALS)


def dates(loaded: Loaded) -> str | None:
    """How dates are written, None if there are none."""
    return _shown(loaded, REAL_DATES if loaded.part.real_dates else DATES)


def crosses(loaded: Loaded) -> bool:
    """Whether yes and no are written as a cross and an empty cell."""
    return loaded.marked("cross") and not loaded.marked("yes-no")


def undecided(loaded: Loaded) -> dict[str, int]:
    """Column -> the mark of its values that can be read in two ways: no rule can judge them."""
    if _text_file(loaded) and loaded.marked("comma"):  # in a workbook a comma says nothing about real numbers
        return {}
    return {check.column: mark for mark in loaded.hits if (check := loaded.checks[mark]).rule == "question"}


def broken(loaded: Loaded) -> Iterator[Broken]:
    """Values that can be read in two ways, and values in another writing than the rest of the file."""
    for mark in undecided(loaded).values():
        yield marked(loaded, mark, "thousands-or-decimals")
    if _text_file(loaded):
        yield from _minority(loaded, DECIMALS, "mixed-decimals")
        yield from _minority(loaded, DATES, "mixed-dates")


def _text_file(loaded: Loaded) -> bool:
    return loaded.part.recognised.kind == "CSV"


def _shown(loaded: Loaded, ways: dict[str, str]) -> str | None:
    return " / ".join(shown for way, shown in ways.items() if loaded.marked(way)) or None


def _minority(loaded: Loaded, ways: dict[str, str], rule: str) -> Iterator[Broken]:
    rows = {way: [mark for mark in loaded.hits if loaded.checks[mark].rule == way] for way in ways}
    if not all(rows.values()):
        return
    rarer = min(ways, key=lambda way: sum(loaded.hits[mark] for mark in rows[way]))
    for mark in rows[rarer]:
        yield marked(loaded, mark, rule)
