"""A release has the groupings that the office keeps, and their figures follow from what it shows alone."""

import dataclasses

import pytest

from data.access.rights import PUBLIC
from data.deliveries.groupings import stock
from data.disclosure import sums
from data.foundation.steps import silent
from data.publish import UnknownChoiceError, ask, edition
from data.questions.filters import Filters
from data.releases import preview
from tests.releases.conftest import cases, faelle
from tests.support import stores
from tests.support.figures import Figures

ULM, LANGENAU, EHINGEN, STUTTGART = "08421000", "08425072", "08425033", "08111000"
CODE = "wahlkreise.ulm"


def keep(figures, *places, name="Ulm"):
    """Let the office keep a constituency of these municipalities."""
    path = figures.settings.store.parent / "wahlkreise.csv"
    lines = "".join(f"Wahlkreise,{name},{place}\n" for place in places)
    path.write_text("grouping,name,area_code\n" + lines, encoding="utf-8")
    stock.take_over(figures.settings, path, "")
    return figures


def office(folder, in_langenau):
    """A store with 120 people in Ulm, so many in Langenau, 80 in Ehingen and 60 in Stuttgart."""
    people = faelle(
        cases(range(1000, 1120), ULM),
        cases(range(2000, 2000 + in_langenau), LANGENAU),
        cases(range(3000, 3080), EHINGEN),
        cases(range(4000, 4060), STUTTGART),
    )
    figures = Figures(folder).hand_in(reporting_date="31.12.2018", faelle=people)
    return keep(figures, ULM, LANGENAU, EHINGEN)


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """That office with four people in Langenau and its release `alt`. Nobody changes it."""
    figures = office(tmp_path_factory.mktemp("four"), in_langenau=4)
    figures.release(name="alt")
    return figures


@pytest.fixture
def of_four(four, tmp_path):
    """A copy of it to go on with."""
    return stores.copied(four.settings.store.parent, tmp_path)


def together(figures, monkeypatch, **chosen):
    """Every sum of the constituency that readers are shown, and the values that it is of."""
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    asked = Filters(grouping=CODE, period="2018-Q4", **chosen)
    members = ask("groupings/profile", asked, PUBLIC)
    numbers = [column.name for column in members.columns if column.role.value != "dimension"]
    return sums.over(members, *numbers, by="period"), members


def test_the_figure_of_a_grouping_is_the_sum_of_what_its_places_show(four, monkeypatch):
    both, members = together(four, monkeypatch)
    shown = {
        place: ask("municipality/profile", Filters(area_code=place, period="2018-Q4"), PUBLIC).cell(
            "active_cases", area_code=place, period="2018-Q4"
        )
        for place in (ULM, EHINGEN)
    }
    assert both.cell("active_cases", period="2018-Q4") == shown[ULM] + shown[EHINGEN]
    assert both.cell("places_active_cases", period="2018-Q4") == 2
    assert {row["area_code"] for row in members} == {ULM, LANGENAU, EHINGEN}


def test_what_is_withheld_in_a_place_never_reaches_the_figure_of_its_grouping(tmp_path, monkeypatch):
    """The same office with two, four and no people in Langenau, under the same keys: not a cell differs."""
    answers = []
    for number in (0, 2, 4):
        figures = office(tmp_path / str(number), in_langenau=number)
        figures.release(name="gleich")
        answers.append(together(figures, monkeypatch))
    sums_of, members = zip(*answers, strict=True)
    assert sums_of[0].rows == sums_of[1].rows == sums_of[2].rows
    assert members[0].rows == members[1].rows == members[2].rows


def test_a_figure_of_a_grouping_follows_from_the_answer_alone(four, tmp_path, monkeypatch):
    """Without the store: whoever has the values of the places has those of the grouping."""
    both, members = together(four, monkeypatch)
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "nothing"))
    copied = dataclasses.replace(members, rows=tuple(reversed(members.rows)))
    again = sums.over(copied, *(name for name in both.names if name in members.names[3:]), by="period")
    assert sorted(again.rows) == sorted(tuple(row[name] for name in again.names) for row in both)


def test_a_release_keeps_the_groupings_that_it_was_made_with(of_four, monkeypatch):
    figures = of_four
    keep(figures, ULM, STUTTGART)
    _, waiting = together(figures, monkeypatch)
    assert {row["area_code"] for row in waiting} == {ULM, LANGENAU, EHINGEN}
    figures.release(name="neu", note="Ein anderer Wahlkreis.")
    _, newest = together(figures, monkeypatch)
    _, before = together(figures, monkeypatch, edition="alt")
    assert {row["area_code"] for row in newest} == {ULM, STUTTGART}
    assert {row["area_code"] for row in before} == {ULM, LANGENAU, EHINGEN}


def test_a_preview_of_other_groupings_is_not_published(of_four):
    figures = of_four
    preview.prepare(figures.settings, silent)
    assert preview.waiting(figures.settings).is_current
    keep(figures, ULM)
    assert not preview.waiting(figures.settings).is_current


@pytest.mark.parametrize("code", ["wahlkreise.nichts", "08421000", "' or 1=1 --"])
def test_a_grouping_that_a_release_does_not_have_is_refused(released_once, monkeypatch, code):
    monkeypatch.setenv("DASHBOARD_STORE", str(released_once.settings.store))
    assert edition(PUBLIC).version
    with pytest.raises(UnknownChoiceError, match="grouping is"):
        ask("groupings/profile", Filters(grouping=code, period="2018-Q4"), PUBLIC)


def test_exact_figures_have_the_groupings_of_their_build(of_four):
    assert [row["area_code"] for row in of_four.build().rows("groupings", group_code=CODE)] == [
        ULM,
        EHINGEN,
        LANGENAU,
    ]
