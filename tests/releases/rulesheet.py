"""A declared table and its drawn, deviated rows through the rules of a release, in a database of its own."""

import duckdb

from data.disclosure import rules, tables
from data.disclosure.tables import Table
from tests import drawn

LIMIT = 10


def declared(*header: str, name: str = "cases") -> Table:
    """The table that these header lines declare."""
    return tables.table(name, "\n".join(f"-- {line}" for line in (*header, "audience: public")))


def released(table: Table, drawing: str, *, cases: str = "") -> list[dict[str, object]]:
    """What readers get of a drawing of deviated counts, in the order of the key. `?` is not delivered.

    `cases` draws the released table `cases` that the counts may be a part of.
    """
    with duckdb.connect() as connection:
        for schema in ("perturbed", "released"):
            connection.execute(f"create schema {schema}")
        if cases:
            fill(connection, "released.cases", ("area_code", "period"), cases)
        fill(connection, f"perturbed.{table.name}", table.key, drawing)
        sql = rules.statement(table, f"perturbed.{table.name}", LIMIT)
        answer = connection.execute(f"from ({sql}) order by {', '.join(table.key)}")
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def shown(table: Table, drawing: str, **more: str) -> dict[str, object]:
    """Every count by its cell, as `08111 2026: active_cases`."""
    return {
        f"{' '.join(str(row[key]) for key in table.key)}: {count}": row[count]
        for row in released(table, drawing, **more)
        for count in table.counts
    }


def fill(connection: duckdb.DuckDBPyConnection, name: str, key: tuple[str, ...], drawing: str) -> None:
    """Make a table of a drawing; the columns of `key` are text, the others counts. `?` is unknown."""
    rows = drawn.rows(drawing)
    columns = ", ".join(f"{column} {'varchar' if column in key else 'bigint'}" for column in rows[0])
    connection.execute(f"create table {name} ({columns})")
    for row in rows:
        values = [None if cell == "?" else cell for cell in row.values()]
        connection.execute(f"insert into {name} values ({', '.join('?' * len(values))})", values)
