"""Every figure has a name, and is the same whoever asks for it, and however often."""

import ast
from pathlib import Path

import pytest

from data.access.rights import PUBLIC
from data.publish import edition
from data.questions import figures
from data.questions.figures import UnknownFigureError
from data.questions.filters import Filters
from pages.charts import drawn
from pages.figures.wanted import Wanted
from pages.files import addresses, comma
from pages.named import every
from pages.reading import groups
from pages.text.words import of
from tests.conftest import ROOT
from tests.support.answered import answered

ALL = list(figures.register())
# The parts that put a figure on a page: pages hand them names, or what was made for a name.
STANDS = {"figure", "on_map", "table", "framed"}


def wanted(name: str, area_code: str, *, alone: bool = False) -> Wanted:
    """What a figure is wanted for, with choices of its own as whoever chose none has them."""
    serving = edition(PUBLIC)
    chosen = Filters(area_code, period=serving.period, edition=serving.version)
    recipe = every.recipe(name)
    if recipe.grouped:
        group = next(iter(groups.of(serving.version, PUBLIC)))
        chosen = Filters(period=serving.period, edition=serving.version, grouping=group)
    asked = Wanted(chosen, of("de"), alone=alone)
    return every.choose(asked, {choice: each(asked).default for choice, each in recipe.choices.items()})


def test_every_name_has_a_way_in_which_it_is_made_and_the_other_way_round():
    assert set(every.RECIPES) == set(ALL)
    with pytest.raises(UnknownFigureError):
        every.recipe("caseload")


@pytest.mark.usefixtures("figures")
@pytest.mark.parametrize("name", ALL)
def test_a_figure_is_made_as_the_list_says_and_the_same_for_a_page_and_an_address(name: str):
    named = figures.named(name)
    drawn._charts.clear()
    (own, *_) = every.of(name, wanted(name, "08118", alone=True))
    assert own.key == name
    assert own.heading
    assert own.published.query == named.question
    by = [own.draw()] if own.draw else []
    made = {f"{module.rpartition('.')[2]}.{what}" for module, what, *_ in drawn._charts}
    assert made == ({named.chart} if by else set())
    assert (named.chart == "table") is (own.draw is None and own.mapped is None)
    assert (named.chart == "choropleth.classes") is (own.mapped is not None)
    drawn._charts.clear()
    (again,) = every.of(name, wanted(name, "08118", alone=True))
    assert [again.draw()] == by if again.draw else not by
    taken = own.taken(of("de"))
    linked = answered(addresses.of(taken, "csv", own.choices or ()))
    assert (linked.status, linked.body) == (200, comma.written(taken))
    assert linked.name == f"{taken.name}.csv"


@pytest.mark.usefixtures("figures")
def test_alone_a_figure_is_of_the_place_itself_whatever_that_shows():
    """Of a village nothing is shown: on a page a larger area stands in, an address means the village."""
    (beside,) = every.of("caseload_age_group", wanted("caseload_age_group", "08425002"))
    assert beside.chosen.area_code != "08425002"
    assert beside.at.reason == "withheld"
    (own,) = every.of("caseload_age_group", wanted("caseload_age_group", "08425002", alone=True))
    assert own.chosen.area_code == "08425002"
    assert own.at.reason == ""


def test_no_page_puts_a_figure_together_by_itself():
    """What stands on a page was made for a name: there is no `Described` in the files of pages."""
    files = [*(ROOT / "pages" / "public").glob("*.py"), *(ROOT / "pages" / "groupings").glob("*.py")]
    assert len(files) > 7
    assert {said for file in files for said in _shown(file)} == {"framed"}


def _shown(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert "Described" not in names, file
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    of_show = [
        func for func in calls if isinstance(func, ast.Attribute) and getattr(func.value, "id", "") == "show"
    ]
    return {func.attr for func in of_show} & STANDS
