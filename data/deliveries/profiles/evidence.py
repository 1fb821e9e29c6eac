"""How well a column of an office fits a column of the format, and by what that shows."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from data.deliveries.names import folded
from data.deliveries.profiles import synonyms
from data.deliveries.profiles.datesseen import DATE
from data.deliveries.profiles.seen import Seen
from data.deliveries.schema import Field, Table

NEARLY = 88  # of 100: two writings of one value
SEPARATORS = (",", ";", "/", "|", "+")
NUMBER = re.compile(r"-?[\d.,' ]+( ?€)?")
WEIGHTS = {"list": 0.45, "register": 0.5, "date": 0.25}  # of the values; the rest is the heading's


@dataclass(frozen=True)
class Evidence:
    """`score` 0 to 1. `heading`: how alike it is to `like`, a name of the column. `fits`: the share of values
    that have the type or are known, None where nothing can be said. `values`: the office's -> the format's.
    """

    score: float
    heading: float
    like: str
    fits: float | None
    values: dict[str, str] = field(default_factory=dict)
    separator: str | None = None


def evidence(seen: Seen, table: Table, column: Field) -> Evidence:
    """What speaks for reading this column of the office as that column of the format."""
    heading, like = _heading(seen.heading, column)
    if "x-list" in column.rules:
        fits, found, separator = max(
            (_known(_items(seen.values, sign), table, column, sign) for sign in SEPARATORS),
            key=lambda each: each[0] or 0.0,
        )
        return Evidence(_score(heading, fits, "list"), heading, like, fits, found, separator)
    if known := synonyms.values(table.name, column.name):
        kind = "register" if "x-register" in column.rules else "list"
        values = {_with_zero(value, column): count for value, count in seen.values.items()}
        fits, found, _ = _known(values, table, column, None)
        found = {} if kind == "register" else found
        return Evidence(_score(heading, fits, kind if known else "list"), heading, like, fits, found)
    pattern = {"date": DATE, "number": NUMBER, "integer": NUMBER}.get(column.type)
    form = pattern or (re.compile(column.rules["pattern"]) if "pattern" in column.rules else None)
    fits = _share(seen.values, form)
    return Evidence(_score(heading, fits, column.type), heading, like, fits)


def _score(heading: float, fits: float | None, kind: str) -> float:
    if fits is None:
        return heading * 0.9
    if kind in WEIGHTS and fits >= 0.5:
        return heading * (1 - WEIGHTS[kind]) + fits * WEIGHTS[kind]
    return heading if fits >= 0.9 else heading * (0.7 if kind == "list" else 0.3)


@lru_cache(maxsize=20_000)
def _likeness(one: str, other: str) -> float:
    return (0.65 * fuzz.token_sort_ratio(one, other) + 0.35 * fuzz.token_set_ratio(one, other)) / 100


def _heading(written: str, column: Field) -> tuple[float, str]:
    plain = _plain(written.replace("{n}", ""))
    return max((_likeness(plain, _plain(name)), name) for name in synonyms.of_column(column))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", folded(name)).strip()


def _known(
    values: dict[str, int], table: Table, column: Field, separator: str | None
) -> tuple[float | None, dict[str, str], str | None]:
    """The share of values that are known, and those that are written otherwise than in the format."""
    known = synonyms.values(table.name, column.name)
    found = {value: ours for value in values if (ours := _nearest(value, known)) is not None}
    share = sum(values[value] for value in found) / sum(values.values()) if values else None
    return share, {theirs: ours for theirs, ours in found.items() if theirs != ours}, separator


def _nearest(value: str, known: dict[str, str]) -> str | None:
    if (exact := known.get(folded(value))) is not None:
        return exact
    if len(known) > 500 or len(value) < 4:  # of countries and area keys only exact ones
        return None
    best = max(known, key=lambda each: fuzz.ratio(folded(value), each))
    return known[best] if fuzz.ratio(folded(value), best) >= NEARLY else None


def _items(values: dict[str, int], separator: str) -> dict[str, int]:
    items: dict[str, int] = {}
    for value, count in values.items():
        for item in value.split(separator):
            items[item.strip()] = items.get(item.strip(), 0) + count
    return items


def _with_zero(value: str, column: Field) -> str:
    digits = column.rules.get("x-leading-zero")
    return f"0{value}" if digits and value.isdigit() and len(value) == digits - 1 else value


def _share(values: dict[str, int], form: re.Pattern[str] | None) -> float | None:
    if not values or form is None:
        return None
    return sum(count for value, count in values.items() if form.fullmatch(value)) / sum(values.values())
