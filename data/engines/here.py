"""DuckDB in this process works out the layers: the engine that needs nothing else."""

from collections.abc import Mapping, Sequence

import duckdb


class Here:
    """See `data.engines.Engine`. The tables are the database's own, and so are its macros."""

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
