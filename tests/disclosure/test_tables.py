"""The header of a mart is the list of what may leave: what it can't say clearly is refused."""

import pytest

from data.disclosure.tables import BrokenTableError, public_tables
from data.warehouse import models
from tests.disclosure.rulesheet import declared

KEY = "key: area_code, period"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("counts: cases without people",), "counts: name of people"),
        (("counts: a, b", "parts: a within b"), "parts: name of whole"),
        (("counts: a", "parts: a of b"), "only columns that 'counts' or 'amounts' lists"),
        (("counts: a", "flows: b"), "only columns that 'counts' or 'amounts' lists"),
        (("counts: a", "moving: b"), "only columns that 'counts' or 'amounts' lists"),
        (("counts: a", "sums: a = b"), "sums: name = part + part"),
        (("counts: a, b", "sums: a = b + c"), "only columns that 'counts' or 'amounts' lists"),
        (("counts: a", "total: gesamt"), "total: column = value"),
        (("counts: a", "levels: land, street"), "levels of land"),
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
    assert table.perturbed == ("a", "b", "d", "c")


def test_sums_and_the_people_behind_them_get_no_deviation_of_their_own():
    table = declared(KEY, "counts: s of s_p, a of a_p, b of b_p", "sums: s = a + b")
    assert table.perturbed == ("a", "b", "a_p", "b_p")


def test_every_table_of_the_list_has_its_key_and_no_other_table_is_on_it():
    tables = public_tables(models.QUERIES / "marts")
    assert {name for name, table in tables.items() if table.counts} == {
        "cases",
        "consultations",
        "development",
        "goal_durations",
        "goals",
        "missing_values",
        "outcomes",
        "people",
        "senders",
    }
    assert all(table.key for table in tables.values() if table.counts)
