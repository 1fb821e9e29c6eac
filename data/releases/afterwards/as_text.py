"""The tables of a release as CSV: what is withheld says so, and what nobody delivered is empty.

A release writes 0 for a count that is withheld, which whoever adds up would take for a number. Here it is a
word. Tables that serve the pages alone (`edition`, `opening`, `windows`) are no data.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import duckdb

from data.disclosure import table_list
from data.disclosure.table_list import Table
from data.foundation.errors import DamagedFileError, tells_of_damage
from data.foundation.sql import literal
from data.questions import sql_header
from data.questions.engine import CLOSED

MARTS = Path(__file__).parents[3] / "queries" / "marts"
FOR_PAGES = frozenset({"edition", "opening", "windows"})
WITHHELD = "withheld"
ROWS = 50_000  # at a time
END = "\r\n"  # of a line (RFC 4180)
BAND = "_band"


class Sort(StrEnum):
    """What a column is."""

    KEY = "key"  # by which rows are told apart, or what is said of them
    COUNT = "count"  # deviated, or withheld
    BAND = "band"  # between which shares a withheld part lies
    AMOUNT = "amount"  # exact: money, posts, inhabitants


@dataclass(frozen=True)
class Column:
    """One column; `type` is that of Table Schema."""

    name: str
    type: str
    sort: Sort


@dataclass(frozen=True)
class Given:
    """One table: its columns in their order, and those that tell its rows apart (none are known of some)."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


def of(database: Path) -> tuple[Given, ...]:
    """The tables of a release by their names, as its program wrote them. Raises DamagedFileError."""
    with _opened(database) as connection:
        found: dict[str, list[tuple[str, str]]] = {}
        for table, column, kind in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'marts' "
            "and not internal order by table_name, column_index"
        ).fetchall():
            if table not in FOR_PAGES:
                found.setdefault(table, []).append((column, kind))
    declared = _declared()
    return tuple(_given(name, columns, declared.get(name)) for name, columns in found.items())


def lines(database: Path, given: Given) -> Iterator[bytes]:
    """The CSV of a table in pieces: UTF-8, commas, a heading, rows as they stand in the file.

    Raises DamagedFileError.
    """
    line = " || ',' || ".join(f"coalesce({_written(column)}, '')" for column in given.columns)
    yield (",".join(column.name for column in given.columns) + END).encode()
    with _opened(database) as connection:
        for batch in connection.sql(f"select {line} from marts.{given.name} as own").to_arrow_reader(ROWS):
            yield (END.join(batch.column(0).to_pylist()) + END).encode()


class _opened:  # noqa: N801  # used like a function
    """A cursor of its own on the file of a release; what can't be read is damage."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        try:
            self.connection = duckdb.connect(str(self.database), read_only=True, config=CLOSED)
        except duckdb.Error as error:
            raise DamagedFileError(self.database) from error
        return self.connection

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.connection.close()
        if isinstance(error, duckdb.Error) and tells_of_damage(error):
            raise DamagedFileError(self.database) from error


def _written(column: Column) -> str:
    """A column as the text of a cell; none begins like what a spreadsheet would run as a formula."""
    name = f"own.{column.name}"
    if column.sort is Sort.COUNT:
        return f"case when {name} = 0 then {literal(WITHHELD)} else {name}::varchar end"
    if column.type != "string":
        return f"{name}::varchar"
    # Nearly all are codes, so one look tells that there is nothing to do.
    odd = f"regexp_matches({name}, '[\",[:cntrl:]]|^[ ]*[=+@-]')"
    clean = f"regexp_replace({name}, '[[:cntrl:]]+', ' ', 'g')"
    safe = f"case when regexp_matches({clean}, '^[ ]*[=+@-]') then chr(39) || {clean} else {clean} end"
    return f"""case when {odd} then '"' || replace({safe}, '"', '""') || '"' else {name} end"""


def _given(name: str, columns: list[tuple[str, str]], declared: Table | None) -> Given:
    counts = {*declared.counts, *declared.counts.values()} if declared else set()

    def sort(column: str, kind: str) -> Sort:
        if column in counts:
            return Sort.COUNT
        if column.endswith(BAND):
            return Sort.BAND
        key = declared and column in declared.key
        number = kind.startswith(("DECIMAL", "DOUBLE", "BIGINT", "INTEGER"))
        return Sort.AMOUNT if number and not key and column not in _LABELS else Sort.KEY

    made = tuple(Column(column, _type(kind), sort(column, kind)) for column, kind in columns)
    there = {column.name for column in made}
    key = declared.key if declared and {*declared.key} <= there else ()
    return Given(name, made, key)


_LABELS = frozenset({"budget_year", "months"})  # numbers that name a row


def _type(kind: str) -> str:
    if kind.startswith(("DECIMAL", "DOUBLE", "FLOAT")):
        return "number"
    if kind.endswith("INT") or kind == "INTEGER":
        return "integer"
    return {"BOOLEAN": "boolean", "DATE": "date"}.get(kind, "string")


@lru_cache(maxsize=1)
def _declared() -> dict[str, Table]:
    """What the headers of the program say; an older release has tables of the same names."""
    return table_list.public_tables(MARTS)


def about(name: str) -> str:
    """What the header of a table says of a row; empty where the program knows the table no more."""
    file = MARTS / f"{name}.sql"
    if not file.exists():
        return ""
    return sql_header.read(file.read_text(encoding="utf-8"), ("grain",)).get("grain", "")
