"""What lies in what, as the public file has it: areas by their parent, periods by their first and last day.

Nothing here names a level or a grain but the Kreis, by which municipalities are drawn, and the year: a
further level or a further grain of the release enters every attack by itself.
"""

import duckdb

from data.foundation import sql

STATEMENTS = sql.beside(__file__, "nesting")


def lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Make these tables from `r.marts.areas` and `r.marts.periods`:

    `places` (area, level, parent, kreis: the one that it is or lies in), `area_above` (area, whole, level of
    the whole, steps), `area_parts` (level, whole, part_level, part: all parts of one level, if they are the
    whole without rest), `times` (period, grain, parent, year, ends), `time_above` (period, whole, grain).
    """
    for statement in STATEMENTS.split(";"):
        if statement.strip():
            connection.execute(statement)


def mixed(connection: duckdb.DuckDBPyConnection, levels: list[str]) -> None:
    """Make `mixed_parts` (whole, part): areas whose next smaller ones, among these levels, are of several."""
    connection.execute(
        "create or replace temp table mixed_parts as with next as (select area as part, "
        "arg_min(whole, steps) as whole from area_above join places using (area) "
        "where list_contains($levels, area_above.level) and list_contains($levels, places.level) "
        "group by area) select whole, part from next where whole in (select whole from next "
        "join places on area = part group by whole having count(distinct level) > 1)",
        {"levels": levels},
    )


def ancestors(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> dict[str, set[str]]:
    """By area (period) everything that it lies in, itself among it."""
    found: dict[str, set[str]] = {}
    for part, whole in connection.execute(f"select {column}, whole from {table}").fetchall():
        found.setdefault(part, {part}).add(whole)
    return found
