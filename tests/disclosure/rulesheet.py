"""A declared table and its drawn, deviated rows through the rules of a release, in a database of its own."""

import duckdb

from data.disclosure import rules, tables
from data.disclosure.tables import Table
from data.foundation import areas, periods
from data.warehouse import models
from tests.support import drawn

LIMIT = 10


def declared(*header: str, name: str = "cases") -> Table:
    """The table that these header lines declare."""
    return tables.declared_table(name, "\n".join(f"-- {line}" for line in (*header, "audience: public")))


def released(table: Table, drawing: str, *, cases: str = "") -> list[dict[str, object]]:
    """What readers get of a drawing of deviated counts, in the order of the key. `?` is not delivered.

    `cases` draws the released table `cases` that the counts may be a part of.
    """
    with duckdb.connect() as connection:
        for schema in ("perturbed", "released"):
            connection.execute(f"create schema {schema}")
        nest(connection, drawing, cases)
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


def nest(connection: duckdb.DuckDBPyConnection, *drawings: str) -> None:
    """The areas and periods of drawings, nested as staging does it. Drawn codes say by their length what
    they are, and lie in the longest code that they begin with.
    """
    rows = [row for drawing in drawings for row in drawn.rows(drawing)] if any(drawings) else []
    codes = {str(row["area_code"]) for row in rows if "area_code" in row}
    times = {str(row["period"]) for row in rows if "period" in row} | {"2018", "2026"}
    levels = {2: "land", 3: "regierungsbezirk", 5: "kreis", 8: "gemeinde"}
    codes |= {code[:length] for code in codes for length in levels if length < len(code)} | {areas.LAND}
    connection.execute("create schema if not exists staging")
    connection.execute("create table staging.areas (area_code text, area_level text, parent_code text)")
    for code in codes:
        parent = max(
            (each for each in codes if code.startswith(each) and each != code), key=len, default=None
        )
        connection.execute("insert into staging.areas values (?, ?, ?)", [code, levels[len(code)], parent])
    connection.execute("create table staging.periods (period text, period_grain text, parent_period text)")
    for period in filter(None, map(periods.read, times)):
        parent = str(period.parent) if period.parent else None
        connection.execute(
            "insert into staging.periods values (?, ?, ?)", [str(period), period.grain, parent]
        )
    for name in ("areas_above", "periods_above"):
        connection.execute(f"create table staging.{name} as {models.read('staging')[name]}")


def fill(connection: duckdb.DuckDBPyConnection, name: str, key: tuple[str, ...], drawing: str) -> None:
    """Make a table of a drawing; the columns of `key` are text, the others counts. `?` is unknown."""
    rows = drawn.rows(drawing)
    columns = ", ".join(f"{column} {'varchar' if column in key else 'bigint'}" for column in rows[0])
    connection.execute(f"create table {name} ({columns})")
    for row in rows:
        values = [None if cell == "?" else cell for cell in row.values()]
        connection.execute(f"insert into {name} values ({', '.join('?' * len(values))})", values)
