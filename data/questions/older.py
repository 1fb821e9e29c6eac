"""Releases that an older program made: what they lack is unknown there, so that the pages of today read them.

`columns.csv` holds the columns of a release as this program makes it. A test compares it with one;
`python -m data.questions.older FILE` writes it anew from the database of a release.
"""

import csv
import sys
from functools import lru_cache
from pathlib import Path

import duckdb

from data.foundation.sql import identifier, literal

FILE = Path(__file__).with_name("columns.csv")
HEADER = ("mart", "column", "type")
BAND = "_band"  # a column of bands says 0 for none
Columns = dict[str, dict[str, str]]  # mart -> column -> type


@lru_cache(maxsize=1)
def columns() -> Columns:
    """The columns of every mart of a release and their types, in their order."""
    found: Columns = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["mart"], {})[row["column"]] = row["type"]
    return found


def of(connection: duckdb.DuckDBPyConnection) -> Columns:
    """The columns of the marts of an open database."""
    found: Columns = {}
    for mart, column, kind in connection.execute(
        "select table_name, column_name, data_type from duckdb_columns() "
        "where schema_name = 'marts' and not internal order by table_name, column_index"
    ).fetchall():
        found.setdefault(mart, {})[column] = kind
    return found


def is_lacking(had: Columns) -> bool:
    """Whether a release lacks a mart or a column that the pages may ask for. A warehouse is no release: it is
    built anew by a newer program, and has no name nor a limit.
    """
    return "release" in had.get("edition", {}) and any(
        wanted.keys() - had.get(mart, {}).keys() for mart, wanted in columns().items()
    )


def views(path: Path, had: Columns) -> list[str]:
    """SQL that shows the release at `path` with all marts and columns of today, in a database in memory."""
    statements = [f"attach {literal(str(path))} as older (read_only)", "create schema marts"]
    for mart in dict.fromkeys([*had, *columns()]):
        there, wanted = had.get(mart, {}), columns().get(mart, {})
        listed = [identifier(column) for column in there]
        listed += [
            f"{'0' if column.endswith(BAND) else 'null'}::{kind} as {identifier(column)}"
            for column, kind in wanted.items()
            if column not in there
        ]
        source = f" from older.marts.{identifier(mart)}" if there else " where false"
        statements.append(f"create view marts.{identifier(mart)} as select {', '.join(listed)}{source}")
    return statements


def main(path: str) -> int:
    """Write `columns.csv` from a release."""
    with duckdb.connect(path, read_only=True) as connection:
        found = of(connection)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(
            (mart, column, kind) for mart, each in found.items() for column, kind in each.items()
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
