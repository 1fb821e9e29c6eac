"""What works out the SQL layers: DuckDB in this process, or a Spark Connect server.

Whoever builds knows `Engine` and `opened` alone; Spark is not imported before it is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import duckdb


class Engine(Protocol):
    """Works out staging and marts of the tables in the schemas `reference` and `deliveries` of a database.

    Staging stays where it was worked out; marts stand in the database, with the types that DuckDB gives them.
    """

    def tables(self, macros: Sequence[str], units: Mapping[str, str]) -> None:
        """Know those tables as they stand now, and what the layers share. `units` has the tables whose rows
        weigh 2^62 + a record key, each with the SQL of the id by which `reference.<table>_keys` has it.
        """

    def stage(self, name: str, sql: str) -> None:
        """Work out `staging.<name>`."""

    def mart(self, place: str, sql: str) -> None:
        """Work out a mart and let it stand at `place` of the database."""


class Here:
    """DuckDB in this process, which needs nothing else. The tables are the database's own, and so are its
    macros.
    """

    def __init__(self, database: duckdb.DuckDBPyConnection) -> None:
        self._database = database

    def tables(self, macros: Sequence[str], units: Mapping[str, str]) -> None:
        """Nothing to do: they stand in the database."""

    def stage(self, name: str, sql: str) -> None:
        """Work out `staging.<name>`, in memory."""
        self._database.execute(f"create table staging.{name} as {sql}")

    def mart(self, place: str, sql: str) -> None:
        """Work out a mart at `place`."""
        self._database.execute(f"create table {place} as {sql}")


@contextmanager
def opened(database: duckdb.DuckDBPyConnection, server: str, scratch: Path) -> Iterator[Engine]:
    """The engine that fills this database: Spark Connect at `server` (`sc://…`), DuckDB if that is empty.

    `scratch` is a folder that nobody has made: what does not fit into memory may lie there until the end.
    Raises EngineError, then or at any later call.
    """
    if not server:
        yield Here(database)
        return
    from data.engines.connect import Connected  # an extra, and slow to import

    with Connected.to(server, database, scratch) as engine:
        yield engine
