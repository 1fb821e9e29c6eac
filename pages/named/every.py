"""All figures of the public pages by their names: the one way in which each is made."""

from collections.abc import Mapping
from dataclasses import replace

from data.questions import figures
from data.questions.filters import NAMES
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.lasting import workedout
from pages.named import (
    caseload,
    counselling,
    funds,
    goals,
    grouping,
    methods,
    municipality,
    numbered,
    overview,
    side_by_side,
)
from pages.named.recipe import Recipe

RECIPES: Mapping[str, Recipe] = {
    **overview.FIGURES,
    **caseload.FIGURES,
    **counselling.FIGURES,
    **funds.FIGURES,
    **goals.FIGURES,
    **municipality.FIGURES,
    **side_by_side.FIGURES,
    **methods.FIGURES,
    **grouping.FIGURES,
}


def recipe(name: str) -> Recipe:
    """How a figure is made. Raises UnknownFigureError."""
    return RECIPES[figures.named(name).name]


def of(name: str, wanted: Wanted) -> list[Described]:
    """A figure: once, or a second time of a larger area where the chosen one shows nothing.

    The same values for the same choices. Raises UnknownFigureError, and what `data.publish.ask` raises.
    """
    return list(workedout.under(name, wanted, lambda: _made(name, wanted)))


def _made(name: str, wanted: Wanted) -> tuple[Described, ...]:
    made = recipe(name)
    choices, known = tuple(made.choices), workedout.known(wanted)
    whole = [each if known is None else each.told() for each in made.make(wanted)]
    return tuple(
        replace(
            each,
            choices=choices,
            code=numbered.code(each, choices, several=made.several),
            known=None if known is None else f"{name} {at} {known!r}",
        )
        for at, each in enumerate(whole)
    )


def choose(wanted: Wanted, own: Mapping[str, str]) -> Wanted:
    """The same for these choices beside area, period and comparison, by their names in an address."""
    fields = {name: code for name, code in own.items() if name in NAMES}
    columns = [code for name, code in own.items() if name not in NAMES]
    chosen = replace(wanted.chosen, **fields)
    return replace(wanted, chosen=chosen, column=columns[0] if columns else wanted.column)
