"""The header of a mart is the list of what may leave: what it can't say clearly is refused."""

import pytest

from data.disclosure.table_list import BrokenTableError, public_tables
from data.warehouse import models
from tests.disclosure.rulesheet import declared

KEY = "key: area_code, period"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("counts: cases without people",), "counts: name of people"),
        (("counts: a, b", "parts: a within b"), "parts: name of whole"),
        (("counts: a", "parts: a of b"), "only columns that 'counts', 'gates' or 'amounts' lists"),
        (("counts: a", "flows: b"), "only columns that 'counts', 'gates' or 'amounts' lists"),
        (("counts: a", "moving: b"), "only columns that 'counts', 'gates' or 'amounts' lists"),
        (("counts: a, b", "office: a"), "office: name of whole"),
        (
            ("counts: a, b", "parts: a of b beside c"),
            "only columns that 'counts', 'gates' or 'amounts' lists",
        ),
        (("counts: a", "total: gesamt"), "total: column = value"),
        (("counts: a", "levels: land, street"), "levels of land"),
        (("counts: a", "parts: a of other.b", "least_base: 50 street"), "levels of land"),
        (("counts: a", "parts: a of other.b", "least_base: gemeinde"), "least_base: 50 gemeinde"),
        (("counts: a", "least_base: 50 gemeinde"), "parts: name of table.whole"),
        (("counts: a", "cover: four"), "cover: 4 verwaltungsgemeinschaft"),
        (("counts: a", "cover: 4 street"), "levels of land"),
    ],
)
def test_a_header_that_contradicts_itself_is_refused_by_name(lines, said):
    with pytest.raises(BrokenTableError, match=r"queries/marts/cases\.sql.*" + said.replace("+", r"\+")):
        declared(KEY, *lines)


def test_a_table_of_counts_without_a_key_is_refused():
    with pytest.raises(BrokenTableError, match="key: column, column"):
        declared("counts: a")


def test_a_long_line_goes_on_below_it():
    table = declared(KEY, "counts: a, b of c,", "          d")
    assert table.counts == {"a": "a", "b": "c", "d": "d"}
    assert table.perturbed == ("a", "b", "d")
    assert table.people == {"b": "c"}


def test_gates_deviate_but_are_not_released_and_exact_figures_have_more():
    table = declared(KEY, "counts: a of a_p", "gates: b of b_p", "inside: c")
    assert table.perturbed == ("a", "b")
    assert table.exact == ("b", "c", "a_p", "b_p")


def test_a_part_has_its_kind_and_may_have_several_wholes():
    table = declared(
        KEY,
        "counts: a, b, d",
        "gates: c",
        "parts: a of b beside c, a of d",
        "office: b of d",
        "within: d of other.e",
    )
    assert {
        name: [(str(p.kind), p.table, p.whole, p.beside) for p in parts]
        for name, parts in table.parts.items()
    } == {
        "a": [("parts", None, "b", "c"), ("parts", None, "d", None)],
        "b": [("office", None, "d", None)],
        "d": [("within", "other", "e", None)],
    }


@pytest.mark.parametrize(
    "name",
    ["goals", "goal_durations", "deadlines", "consultations", "consultation_kinds", "referral_services"],
)
def test_goals_and_consultations_are_counted_with_the_people_behind_them(name):
    """The limit is about people: a goal count without its people would pass unprotected."""
    table = public_tables(models.QUERIES / "marts")[name]
    of_people = {"counselled"}  # the people by whom consultations are divided
    assert table.people.keys() == {*table.counts, *table.gates} - of_people


def test_every_table_of_the_list_has_its_key_and_no_other_table_is_on_it():
    tables = public_tables(models.QUERIES / "marts")
    assert {name for name, table in tables.items() if table.counts} == {
        "cases",
        "competences",
        "consultation_kinds",
        "consultations",
        "context",
        "deadlines",
        "development",
        "exits",
        "goal_durations",
        "goals",
        "missing_values",
        "outcomes",
        "people",
        "reentries",
        "referral_services",
        "senders",
    }
    assert all(table.key for table in tables.values() if table.counts)
