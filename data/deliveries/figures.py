"""The key figures of one delivery, counted straight from its checked tables."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import duckdb

from data.sql import text

PER_TABLE = {
    "faelle": """
        select unnest([
            ('cases', count(*)),
            ('active_cases', count(*) filter (beendet_am is null)),
            ('plans', count(integrationsplan_am))
        ]) from {rows}""",
    "ziele": "select ('goals', count(*)) from {rows}",
    # Posts are a stock: those of the newest month that the delivery knows.
    "stellen": """
        select unnest([
            ('posts_approved_vzae', coalesce(sum(vzae_bewilligt), 0)),
            ('posts_filled_vzae', coalesce(sum(vzae_besetzt), 0))
        ]) from {rows} where monat = (select max(monat) from {rows})""",
    "mittel": "select ('funds_eur:' || stufe, sum(betrag_eur)) from {rows} group by stufe order by stufe",
}


def of(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Path]) -> dict[str, Decimal | None]:
    """Name -> figure, of the tables that the delivery has."""
    found: dict[str, Decimal | None] = {}
    for table in (table for table in PER_TABLE if table in tables):
        rows = connection.execute(PER_TABLE[table].format(rows=rows_of(tables[table]))).fetchall()
        found.update({pair[0]: Decimal(pair[1]) for (pair,) in rows})
    return found


def active_by_municipality(
    connection: duckdb.DuckDBPyConnection, tables: Mapping[str, Path]
) -> dict[str, Decimal]:
    """Area code -> active cases at the reporting date; municipalities with cases, all closed, have 0."""
    if "faelle" not in tables:
        return {}
    sql = f"select ags, count(*) filter (beendet_am is null) from {rows_of(tables['faelle'])} group by ags"
    return {code: Decimal(count) for code, count in connection.execute(sql).fetchall()}


def rows_of(path: Path) -> str:
    """The rows of a Parquet file in SQL."""
    return f"read_parquet({text(str(path))})"
