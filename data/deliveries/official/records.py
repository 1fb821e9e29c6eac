"""What a file of the official list says, whichever of its two forms it has: places as it writes them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from data.deliveries.format.findings import LISTED_PER_RULE, Finding, Group, Place, finding
from data.foundation.areas import LAND

MUNICIPALITY = "60"  # the kind of record (Satzart); 10 to 50 are what a municipality lies in
NOBODYS = frozenset({"65", "66"})  # the mark (Textkennzeichen) of areas that belong to no municipality


@dataclass(frozen=True)
class Row:
    """One municipality of the Land: line, key (AGS), mark (Textkennzeichen), inhabitants as text."""

    line: int
    area_code: str
    mark: str
    inhabitants: str


@dataclass(frozen=True)
class Read:
    """A file of the list. `counted_on` is the date of its inhabitants and `census` the year of the one that
    they are carried forward from, both None where the file does not say it. `elsewhere`: municipalities of
    other Länder. `broken` are lines that can't be read, with what stands there.
    """

    place: Place
    rows: Sequence[Row] = ()
    counted_on: date | None = None
    census: str | None = None
    synthetic: bool = False
    elsewhere: int = 0
    broken: Sequence[tuple[int, str]] = ()
    said: Sequence[Group] = field(default=())


def of_land(area_code: str) -> bool:
    """Whether a key is of the Land, known or not: a list of all Länder says it by its keys alone."""
    return area_code.startswith(LAND)


def together(rule: str, place: Place, lines: Sequence[tuple[int, str]], of_rows: int) -> list[Group]:
    """One group about these lines, each with the value that it is about; none without lines."""
    if not lines:
        return []
    every: list[Finding] = [
        finding(rule, place, line=line, value=value) for line, value in lines[:LISTED_PER_RULE]
    ]
    values = tuple((value, 1) for _, value in lines[:20])
    first = every[0]
    return [
        Group(
            rule, first.severity, place.file, place.sheet, None, len(lines), of_rows, tuple(every),
            values=values, different=len(lines),
        )
    ]  # fmt: skip
