"""The register of areas, from the Land to the Gemeinden: how they nest, and how they are named.

What an area lies in is told by `parent_code` of the register alone: nothing reads a level or a parent from
the length or the beginning of a code. A further level is its rows in the register and its name in `LEVELS`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from data.foundation import land
from data.foundation.errors import DashboardError

FILE = land.folder() / "areas.csv"
LAND = land.code()
KREIS, ASSOCIATION, GEMEINDE = "kreis", "verwaltungsgemeinschaft", "gemeinde"
LEVELS = ("land", "regierungsbezirk", KREIS, ASSOCIATION, GEMEINDE)  # every level, the largest first


class BrokenRegisterError(DashboardError):
    """A row of the register that nests nowhere: no rule that asks what an area lies in would know it."""

    def __init__(self, code: str, level: str, parent: str) -> None:
        super().__init__(
            f"areas.csv: {code} is of level {level!r} and lies in {parent or 'nothing'!r}. "
            f"Give it one of the levels {', '.join(LEVELS)}, and as parent an area of a larger level."
        )


@dataclass(frozen=True)
class Area:
    """One area. `code` is the official key (AGS), always text; `parent` the code of the area it lies in.

    `ars` is the regional key of a municipality or an association; larger areas have none.
    """

    code: str
    level: str
    name: str
    kind: str
    parent: str
    label: str
    ars: str


@lru_cache(maxsize=1)
def register() -> dict[str, Area]:
    """Every area by its code, in the order of the official key; labels are unique.

    Raises BrokenRegisterError.
    """
    with FILE.open(encoding="utf-8") as lines:
        rows = {row["area_code"]: row for row in csv.DictReader(lines)}
    seen: dict[str, int] = {}
    for row in rows.values():
        _check(row, rows)
        if row["level"] == GEMEINDE:
            seen[row["name"]] = seen.get(row["name"], 0) + 1
    return {
        code: Area(
            code=code,
            level=row["level"],
            name=row["name"],
            kind=row["type"],
            parent=row["parent_code"],
            label=_label(row, _kreis(row, rows), seen.get(row["name"], 0) > 1),
            ars=row.get("ars", ""),
        )
        for code, row in rows.items()
    }


def level(code: str) -> str:
    """The level of an area; KeyError if there is none of this code."""
    return register()[code].level


def ancestors(code: str) -> Iterator[Area]:
    """Every area that this one lies in, the smallest first, itself not among them."""
    while parent := register()[code].parent:
        yield register()[parent]
        code = parent


def above(code: str, of: str) -> str | None:
    """The area of level `of` that this one lies in; None if it is of that level itself, or larger."""
    return next((area.code for area in ancestors(code) if area.level == of), None)


def within(code: str, of: str) -> str | None:
    """The area of level `of` that this one is or lies in; None if it is larger."""
    return code if level(code) == of else above(code, of)


def inside(code: str, of: str) -> list[str]:
    """Every area of level `of` that is this one or lies in it, in the order of the register."""
    return list(_inside(of).get(code, ()))


@lru_cache(maxsize=len(LEVELS))
def _inside(of: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for area in register().values():
        if area.level == of:
            for each in (area, *ancestors(area.code)):
                found.setdefault(each.code, []).append(area.code)
    return found


def forget() -> None:
    """Read the register anew when it is next asked for."""
    register.cache_clear()
    _inside.cache_clear()


def is_town(code: str) -> bool:
    """Whether a Kreis is one municipality: both are the same place."""
    return register()[code].kind == land.own().town


def by_month(of: str) -> bool:
    """Whether areas of a level are published by month: from Kreis upward. Smaller ones have quarters."""
    return LEVELS.index(of) <= LEVELS.index(KREIS)


def _check(row: dict[str, str], rows: dict[str, dict[str, str]]) -> None:
    parent = rows.get(row["parent_code"], {}).get("level")
    places = [LEVELS.index(each) if each in LEVELS else -1 for each in (row["level"], parent)]
    if row["level"] != LEVELS[0] and not 0 <= places[1] < places[0]:
        raise BrokenRegisterError(row["area_code"], row["level"], row["parent_code"])


def _kreis(row: dict[str, str], rows: dict[str, dict[str, str]]) -> dict[str, str] | None:
    above: dict[str, str] | None = row
    while above and above["level"] != KREIS:
        above = rows.get(above["parent_code"])
    return above


def _label(row: dict[str, str], kreis: dict[str, str] | None, doubled: bool) -> str:
    name, kind = row["name"], row["type"]
    if row["level"] == LEVELS[0]:
        return name
    if row["level"] == KREIS:
        # Names like "Ortenaukreis" already say what they are; "Karlsruhe" is two different Kreise.
        return name if "kreis" in name.lower() else f"{name} ({kind})"
    if row["level"] == ASSOCIATION:
        # Many have the name of their largest municipality; some names say themselves what they are.
        short = "GVV" if kind == "Gemeindeverwaltungsverband" else "Verwaltungsgemeinschaft"
        return name if ASSOCIATION in name.lower() or "verband" in name.lower() else f"{short} {name}"
    if row["level"] != GEMEINDE:
        return f"{kind} {name}"
    if doubled and kreis:
        return (
            f"{name} ({kreis['name']})"
            if "kreis" in kreis["name"].lower()
            else f"{name} (Kreis {kreis['name']})"
        )
    return name
