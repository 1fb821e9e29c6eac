"""The exact figures of the same pass: checked as a build checks them, and read within the house."""

import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

from data import models, warehouse
from data.disclosure.tables import Table
from data.releases.cells import HALF
from data.sql import text

MARTS = re.compile(r"\bmarts\.")


def views(connection: duckdb.DuckDBPyConnection, counted: Iterable[Table]) -> None:
    """`exact.<mart>` for every mart: the counts without the sums of keys."""
    connection.execute("create schema exact")
    keyed = {table.name: table for table in counted}
    for name in models.read("marts"):
        exact = ", ".join(f"({each} // {HALF}) as {each}" for each in counts(keyed.get(name)))
        replaced = f" replace ({exact})" if exact else ""
        connection.execute(f"create view exact.{name} as select *{replaced} from marts.{name}")


def check(connection: duckdb.DuckDBPyConnection) -> None:
    """The checks of a build on the exact figures. Raises ChecksFailed."""
    warehouse.check(
        connection, {name: MARTS.sub("exact.", sql) for name, sql in models.read("checks").items()}
    )


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A warehouse, as a build would write it."""
    connection.execute(f"attach {text(str(path))} as warehouse")
    connection.execute("create schema warehouse.marts")
    for name in models.read("marts"):
        connection.execute(f"create table warehouse.marts.{name} as from exact.{name}")
    connection.execute("detach warehouse")


def counts(table: Table | None) -> list[str]:
    """Every column of counts, the people behind them too."""
    return list(dict.fromkeys([*table.counts, *table.counts.values()])) if table else []
