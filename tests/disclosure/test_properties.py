"""Whatever the counts are: the rules hold, and nothing tells zero from few."""

import duckdb
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.releases import verify
from tests.disclosure import rulesheet
from tests.disclosure.rulesheet import LIMIT, declared
from tests.support import effort

GOALS = declared(
    "key: area_code, period, goal_area",
    "counts: decided, attained, agreed, planned",
    "gates: missed",
    "flows: all",
    "parts: attained of decided beside missed, attained of agreed",
    "office: planned of agreed",
    "within: decided of agreed",
    "total: goal_area = gesamt",
    name="goals",
)
AREAS = ("08", "084", "08421", "08421000")
PERIODS = ("2018", "2018-Q1")
CELLS = [(a, p, g) for a in AREAS for p in PERIODS for g in ("gesamt", "Sprache", "Wohnung")]
NUMBERS = st.one_of(st.integers(0, 14), st.integers(0, 90))
KNOWN = st.tuples(*[NUMBERS] * len(GOALS.perturbed))
UNKNOWN = st.just((None,) * len(GOALS.perturbed))  # a delivery has all counts of a cell, or none
ROWS = st.lists(st.one_of(KNOWN, KNOWN, UNKNOWN), min_size=len(CELLS), max_size=len(CELLS))
# A smaller example of 24 cells takes minutes to find and tells no more.
QUICK = settings(max_examples=effort.of(25, 500), deadline=None, phases=[Phase.explicit, Phase.generate])


def released(rows):
    """The released rows, by cell: counts and people; None is unknown."""
    drawing = [" | ".join(("area_code", "period", "goal_area", *GOALS.perturbed))]
    for cell, row in zip(CELLS, rows, strict=True):
        drawing.append(" | ".join((*cell, *("?" if each is None else str(each) for each in row))))
    return rulesheet.released(GOALS, "\n".join(drawing))


def written(rows):
    """A database with these released rows, as verification reads it."""
    connection = duckdb.connect()
    connection.execute("create table periods as select unnest(['2018', '2018-Q1']) as period")
    columns = ", ".join(f"{name} {'varchar' if name in GOALS.key else 'int'}" for name in rows[0])
    connection.execute(f"create table goals ({columns})")
    connection.executemany(
        f"insert into goals values ({', '.join('?' * len(rows[0]))})", [[*row.values()] for row in rows]
    )
    verify.nest(connection)
    return connection


@QUICK
@given(rows=ROWS)
def test_whatever_is_released_breaks_none_of_the_rules_that_verification_knows(rows):
    with written(released(rows)) as connection:
        for question in verify.questions(GOALS, LIMIT):
            assert not list(question.broken(connection))


@QUICK
@given(rows=ROWS, few=st.lists(st.integers(0, LIMIT - 1), min_size=400, max_size=400))
def test_another_number_below_the_limit_changes_nothing_that_is_released(rows, few):
    others = iter(few)
    changed = [tuple(cell if cell is None or cell >= LIMIT else next(others) for cell in row) for row in rows]
    assert released(rows) == released(changed)
