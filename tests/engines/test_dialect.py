"""What DuckDB's SQL becomes for Spark, and that nothing of ours is left in it."""

import duckdb
import pytest
import sqlglot

from data.engines import dialect
from data.warehouse import models

MACROS = dialect.macros([*models.macros(), *models.macros(keyed=True, wide=True)])
ALL = {f"{layer}.{name}": sql for layer in ("staging", "marts") for name, sql in models.read(layer).items()}


@pytest.mark.parametrize(
    ("written", "there"),
    [
        ("select a from staging.cases", "SELECT a FROM staging_cases AS cases"),
        ("select c.a from marts.cases as c", "SELECT c.a FROM marts_cases AS c"),
        ("select n::hugeint", "SELECT CAST(n AS DECIMAL(38, 0))"),
        ("select a / b", "SELECT CAST(a AS DOUBLE) / b"),
        ("select d + to_months(n)", "SELECT ADD_MONTHS(d, n)"),
        ("select string_split(a, ',')", "SELECT SPLIT(a, ',')"),
        ("select unnest(range(0, 3))::int as n", "SELECT EXPLODE(SEQUENCE(0, 2)) AS n"),
        (
            "select unnest(range(a, b, 3))::int as n",
            "SELECT EXPLODE(IF(a > (b) - 1, ARRAY(), SEQUENCE(a, (b) - 1, 3))) AS n",
        ),
        ("select halved(a + 1)", "SELECT (CAST((a + 1) AS DOUBLE) / 2)"),
    ],
)
def test_what_spark_calls_otherwise(written, there):
    halved = dialect.macros(["create macro halved(number) as number / 2"])
    assert dialect.spark(written, halved) == there


@pytest.mark.parametrize("name", sorted(ALL))
def test_nothing_of_ours_is_left(name):
    tree = sqlglot.parse_one(dialect.spark(ALL[name], MACROS), read="spark")
    called = {call.name.lower() for call in tree.find_all(sqlglot.exp.Anonymous)}
    assert not called & {*MACROS, "to_months", "datesub", "list"}
    assert not [table for table in tree.find_all(sqlglot.exp.Table) if table.db]


def test_both_forms_of_a_packed_count_say_the_same():
    """For DuckDB by shifting, for others by dividing: of nobody, of one and of many people."""
    said = []
    for wide in (False, True):
        with duckdb.connect(":memory:") as connection:
            for statement in models.macros(keyed=True, wide=wide):
                connection.execute(statement)
            drawn = connection.sql(
                "select n::hugeint * 4611686022722355199 as w, n from range(0, 5000000, 99991) as r(n)"
            )
            said.append(drawn.project("counted(w), people_of(n, 7::hugeint)").fetchall())
    assert said[0] == said[1]
