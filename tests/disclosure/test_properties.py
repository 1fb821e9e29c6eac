"""Whatever the counts are: the rules hold, and nothing tells zero from few."""

import duckdb
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.disclosure import rules
from data.releases import verify
from tests.disclosure.rulesheet import LIMIT, declared, nest
from tests.support import effort

GOALS = declared(
    "key: area_code, period, goal_area",
    "counts: decided of decided_persons, attained of attained_persons, missed of missed_persons,",
    "         agreed of agreed_persons",
    "flows: all",
    "parts: attained of agreed, missed of agreed",
    "sums: decided = attained + missed",
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
# A smaller example of a database of 24 cells takes minutes to find and tells no more.
QUICK = settings(max_examples=effort.of(25, 500), deadline=None, phases=[Phase.explicit, Phase.generate])


def released(rows, connection):
    """The released rows as they are written, by cell."""
    connection.execute("create schema if not exists perturbed")
    columns = ", ".join(f"{name} bigint" for name in GOALS.perturbed)
    keys = "area_code varchar, period varchar, goal_area varchar"
    connection.execute(f"create or replace table perturbed.goals ({keys}, {columns})")
    marks = ", ".join("?" * (3 + len(GOALS.perturbed)))
    connection.executemany(
        f"insert into perturbed.goals values ({marks})",
        [[*cell, *row] for cell, row in zip(CELLS, rows, strict=True)],
    )
    sql = rules.statement(GOALS, "perturbed.goals", LIMIT)
    connection.execute(f"create or replace table goals as {sql} order by all")
    return connection.execute("from goals").fetchall()


def connected():
    connection = duckdb.connect()
    connection.execute("create table periods as select unnest(['2018', '2018-Q1']) as period")
    connection.execute("create schema if not exists perturbed")
    nest(
        connection,
        "\n".join(["area_code | period", *(f"{area} | {when}" for area in AREAS for when in PERIODS)]),
    )
    verify.nest(connection)
    return connection


@QUICK
@given(rows=ROWS)
def test_whatever_is_released_breaks_none_of_the_rules_that_verification_knows(rows):
    with connected() as connection:
        released(rows, connection)
        for rule, sql in verify._rules(GOALS, LIMIT):
            assert not connection.execute(sql).fetchall(), rule


@QUICK
@given(rows=ROWS, few=st.lists(st.integers(0, LIMIT - 1), min_size=400, max_size=400))
def test_another_number_below_the_limit_changes_nothing_that_is_released(rows, few):
    others = iter(few)
    changed = [tuple(cell if cell is None or cell >= LIMIT else next(others) for cell in row) for row in rows]
    with connected() as connection:
        assert released(rows, connection) == released(changed, connection)
