"""What a map shows: into which class each area falls, how large its circle is, what is said of it. Pure.

Rates are areas in classes with fixed round limits (`classes.toml`), absolute numbers circles: a large place
would colour a map with nothing but its size. `pages/maps` draws it.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, Ratio
from data.foundation import areas
from pages.charts import series, theme
from pages.maps import boundaries
from pages.text import precision
from pages.text.words import Words

QUARTERS = tuple(band for band in Band if not band.is_half)
HALVES = tuple(band for band in Band if band.is_half)
# Four quarters take their colours from the whole range, so that they stay far apart.
OF_QUARTERS = tuple(theme.SEQUENTIAL[at] for at in (0, 2, 3, 4))


@dataclass(frozen=True)
class Fill:
    """How areas of one kind look: one colour, or a pattern of a second one (`/`, `\\` or `.`) on it.

    `circle` is a number that the legend shows as a circle of this size, as a share of the largest.
    """

    name: str
    colour: str
    pattern: str = ""
    over: str = ""
    circle: float = 0.0


@dataclass(frozen=True)
class AreaMap:
    """A map before it is drawn.

    `fills` are the entries of the legend, in order; `found` says which of them each area has, by its code.
    `texts` are the values in words; `circles` the surface of each circle as a share of the largest one. Areas
    where nobody lives are in none of them. `members` are those of a grouping, which are shown first.
    """

    level: str
    label: str
    fills: tuple[Fill, ...]
    found: Mapping[str, int]
    texts: Mapping[str, str]
    circles: Mapping[str, float]
    members: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def register() -> dict[str, dict[str, Any]]:
    """The classes of every measure that a map can show, by its column."""
    return tomllib.loads(Path(__file__).with_name("classes.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def classes(
    published: Published, *, words: Words, value: str, level: str, held: frozenset[str] = frozenset()
) -> AreaMap:
    """One value per area. Withheld areas are hatched, unknown ones dotted; both are named, none is zero.

    `published` has a column `area_code`; an area of the level without a row counts as unknown, and one of
    `held` without a number as one whose Kreis has it. KeyError for a column without classes. A class follows
    from the shown value alone, so no limit tells anything about a withheld one.
    """
    codes = [code for code in boundaries.rings(level) if code in areas.register()]
    told = dict(zip(map(str, published.column("area_code")), published.column(value), strict=True))
    cells = {code: _cell(told.get(code), code in held) for code in codes}
    unit = series.unit(published, words, value)
    rule = register()[value]
    sizes = rule.get("circles", {}).get(level)
    if sizes:
        scale = _circles(words, unit, sizes)
    elif rule.get("quarters") and _has_bands(level, cells):
        scale = _quarters(words)
    else:
        scale = _classes(words, unit, rule["limits"])
    # By the number that is told: what is written as 80 lies where 80 does.
    found = {code: scale.kind(_as_told(cell, unit)) for code, cell in cells.items()}
    kinds = [kind for kind in scale.fills if kind in scale.always or kind in found.values()]
    place = {kind: at for at, kind in enumerate(kinds)}
    return AreaMap(
        level=level,
        label=series.label(published, words, value),
        fills=tuple(scale.fills[kind] for kind in kinds),
        found={code: place[kind] for code, kind in found.items()},
        texts={code: _said(words, cell, unit) for code, cell in cells.items()},
        circles={
            code: number / sizes[-1]
            for code, cell in cells.items()
            if sizes and (number := series.as_number(cell))
        },
    )


def of_members(
    published: Published, *, members: frozenset[str], words: Words, value: str, outside: str
) -> AreaMap:
    """The map of some municipalities: the others are left blank, and `outside` is said of them."""
    drawn = classes(published, words=words, value=value, level=areas.GEMEINDE)
    found = {code: kind for code, kind in drawn.found.items() if code in members}
    kinds = sorted({*found.values()} | {at for at, fill in enumerate(drawn.fills) if not fill.pattern})
    place = {kind: at for at, kind in enumerate(kinds)}
    return replace(
        drawn,
        fills=tuple(drawn.fills[kind] for kind in kinds),
        found={code: place[kind] for code, kind in found.items()},
        texts={code: text if code in members else outside for code, text in drawn.texts.items()},
        members=members,
    )


def class_of(value: float, limits: Sequence[float]) -> int:
    """In which class a value lies; a limit belongs to the class above it."""
    return sum(value >= limit for limit in limits)


@dataclass(frozen=True)
class _Scale:
    """The kinds of areas in the order of the legend, those it always names, and how a cell finds its own."""

    fills: Mapping[object, Fill]
    always: Collection[object]
    of_number: Callable[[float], object]

    def kind(self, cell: Cell) -> object:
        number = series.as_number(cell)
        return cell if number is None else self.of_number(number)


def _classes(words: Words, unit: str, limits: Sequence[float]) -> _Scale:
    colours = [theme.SEQUENTIAL[at] for at in range(len(limits) + 1)]
    texts = [_bound(words, limit, unit) for limit in limits]
    names = [
        words.t("chart.under", upper=texts[0]),
        *(words.t("chart.from_to", lower=lower, upper=upper) for lower, upper in pairwise(texts)),
        words.t("chart.from_on", lower=texts[-1]),
    ]
    own: dict[object, Fill] = {
        at: Fill(name, colour) for at, (name, colour) in enumerate(zip(names, colours, strict=True))
    }
    return _Scale(own | _gaps(words), tuple(own), lambda number: class_of(number, limits))


def _quarters(words: Words) -> _Scale:
    """The four quarters as classes, for numbers and bands alike; halves are hatched in two colours."""
    own: dict[object, Fill] = {
        band: Fill(words.band(band), colour) for band, colour in zip(QUARTERS, OF_QUARTERS, strict=True)
    }
    halves: dict[object, Fill] = {
        band: Fill(words.band(band), OF_QUARTERS[2 * at], "\\", OF_QUARTERS[2 * at + 1])
        for at, band in enumerate(HALVES)
    }
    return _Scale(
        own | halves | _gaps(words),
        QUARTERS,
        lambda number: next((band for band in QUARTERS if number < band.high), QUARTERS[-1]),
    )


def _circles(words: Words, unit: str, sizes: Sequence[float]) -> _Scale:
    """The sizes of the legend, and the ground on which circles lie. No amount is a small circle's absence."""
    legend: dict[object, Fill] = {
        size: Fill(_bound(words, size, unit), theme.SEQUENTIAL[3], circle=size / sizes[-1]) for size in sizes
    }
    ground: dict[object, Fill] = {"shown": Fill("", theme.GROUND)}
    return _Scale(legend | ground | _gaps(words), tuple(sizes), lambda _: "shown")


def _gaps(words: Words) -> dict[object, Fill]:
    return {
        None: Fill(words.t("chart.held"), theme.GRID),
        Gap.WITHHELD: Fill(words.t("chart.withheld"), theme.WITHHELD_GROUND, "/", theme.WITHHELD),
        Gap.UNKNOWN: Fill(words.t("chart.unknown"), theme.UNKNOWN_GROUND, ".", theme.UNKNOWN),
    }


def _has_bands(level: str, cells: Mapping[str, Cell]) -> bool:
    """Below the Kreis there may be bands in any period, so its classes are always those of bands."""
    return level != areas.KREIS or any(isinstance(cell, Band) for cell in cells.values())


def _cell(cell: Cell, held: bool) -> Cell:
    """None for a place whose Kreis has it: no money of its own is no answer there."""
    unknown = cell is None or cell is Gap.UNKNOWN
    if held and (unknown or cell == 0):
        return None
    return Gap.UNKNOWN if unknown else cell


def _as_told(cell: Cell, unit: str) -> Cell:
    return precision.rounded(cell, unit) if isinstance(cell, Ratio) else cell


def _said(words: Words, cell: Cell, unit: str) -> str:
    return words.t("chart.held") if cell is None else series.hover_text(cell, unit, words)


def _bound(words: Words, value: float, unit: str) -> str:
    """A limit as a person would write it: none has a decimal that it does not need."""
    if unit == "percent":
        return words.percent(value, 0)
    return words.eur(value) if unit == "eur" else words.number(value)
