"""How a named figure is made, and which choices of its own it has."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from pages.figures import breakdowns
from pages.figures.breakdowns import Kinds
from pages.figures.described import Described
from pages.figures.wanted import Wanted


@dataclass(frozen=True)
class Choice:
    """The codes of which a reader chooses one, and that of whoever chose none."""

    codes: tuple[str, ...]
    default: str


Choices = Mapping[str, Callable[[Wanted], Choice]]


@dataclass(frozen=True)
class Recipe:
    """`make` gives the figure: once, or a second time of a larger area that stands in.

    `choices` are those beside area, period and comparison, under their names in an address, what can be
    chosen for the others. `grouped`: it is of a grouping, and of nothing else.
    `several`: of up to five places, areas and groupings alike; its addresses name them with commas between.
    """

    make: Callable[[Wanted], Iterable[Described]]
    choices: Choices = field(default_factory=dict)
    grouped: bool = False
    several: bool = False


def kinds_of(page: str, every: Iterable[str], kinds: Kinds, top: int) -> dict[str, Recipe]:
    """One figure for each breakdown, under the name `<page>_<breakdown>`."""
    return {
        f"{page}_{each}": Recipe(partial(_kinds, key=f"{page}_{each}", breakdown=each, kinds=kinds, top=top))
        for each in every
    }


def _kinds(wanted: Wanted, *, key: str, breakdown: str, kinds: Kinds, top: int) -> Iterator[Described]:
    levels = wanted.search(kinds.query, kinds.count, time=None, levels=kinds.levels, breakdown=breakdown)
    return breakdowns.described(levels, breakdown, words=wanted.words, key=key, top=top, kinds=kinds)
