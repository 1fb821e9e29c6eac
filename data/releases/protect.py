"""One table of a release after the other: read with its record keys, deviated, held, protected, written.

Every cell is deviated by what it counts, so the same records are the same figure everywhere. What was
published stays as it is while it can still be true (`data.disclosure.holding`), the rules withhold what is
small (`rules`) and the few shown parts by which a withheld one could be told to within less than five
(`rests`). How useful the table still is, readers are told (`usefulness`).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.disclosure import bands, holding, keys, perturbation, rests, rules, usefulness
from data.disclosure.cells import NONE, UNKNOWN, Cells, Key, Matrix, Rows, Tree, order, recoded
from data.disclosure.holding import HALF
from data.disclosure.table_list import Kind, Table
from data.foundation.areas import ASSOCIATION, KREIS
from data.foundation.parameters import Parameters
from data.foundation.sql import literal
from data.releases import state

AT_ONCE = 500_000  # cells, or records, that are in Python together
Protected = tuple[pa.Table, list[dict[str, Any]]]  # released rows, and how useful they are

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
        self._areas = _tree(connection, *AREAS)
        self._periods = _tree(connection, *PERIODS)
        self._written: dict[str, _Written] = {}
        self._before = before
        self._anew = holding.Anew()
        if before:
            connection.execute(f"attach {literal(str(before))} as frozen (read_only)")
        # Asked once: it is looked up among the columns of every database that is open.
        self._frozen = connection.execute(
            "select table_name, column_name from duckdb_columns() where database_name = 'frozen'"
        ).fetchall()

    def compare(self, tables: Iterable[Table]) -> state.State:
        """Find out, before any table is asked for, where counts are not those of the release before.

        Returns the state of all counts, which the next release is to be told.
        """
        every, salt = list(tables), self._salt("state")
        had = state.State()
        if self._before:
            had = state.of_release(self.connection, "frozen")
            now = state.of_counts(self.connection, every, "frozen.marts.periods", salt, had.word)
            fixed, moving = (
                frozenset(area for area, of in new.items() if old.get(area) != of)
                for new, old in ((now.fixed, had.fixed), (now.every, had.every))
            )
            self._anew = holding.Anew(self._salt(f"anew|{sorted(now.every.items())}"), fixed, moving)
        return state.of_counts(self.connection, every, "marts.periods", salt, after=had.word)

    def table(self, table: Table) -> Protected:
        """The released rows of a table in the order of its key, and how useful they are."""
        columns = list(dict.fromkeys([*table.perturbed, *table.people.values()]))
        read = self._read(table, columns)
        found, in_order = _sorted({name: _key(read.column(name)) for name in table.key}, read.num_rows)
        packed = {name: read.column(name).to_numpy()[in_order] for name in columns}
        of_counts = np.stack([packed[name] for name in table.perturbed], axis=1)
        y = deviated(of_counts, self._k2, self._parameters)
        cells = Cells(table, found, y, areas=self._areas, periods=self._periods)
        before = self._published_before(cells) if self._before else None
        n = _exact(of_counts)
        if before:
            salt = self._salt("hold")
            moves = [name in table.moving for name in table.perturbed]
            changes = holding.changes(
                n, before, self._anew.draws(of_counts, before.kreis, moves), self._parameters
            )
            changed = np.where(changes, self._anew.others(of_counts), UNKNOWN)
            once_more = deviated(changed, self._k2, self._parameters)
            cells.y = holding.held(cells, n, before, once_more, salt, self._parameters)
            holding.hold_gates(cells, n, before, salt, self._parameters)
        cells.y = perturbation.never_above(cells, n)
        self._withhold_few_people(cells, packed, before)
        shown, by_rest = rests.withheld(cells, self._parameters, self._wholes(cells))
        counts = rules.counts(cells, shown)
        codes = self._bands(cells, shown, by_rest, packed, before)
        self._written[table.name] = _Written(cells, counts)
        exact = {name: _exact(packed[name]) for name in table.counts}
        useful = self._useful(cells, exact, counts, codes)
        own = {*table.perturbed, *table.exact, *table.band_columns.values()}
        others = [name for name in read.column_names if name in own]
        return _released(table, read.drop_columns(others), in_order, counts, codes), useful

    @contextmanager
    def side_by_side(self, tables: Iterable[Table]) -> Iterator[Callable[[Table], Protected]]:
        """Begin with all of these tables, and return what gives one of them when it is there, once.

        Two at a time, on one core one: half of the work is Python's own, of which only one thread at a time
        does any, and meanwhile the other asks the database or works out whole columns.
        """
        begun: dict[str, Future[Protected]] = {}

        def protected(table: Table, wholes: Iterable[Future[Protected]]) -> Protected:
            wait(wholes)
            return self.table(table)

        with ThreadPoolExecutor(min(2, len(os.sched_getaffinity(0)))) as pool:
            try:
                for table in tables:
                    parts = (part.table for parts in table.parts.values() for part in parts if part.table)
                    # They have begun before, so none waits for one that can't begin.
                    wholes = [begun[name] for name in set(parts)]
                    begun[table.name] = pool.submit(protected, table, wholes)
                yield lambda table: begun.pop(table.name).result()
            finally:
                pool.shutdown(wait=True, cancel_futures=True)

    def _bands(
        self, cells: Cells, shown: Matrix, by_rest: rests.Flags, packed: Mapping[str, Rows],
        before: holding.Before | None,
    ) -> dict[str, Rows]:  # fmt: skip
        """The bands of withheld parts, by part: of what was published and stays, else of what it would be."""
        y = {}
        for name in cells.table.bands:
            at = cells.column(name)
            y[name] = cells.y[:, at].copy()
            rows = bands.withheld_parts(cells, shown, name)
            rows = rows[y[name][rows] == 0]
            y[name][rows] = deviated(packed[name][rows], self._k2, self._parameters, least=1)
        found = bands.Deviated({name: _exact(packed[name]) for name in y}, y)
        off = self._parameters.deviation
        held = bands.Held(before, self._salt("bands"), off) if before else None
        without = by_rest | bands.of_few_places(cells, shown)
        return bands.released(cells, shown, without, found, off, held)

    def _withhold_few_people(
        self, cells: Cells, packed: Mapping[str, Rows], before: holding.Before | None
    ) -> None:
        """What too few people are behind goes before any rule is asked, and whatever is part of it too."""
        names = cells.table.people
        if not names:
            return
        salt = self._salt("people")
        people = np.full(cells.y.shape, UNKNOWN)
        for name, of in names.items():
            at = cells.column(name)
            people[:, at] = _exact(packed[of])
            few = holding.few_people(packed[of], HALF, salt, self._parameters)
            # What was published and stays is known already.
            stays = before.asked[:, at] & (cells.y[:, at] == before.y[:, at]) if before else False
            cells.y[few & (cells.y[:, at] > 0) & ~np.asarray(stays), at] = 0
        if before:
            cells.y[
                holding.too_few_to_appear(cells, people, before, salt, self._parameters) & (cells.y > 0)
            ] = 0

    def _salt(self, use: str) -> str:
        return keys.salt(self._k2, use)

    def _read(self, table: Table, columns: list[str]) -> pa.Table:
        """The rows that are published at all, in any order; an unknown count is UNKNOWN."""
        known = ", ".join(f"coalesce({name}, {UNKNOWN}) as {name}" for name in columns)
        return (
            self.connection.cursor()
            .sql(f"select * replace ({known}) from marts.{table.name} where {rules.grain(table)}")
            .to_arrow_table()
        )

    def _wholes(self, cells: Cells) -> dict[str, Rows]:
        """What counts of other tables that parts here are of are released as, row by row."""
        found = {}
        for part in (part for parts in cells.table.parts.values() for part in parts if part.table):
            whole = self._written[str(part.table)]
            rows = cells.rows_in(whole.cells)
            found[f"{part.table}.{part.whole}"] = np.where(rows == NONE, 0, whole.counts[part.whole][rows])
        return found

    def _useful(
        self,
        cells: Cells,
        exact: Mapping[str, Rows],
        counts: Mapping[str, Rows],
        codes: Mapping[str, Rows],
    ) -> list[dict[str, Any]]:
        """How useful the table still is, and how many places see each share that has bands."""
        groups, group = self._groups(cells)
        useful = usefulness.measured(groups, group, exact, counts, codes)
        above = next((each.wholes for each in cells.nestings if each.of == ASSOCIATION), None)
        for part, base in cells.table.bands.items():
            number = counts[part] > 0
            seen = number | (codes[part] > 0)
            in_above = np.zeros(len(seen), dtype=bool) if above is None else (above != NONE) & seen[above]
            # What nobody can know is not withheld: a course of old plans, for example.
            of = np.where(exact[part] == UNKNOWN, UNKNOWN, exact[_any_of(cells.table, base)])
            shares = usefulness.seen(groups, group, usefulness.Seen(of, number, seen, in_above))
            for entry in useful:
                if entry["count"] == part:
                    entry["seen"] = shares[entry["level"], entry["grain"], entry.get("of", "")]
        return useful

    def _groups(self, cells: Cells) -> tuple[list[tuple[str, str, str]], Rows]:
        """The levels and grains that occur, with the total or what lies in it, and of which each row is."""
        levels, level = _kinds(cells, "area_code", self._areas)
        grains, grain = _kinds(cells, "period", self._periods)
        kinds, kind = [""], np.zeros(len(cells.y), dtype=np.int64)
        if cells.table.total:
            column, total = cells.table.total
            kinds = ["total", "parts"]
            kind = np.array([name != total for name in cells.keys[column].names], dtype=np.int64)[
                cells.keys[column].codes
            ]
        groups = [(each, other, third) for each in levels for other in grains for third in kinds]
        return groups, (level * len(grains) + grain) * len(kinds) + kind

    def _published_before(self, cells: Cells) -> holding.Before | None:
        """What the release before has of the same cells, of the same series; None without such a table."""
        table = cells.table
        had = [name for name in table.counts if name in self._had(table)]
        if not had or not {*table.key} <= self._had(table):
            return None
        told = {name: of for name, of in table.band_columns.items() if of in self._had(table)}
        columns = [*table.key, *(f"coalesce({name}, {UNKNOWN}) as {name}" for name in had), *told.values()]
        listed = ", ".join(columns)
        own = self.connection.cursor()
        read = own.sql(f"select {listed} from frozen.marts.{table.name}").to_arrow_table()
        rows = cells.find(
            {name: recoded(_key(read.column(name)), cells.keys[name].names) for name in table.key},
            read.num_rows,
        )
        y = np.full(cells.y.shape, UNKNOWN)
        # A row that a sparse table does not hold was withheld; elsewhere nobody had delivered it.
        y[:, [cells.column(name) for name in had]] = 0 if table.sparse else UNKNOWN
        there = rows != NONE
        for name in had:
            y[rows[there], cells.column(name)] = read.column(name).to_numpy()[there]
        codes = np.zeros_like(y)
        for name, of in told.items():
            codes[rows[there], cells.column(name)] = read.column(of).to_numpy()[there]
        ends = dict(own.execute("select period, period_end::varchar from frozen.marts.periods").fetchall())
        kreis = _named(cells, "area_code", lambda name: self._areas.above.get(name, {}).get(KREIS, name))
        end = _named(cells, "period", lambda name: ends.get(name, ""))
        closed = (
            np.array([bool(each) for each in end], dtype=bool)
            if "period" in table.key
            else np.full(len(y), True)
        )
        return holding.Before(y, closed, kreis, end, codes)

    def _had(self, table: Table) -> set[str]:
        """The columns that the table has in the release before: an older program may not have had all."""
        return {column for of_table, column in self._frozen if of_table == table.name}


@dataclass(frozen=True)
class _Written:
    """A table that others may be a part of."""

    cells: Cells
    counts: dict[str, Rows]


def deviated(packed: Any, k2: bytes, parameters: Parameters, least: int | None = None) -> Any:
    """y = n + v of each packed cell, 0 where fewer than `least` are counted, UNKNOWN where the cell is.

    Without `least`: fewer than k_min can't reach the limit whatever the deviation, so what is withheld anyway
    is not hashed.
    """
    y = np.where(packed == UNKNOWN, UNKNOWN, 0)
    large = packed >= (parameters.people if least is None else least) * HALF
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


def _any_of(table: Table, base: str) -> str:
    """What a base is itself known of, in the same table: of goals agreed those that are decided."""
    for part in table.parts.get(base, ()):
        if part.kind is Kind.BASE and part.table is None:
            return _any_of(table, part.whole)
    return base


def _kinds(cells: Cells, column: str, tree: Tree) -> tuple[list[str], Rows]:
    """The levels (grains) in a column of the key, and which of them each row is of.

    One without a name if there is no such column.
    """
    if column not in cells.keys:
        return [""], np.zeros(len(cells.y), dtype=np.int64)
    key = cells.keys[column]
    of_names = [tree.levels[str(name)] for name in key.names]
    kinds = sorted(set(of_names))
    return kinds, np.array([kinds.index(kind) for kind in of_names], dtype=np.int64)[key.codes]


def _named(cells: Cells, column: str, name_of: Callable[[str], str]) -> list[str]:
    """What each row is called by its name in a column of the key; nothing without that column."""
    if column not in cells.keys:
        return [""] * len(cells.y)
    key = cells.keys[column]
    names = [name_of(str(name)) for name in key.names]
    return [names[code] for code in key.codes.tolist()]


def _exact(packed: Any) -> Any:
    return np.where(packed == UNKNOWN, UNKNOWN, packed // HALF)


def _tree(connection: duckdb.DuckDBPyConnection, things: str, ways: str) -> Tree:
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
    return Tree(levels, above, parents)


def _key(column: pa.ChunkedArray) -> Key:
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    found = encoded.dictionary.to_pylist()
    names = sorted(found, key=order)
    place = {name: at for at, name in enumerate(names)}
    codes = np.array([place[name] for name in found], dtype=np.int64)
    return Key(names, codes[encoded.indices.to_numpy(zero_copy_only=False)])


def _sorted(keys: Mapping[str, Key], many: int) -> tuple[dict[str, Key], Rows]:
    """The keys in their order, and which of the `many` rows stands where.

    Numbers are sorted ten times as fast as the texts that they stand for.
    """
    ids = np.zeros(many, dtype=np.int64)
    for key in keys.values():
        ids = ids * len(key.names) + key.codes
    in_order = np.argsort(ids, kind="stable")
    return {name: Key(key.names, key.codes[in_order]) for name, key in keys.items()}, in_order


def _released(
    table: Table, rows: pa.Table, in_order: Rows, counts: Mapping[str, Rows], codes: Mapping[str, Rows]
) -> pa.Table:
    """The rows as they are written."""
    kept = rules.written(table, counts)
    rows = rows.take(pa.array(in_order[kept]))
    for name, values in counts.items():
        of_kept = values[kept]
        rows = rows.append_column(name, pa.array(of_kept, pa.int32(), mask=of_kept == UNKNOWN))
    for name, of_part in codes.items():
        rows = rows.append_column(table.band_columns[name], pa.array(of_part[kept], pa.int8()))
    return rows
