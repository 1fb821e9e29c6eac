"""Staging and marts are SQL that another engine can run: each file is read, and written for Spark.

What is forbidden here DuckDB alone can do, or a second engine is known to refuse.
"""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

QUERIES = Path(__file__).parents[2] / "queries"
FILES = sorted([*QUERIES.glob("staging/*.sql"), *QUERIES.glob("marts/*.sql")])


def only_duckdb(sql: str) -> list[str]:
    """What stands in a statement that only DuckDB understands, in the order of the rules."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    found = ["group by all" for group in tree.find_all(exp.Group) if group.args.get("all")]
    found += [
        "order by all" for order in tree.find_all(exp.Order) if order.sql("duckdb").strip() == "ORDER BY ALL"
    ]
    found += ["union by name" for union in tree.find_all(exp.SetOperation) if union.args.get("by_name")]
    for select in tree.find_all(exp.Select):
        joined = {
            name.name for join in select.args.get("joins") or [] for name in join.args.get("using") or []
        }
        found += [
            f"{column.sql()} of a using column"
            for column in select.find_all(exp.Column)
            if column.table and column.name in joined and column.find_ancestor(exp.Select) is select
        ]
    tokens = [token.token_type for token in sqlglot.tokenize(sql, read="duckdb")]
    begins = {TokenType.L_PAREN, TokenType.UNION, TokenType.ALL}
    ahead = list(zip([TokenType.L_PAREN, *tokens], tokens, strict=False))
    found += ["from before select" for before, token in ahead if token is TokenType.FROM and before in begins]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}.{file.stem}")
def test_a_table_of_the_warehouse_can_be_written_for_another_engine(file):
    sql = file.read_text(encoding="utf-8")
    assert only_duckdb(sql) == []
    (written,) = sqlglot.transpile(
        sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE, comments=False
    )
    assert written.lower().startswith(("with", "select"))


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("select a, count(*) from t group by all", ["group by all"]),
        ("select a from t order by all", ["order by all"]),
        ("select a from t union all by name select a from s", ["union by name"]),
        ("select s.a from t join s using (a)", ["s.a of a using column"]),
        ("with one as (from t) select a from one", ["from before select"]),
        ("select a, count(*) from t group by a order by a", []),
    ],
)
def test_what_only_one_engine_understands_is_found(sql, found):
    assert only_duckdb(sql) == found
