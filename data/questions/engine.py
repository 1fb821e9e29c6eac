"""A finished DuckDB database that answers questions: read-only, locked, with a cursor for each of them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from data.foundation.errors import DamagedFileError, DashboardError, tells_of_damage
from data.questions import older, own_areas

# It reaches no other file, and nobody may change that.
CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "threads": "2",
    "lock_configuration": "true",
}


class DatabaseMissingError(DashboardError):
    """The file of a database is gone: a newer version has replaced it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"The database {path.name} is not there any more. Ask again for the newest figures.")


class LackingTableError(DashboardError):
    """The database was made by an older program, which did not write what is asked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} was made by an older program and lacks what is asked for. "
            "Run `python -m data build`."
        )


def parameters(sql: str) -> frozenset[str]:
    """The names of the `$parameters` that a statement uses."""
    return frozenset(duckdb.extract_statements(sql)[0].named_parameters)


class Database:
    """A finished database. It is never written and can reach no other file."""

    def __init__(self, path: Path, only: frozenset[str] | None = None) -> None:
        """Open the file; what an older program did not write into it is unknown. `only`: with the rows of
        these areas and what lies in them. Raises DatabaseMissingError, DamagedFileError.
        """
        self._path = path
        try:
            self._connection = duckdb.connect(str(path), read_only=True, config=CLOSED)
            had = older.of(self._connection)
            if only is not None or older.is_lacking(had):
                self._connection.close()
                shown = older.views(path, had) if only is None else own_areas.views(path, had, only)
                self._connection = _viewed(shown)
        except duckdb.Error as error:
            if tells_of_damage(error):
                raise DamagedFileError(path) from error
            if not isinstance(error, duckdb.IOException):
                raise
            raise DatabaseMissingError(path) from error

    def rows(self, sql: str, values: Mapping[str, Any]) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """Column names and rows of one statement. Raises DamagedFileError, LackingTableError.

        A connection shared by threads answers with another question's rows, so each has a cursor.
        """
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(sql, dict(values))
                names = tuple(column[0] for column in cursor.description or ())
                return names, cursor.fetchall()
        except duckdb.Error as error:
            if tells_of_damage(error):
                raise DamagedFileError(self._path) from error
            if isinstance(error, duckdb.CatalogException):
                raise LackingTableError(self._path) from error
            raise


def _viewed(statements: Iterable[str]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:", config={"threads": CLOSED["threads"]})
    for statement in statements:
        connection.execute(statement)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection
