"""Which cells of closed periods a new release changes: they are told to readers, never slipped in."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from data.disclosure.table_list import Table
from data.foundation.sql import literal

LISTED_CELLS = 2000  # in the manifest; numbers and file are complete


def compare(
    before: Path, after: Path, tables: Mapping[str, Table], every: Path
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Number of changed cells per table, and the first of them: table, cell, count, before, after.

    All of them are written to `every` as CSV, if there are any. A period is closed once it was published.
    What moves by its nature (what becomes of goals, how much of a grant has been used) and cells that nobody
    had delivered before are no revisions. A count of 0 is withheld; amounts are exact, and are floats here.
    """
    numbers: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    columns = dict.fromkeys(key for table in tables.values() if _period(table) for key in table.key)
    with duckdb.connect(":memory:") as connection, every.open("w", encoding="utf-8", newline="") as file:
        connection.execute("set enable_progress_bar = false")  # stdout is for results
        written = csv.DictWriter(file, ["table", "count", *columns, "before", "after"])
        written.writeheader()
        for name, path in (("before", before), ("after", after)):
            connection.execute(f"attach {literal(str(path))} as {name}_release (read_only)")
        had = connection.execute(
            "select table_name, column_name from duckdb_columns() where database_name = 'before_release'"
        ).fetchall()
        for table in tables.values():
            fixed = [each for each in (*table.counts, *table.amounts) if each not in table.moving]
            if not _period(table) or not fixed or not _has(had, table):
                continue
            changed = connection.execute(_changed(table, fixed)).fetchall()
            for at, count in enumerate(fixed, start=len(table.key)):
                pairs = ((row[: len(table.key)], row[at], row[at + len(fixed)]) for row in changed)
                entries = [_entry(table, count, *pair) for pair in pairs if pair[1] != pair[2]]
                # What nobody had delivered before is no revision.
                entries = [entry for entry in entries if entry["before"] is not None]
                if entries:
                    numbers[table.name] = numbers.get(table.name, 0) + len(entries)
                written.writerows(entries)
                rows += entries[: max(0, LISTED_CELLS - len(rows))]
    if not numbers:
        every.unlink()
    return numbers, rows


def _period(table: Table) -> str | None:
    return next((key for key in table.key if key in ("period", "budget_year")), None)


def _changed(table: Table, fixed: Sequence[str]) -> str:
    """The cells of closed periods of which any of these columns is another one, with all of them before and
    all of them after: the two tables are laid beside each other once.
    """
    same = " and ".join(f"a.{key} is not distinct from b.{key}" for key in table.key)
    cell = ", ".join(f"coalesce(b.{key}, a.{key}) as {key}" for key in table.key)
    missing = "0" if table.sparse else "null"
    period = _period(table)
    closed = f"coalesce(b.{period}, a.{period})::varchar in (select period from before_release.marts.periods)"
    before, after = ({count: f"coalesce({of}.{count}, {missing})" for count in fixed} for of in "ba")
    figures = ", ".join([*before.values(), *after.values()])
    changed = " or ".join(
        f"{before[count]} is not null and {before[count]} is distinct from {after[count]}" for count in fixed
    )
    return (
        f"select {cell}, {figures} from before_release.marts.{table.name} as b "
        f"full join after_release.marts.{table.name} as a on {same} "
        f"where {closed} and ({changed}) order by {', '.join(str(at + 1) for at in range(len(table.key)))}"
    )


def _has(had: Sequence[tuple[str, str]], table: Table) -> bool:
    """An older program may not have had the table, or not every column of it."""
    found = {column for of_table, column in had if of_table == table.name}
    return {*table.key, *table.counts, *table.amounts} <= found


def _entry(
    table: Table, count: str, key: tuple[Any, ...], before: float | None, after: float | None
) -> dict[str, Any]:
    if count in table.amounts:
        before, after = (None if each is None else float(each) for each in (before, after))
    cell = dict(zip(table.key, key, strict=True))
    return {"table": table.name, "count": count, **cell, "before": before, "after": after}
