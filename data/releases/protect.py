"""One table of a release after the other: read with its record keys, deviated, held, protected, written.

Every cell is deviated by what it counts, so the same records are the same figure everywhere. What was
published stays as it is while it can still be true (`data.disclosure.holding`), the rules withhold what is
small (`rules`) and the few shown parts by which a withheld one could be told to within less than five
(`rests`). How useful the table still is, readers are told (`usefulness`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.disclosure import holding, keys, perturbation, rests, rules, usefulness
from data.disclosure.cells import NONE, UNKNOWN, Cells, Key, Matrix, Places, Rows
from data.disclosure.tables import Table
from data.foundation.areas import KREIS
from data.foundation.parameters import Parameters
from data.foundation.sql import literal

AT_ONCE = 500_000  # cells, or records, that are in Python together
HALF = 2**32  # a packed cell is its count times this, plus the sum of its keys

AREAS = (
    "select area_code, area_level, parent_code from staging.areas",
    "select area_code, above_code, above_level from staging.areas_above",
)
PERIODS = (
    "select period, period_grain, parent_period from staging.periods",
    "select period, above_period, above_grain from staging.periods_above",
)


class Protection:
    """What all tables of a release share: `connection` holds `marts` and `staging`, `k2` stays in Python.

    `before` is the database of the release before, of the same series, if there is one. Tables that others
    are a part of come first.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, k2: bytes, parameters: Parameters, before: Path | None
    ) -> None:
        self.connection = connection
        self._k2 = k2
        self._parameters = parameters
        self._areas = _places(connection, *AREAS)
        self._periods = _places(connection, *PERIODS)
        self._written: dict[str, _Written] = {}
        self._before = before
        if before:
            connection.execute(f"attach {literal(str(before))} as frozen (read_only)")

    def table(self, table: Table) -> tuple[pa.Table, list[dict[str, Any]]]:
        """The released rows of a table in the order of its key, and how useful they are."""
        columns = list(dict.fromkeys([*table.counts, *table.counts.values()]))
        read = self._read(table, columns)
        packed = {name: read.column(name).to_numpy() for name in columns}
        found = {name: _key(read.column(name)) for name in table.key}
        y = deviated(np.stack([packed[name] for name in table.perturbed], axis=1), self._k2, self._parameters)
        cells = Cells(table, found, y, areas=self._areas, periods=self._periods)
        if self._before:
            cells.y = self._held(cells, packed)
        shown = rests.withheld(cells, self._parameters, self._wholes(cells))
        counts = rules.counts(cells, shown)
        self._written[table.name] = _Written(cells, counts)
        useful = usefulness.measured(
            *self._groups(cells), {name: _exact(packed[name]) for name in table.counts}, counts
        )
        return _released(table, read.drop_columns(columns), counts), useful

    def _read(self, table: Table, columns: list[str]) -> pa.Table:
        """The rows that are published at all, in the order of the key; an unknown count is UNKNOWN."""
        known = ", ".join(f"coalesce({name}, {UNKNOWN}) as {name}" for name in columns)
        return self.connection.sql(
            f"select * replace ({known}) from marts.{table.name} where {rules.grain(table)} "
            f"order by {', '.join(table.key)}"
        ).to_arrow_table()

    def _wholes(self, cells: Cells) -> dict[str, Rows]:
        """By the count that is a part of one of another table: what that one is released as, row by row."""
        found = {}
        for name, part in cells.table.parts.items():
            if part.table:
                whole = self._written[part.table]
                rows = cells.rows_in(whole.cells)
                found[name] = np.where(rows == NONE, 0, whole.counts[part.whole][rows])
        return found

    def _groups(self, cells: Cells) -> tuple[list[tuple[str, str]], Rows]:
        """The levels and grains that occur, and which of them each row is of."""
        levels, level = _kinds(cells, "area_code", self._areas)
        grains, grain = _kinds(cells, "period", self._periods)
        return [(each, other) for each in levels for other in grains], level * len(grains) + grain

    def _held(self, cells: Cells, packed: Mapping[str, Rows]) -> Matrix:
        """The deviated counts, with what was published where that may stay. Same series only."""
        table = cells.table
        moving = {*table.moving, *(table.counts[name] for name in table.moving)}
        fixed = [name for name in table.perturbed if name not in moving]
        if "period" not in table.key or not fixed or not self._had(table, fixed):
            return cells.y
        listed = ", ".join([*table.key, *(f"coalesce({name}, {UNKNOWN}) as {name}" for name in fixed)])
        read = self.connection.sql(f"select {listed} from frozen.marts.{table.name}").to_arrow_table()
        rows = cells.find(
            {name: _codes(read.column(name), cells.keys[name].names) for name in table.key}, read.num_rows
        )
        y = np.full(cells.y.shape, UNKNOWN)
        # A row that a sparse table does not hold was withheld; elsewhere nobody had delivered it.
        y[:, [cells.column(name) for name in fixed]] = 0 if table.sparse else UNKNOWN
        there = rows != NONE
        for name in fixed:
            y[rows[there], cells.column(name)] = read.column(name).to_numpy()[there]
        before = holding.Before(y, self._closed(cells), *self._kreise(cells))
        n = np.stack([_exact(packed[name]) for name in table.perturbed], axis=1)
        return holding.held(cells, n, before, keys.salt(self._k2, "hold"), self._parameters)

    def _closed(self, cells: Cells) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        published = {period for (period,) in self.connection.execute(
            "select period from frozen.marts.periods"
        ).fetchall()}  # fmt: skip
        key = cells.keys["period"]
        return np.array([name in published for name in key.names], dtype=bool)[key.codes]

    def _kreise(self, cells: Cells) -> tuple[tuple[str, ...], Rows]:
        key = cells.keys["area_code"]
        names = [self._areas.above.get(str(name), {}).get(KREIS, str(name)) for name in key.names]
        ordered = tuple(sorted(set(names)))
        return ordered, np.array([ordered.index(name) for name in names], dtype=np.int64)[key.codes]

    def _had(self, table: Table, fixed: list[str]) -> bool:
        """An older program may not have had the table, or not every column of it."""
        found = self.connection.execute(
            "select column_name from duckdb_columns() where database_name = 'frozen' and table_name = ?",
            [table.name],
        ).fetchall()
        return {*table.key, *fixed} <= {column for (column,) in found}


@dataclass(frozen=True)
class _Written:
    """A table that others may be a part of."""

    cells: Cells
    counts: dict[str, Rows]


def deviated(packed: Matrix, k2: bytes, parameters: Parameters) -> Matrix:
    """y = n + v of each packed cell, 0 where y can't be shown, UNKNOWN where the cell is.

    Fewer than k_min can't reach the limit whatever the deviation, so what is withheld anyway is not hashed.
    """
    y = np.where(packed == UNKNOWN, UNKNOWN, 0)
    large = packed >= parameters.people * HALF
    different, cells = np.unique(packed[large], return_inverse=True)
    table = perturbation.table(parameters.deviation, parameters.variance, parameters.blocked)
    values = [np.zeros(0, dtype=np.int64)]
    for first in range(0, len(different), AT_ONCE):
        some = different[first : first + AT_ONCE]
        counts, sums = some // HALF, some % HALF
        u = keys.cell_keys(k2, sums.tolist(), counts.tolist())
        values.append(counts + perturbation.noises(table, counts, u))
    y[large] = np.concatenate(values)[cells]
    return y


def _kinds(cells: Cells, column: str, places: Places) -> tuple[list[str], Rows]:
    """The levels (grains) in a column of the key, and which of them each row is of.

    One without a name if there is no such column.
    """
    if column not in cells.keys:
        return [""], np.zeros(len(cells.y), dtype=np.int64)
    key = cells.keys[column]
    of_names = [places.levels[str(name)] for name in key.names]
    kinds = sorted(set(of_names))
    return kinds, np.array([kinds.index(kind) for kind in of_names], dtype=np.int64)[key.codes]


def _exact(packed: Rows) -> Rows:
    return np.where(packed == UNKNOWN, UNKNOWN, packed // HALF)


def _places(connection: duckdb.DuckDBPyConnection, things: str, ways: str) -> Places:
    """How areas or periods nest, as these statements have it: code, level, parent; code, above, its level."""
    levels: dict[str, str] = {}
    parents: dict[str, str] = {}
    above: dict[str, dict[str, str]] = {}
    for code, level, parent in connection.execute(things).fetchall():
        levels[code] = level
        if parent:
            parents[code] = parent
    for code, whole, level in connection.execute(ways).fetchall():
        above.setdefault(code, {})[level] = whole
    return Places(levels, above, parents)


def _key(column: pa.ChunkedArray) -> Key:
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    found = encoded.dictionary.to_pylist()
    names = sorted(found, key=lambda name: (name is None, "" if name is None else name))
    place = {name: at for at, name in enumerate(names)}
    codes = np.array([place[name] for name in found], dtype=np.int64)
    return Key(names, codes[encoded.indices.to_numpy(zero_copy_only=False)])


def _codes(column: pa.ChunkedArray, names: "list[object] | Any") -> Rows:
    """The places of the values of a column among `names`, or NONE."""
    key = _key(column)
    place = {name: at for at, name in enumerate(names)}
    return np.array([place.get(name, NONE) for name in key.names], dtype=np.int64)[key.codes]


def _released(table: Table, rows: pa.Table, counts: Mapping[str, Rows]) -> pa.Table:
    """The rows as they are written."""
    for name, values in counts.items():
        rows = rows.append_column(name, pa.array(values, pa.int32(), mask=values == UNKNOWN))
    return rows.filter(pa.array(rules.kept(table, counts)))
