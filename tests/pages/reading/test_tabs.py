"""The parts of a page: which is open, what its address says, and that nothing else is asked."""

import pytest

from pages.figures import finest
from pages.menu import PARTS
from tests.support import written
from tests.support.opened import opened, said


def names(shown):
    """The parts that the tabs offer."""
    return [tag.text for tag in written.tags(shown, "a") if tag.given.get("role") == "tab"]


@pytest.mark.usefixtures("figures")
class TestParts:
    def test_a_page_opens_with_its_first_part_and_asks_nothing_of_the_others(self, monkeypatch):
        asked: list[str] = []
        ask = finest.ask
        monkeypatch.setattr(
            finest, "ask", lambda query, *rest, **named: asked.append(query) or ask(query, *rest, **named)
        )
        shown = opened("goals", area_code="08118")
        assert names(shown) == ["Ziele", "Pläne", "Dauer", "Sprache, Arbeit, Wohnen", "Wege seit Beginn"]
        assert set(asked) == {"goals/by_goal_area", "goals/by_cohort"}

    def test_each_part_has_an_address_of_its_own_that_says_so_on_paper(self):
        shown = opened("goals", part="dauer", area_code="08118")
        assert "zwei Jahre" in written.headings(shown)[0]
        assert "part=dauer" in said(shown)
        assert "Dauer" in written.tags(shown, having="on-paper")[0].text

    @pytest.mark.parametrize("part", ["stellen", "kennzahlen"])
    def test_the_part_of_another_page_gives_way_without_a_word(self, part):
        shown = opened("goals", part=part)
        assert not shown.warning
        assert "vereinbarten Zielen" in said(shown)

    def test_a_part_that_is_none_is_named_and_the_first_is_shown(self):
        shown = opened("goals", part="**x**")
        assert r"\*\*x\*\*" in shown.warning[0].value
        assert "vereinbarten Zielen" in said(shown)

    def test_an_old_address_without_a_part_still_chooses_what_it_chose(self):
        shown = opened("goals", area_code="08118", goal_area="Sprache")
        assert shown.selectbox(key="goal_area_box").value == "Sprache"
        assert "im Bereich Sprache" in said(shown)

    def test_the_first_part_is_the_same_with_and_without_its_name(self):
        named, plain = (opened("goals", area_code="08118", **part) for part in ({"part": "ziele"}, {}))
        assert written.headings(named) == written.headings(plain)


def test_no_page_has_two_parts_of_one_name():
    assert all(len(set(parts)) == len(parts) > 1 for parts in PARTS.values())
