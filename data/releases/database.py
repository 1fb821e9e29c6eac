"""The database of a release: the SQL layers once more with record keys, deviated, protected, and written.

In the same pass the exact figures are checked as a build checks them. They can be written too: all of them,
to be read within the house, and those of the released cells, by which the red team is judged.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from threading import Event
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data import engines
from data.deliveries.store.deliveries import Stored
from data.disclosure import rules
from data.disclosure.holding import BITS
from data.disclosure.keys import record_keys
from data.disclosure.table_list import Table, every_table, public_tables
from data.foundation.parameters import Parameters
from data.foundation.sql import literal, literals
from data.foundation.steps import Progress, Step
from data.releases import protect, state
from data.releases.protect import AT_ONCE
from data.releases.secrets import Keys
from data.warehouse import build, models
from data.warehouse.build import REFERENCE

SCHEMAS = ("reference", "deliveries", "staging", "marts")
MARTS = re.compile(r"\bmarts\.")
CONTEXT_KEY = "concat_ws('|', coalesce(ags, kreis), stichtag, 'personen_anschlussunterbringung')"
# By the table that has a row for each: what is counted, as its record keys have it, and its own name there.
UNITS = {
    "faelle": ("case", "fall_id"),
    "ziele": ("goal", "ziel_id"),
    "beratungen": ("consultation", "beratung_id"),
    # People who are delivered as one number have one key, from area, date and column, whoever delivers it.
    "kontext": ("context", CONTEXT_KEY),
}
WITHOUT_SENDER = frozenset({"context"})
POSTS = "posts"
ONE = 2**62  # the weight of a unit without its record key
# Rows that DuckDB stores, and skips, as one. Tables stand by their areas, and a reader asks for one place of
# a thousand: so a question reads some thousand rows instead of some hundred thousand, and files get smaller.
ROW_GROUP = 8192


@dataclass(frozen=True)
class Series:
    """What the releases of a series share, so that the same records are the same figures in all of them.

    `before` is the database of the release before, whose figures of closed periods stay where they can; None
    in the first of the series. `who_answers` is the list of who answers for which area; None: the one of the
    program, which is empty. `groupings` is the list of these, if there is one. `spark` is the server that
    works out staging and marts; empty: DuckDB does.
    """

    keys: Keys
    parameters: Parameters
    before: Path | None = None
    who_answers: Path | None = None
    groupings: Path | None = None
    spark: str = ""


@dataclass(frozen=True)
class Exact:
    """Where exact figures of the same pass are written to; nowhere without a path.

    `truth` holds those of the released cells, `warehouse` all of them, as a build would write it.
    """

    truth: Path | None = None
    warehouse: Path | None = None


def write(
    path: Path,
    naming: Callable[[str], str],
    stored: Mapping[str, Sequence[Stored]],
    series: Series,
    progress: Progress,
    exact: Exact = Exact(),
) -> dict[str, list[dict[str, Any]]]:
    """Write a release to `path`; returns its usefulness per table (see `data.disclosure.usefulness`).

    `naming` gives it its name, from the newest quarter that is complete. Everything with n, key sums or
    deviations lives in memory (what has no room there, in a folder beside `path`) and ends with this call;
    what is written are dimensions and published values. Raises ChecksFailedError if the exact figures
    contradict themselves.
    """
    declared = listed_tables()
    counted = [each for each in declared.values() if each.counts]
    layers = len(_layers())
    steps = layers + len(declared) + 4
    spilled = path.with_name("spilled")
    with duckdb.connect(":memory:") as connection:
        connection.execute("set enable_progress_bar = false")  # stdout is for results
        connection.execute(f"set temp_directory = {literal(str(spilled))}")
        # What one query gave back the next one takes again: the system need not zero it in between.
        connection.execute("set allocator_flush_threshold = '16GB'")
        connection.execute("set allocator_bulk_deallocation_flush_threshold = '16GB'")
        scratch = path.with_name(f"{build.SCRATCH}layers")

        def tell(name: str, done: int) -> None:
            progress(Step("release", name, done, steps))

        lay_out(connection, stored, series, tell, scratch)
        progress(Step("release", "checks", layers + 2, steps))
        _view_exact(connection)
        _check_exact(connection)
        # Most of what protects works on one core, and so does what writes a file.
        with beside(connection, [*_truth(exact.truth, counted), *_warehouse(exact.warehouse)]):
            progress(Step("release", "deviations", layers + 3, steps))
            protection = protect.Protection(connection, series.keys.k2, series.parameters, series.before)
            now = protection.compare(counted)
            connection.execute(f"attach {literal(str(path))} as release (row_group_size {ROW_GROUP})")
            connection.execute("create schema release.marts")
            useful = {}
            with protection.side_by_side(counted) as protected:
                for done, table in enumerate(declared.values(), start=layers + 4):
                    progress(Step("release", f"release.{table.name}", done, steps))
                    if table.counts:
                        rows, useful[table.name] = protected(table)
                        connection.register("rows", rows)
                        content = "from rows"
                    else:
                        content = _content(connection, table, naming, series.parameters, now)
                    connection.execute(f"create table release.marts.{table.name} as {content}")
            connection.execute("detach release")
            progress(Step("release", "exact figures", steps, steps))
    shutil.rmtree(spilled, ignore_errors=True)
    return useful


def lay_out(
    connection: duckdb.DuckDBPyConnection,
    stored: Mapping[str, Sequence[Stored]],
    series: Series,
    progress: Callable[[str, int], object],
    scratch: Path = Path(),
) -> None:
    """Build `staging` and `marts` in an empty database in memory, with record keys: a packed count is how
    many times 2^32, plus the sum of their keys. `progress` is told of each table and its number. `scratch`
    is a folder that an engine beside this process makes and removes. Raises EngineError.
    """
    for schema in SCHEMAS:
        connection.execute(f"create schema {schema}")
    models.load_macros(connection, keyed=True)
    models.load_reference(connection, REFERENCE)
    models.load_responsible(connection, series.who_answers)
    models.load_groupings(connection, series.groupings)
    models.load_deliveries(connection, stored)
    progress("record keys", 1)
    _key_units(connection, series.keys.k1)
    with engines.opened(connection, series.spark, scratch) as engine:
        units = {name: column for name, (_, column) in UNITS.items()}
        engine.tables(models.macros(keyed=True, wide=True), units)
        for done, (layer, each, sql) in enumerate(_layers(), start=2):
            progress(f"{layer}.{each}", done)
            models.work_out(connection, engine, layer, each, sql)


def _layers() -> list[tuple[str, str, str]]:
    return [(layer, each, sql) for layer in ("staging", "marts") for each, sql in models.read(layer).items()]


def listed_tables() -> dict[str, Table]:
    """The list of tables, those that others are a part of first."""
    every = public_tables(models.QUERIES / "marts")
    wholes = {
        name: {part.table for parts in table.parts.values() for part in parts if part.table}
        for name, table in every.items()
    }
    return {name: every[name] for name in TopologicalSorter(wholes).static_order()}


def about(path: Path) -> dict[str, Any]:
    """What the release at `path` says of itself: release, as_of, senders, synthetic, latest_quarter …"""
    with duckdb.connect(str(path), read_only=True) as connection:
        answer = connection.execute("select * from marts.edition")
        names = [column[0] for column in answer.description or ()]
        return dict(zip(names, answer.fetchall()[0], strict=True))


def _content(
    connection: duckdb.DuckDBPyConnection, table: Table, naming: Callable[[str], str], parameters: Parameters,
    now: state.State,
) -> str:  # fmt: skip
    """The rows of a released table without counts."""
    if table.name == "edition":
        (quarter,) = connection.execute("select latest_quarter from marts.edition").fetchall()[0]
        name = literal(naming(quarter))
        kept = ", ".join(
            f"[{literals(each)}] as {column}" for column, each in zip(state.LISTS, now.lists(), strict=True)
        )
        kept += f", {literal(now.word)} as {state.WORD}"
        return (
            f"select * replace (current_date as released_on, {kept}), {name} as release, "
            f"{parameters.limit} as shown_from, "
            f"{parameters.deviation} as deviation, {parameters.variance}::double as variance, "
            f"{parameters.blocked} as blocked from marts.edition"
        )
    if table.name == POSTS:
        # A post of a village is one person: when it was filled is told by quarters, as everything there is.
        return f"select * from marts.{table.name} where {rules.grain(table)} order by all"
    return f"from marts.{table.name} order by all"


def _key_units(connection: duckdb.DuckDBPyConnection, k1: bytes) -> None:
    """Replace the weight 1 of the tables of `UNITS` by weights with record keys.

    K1 stays in Python; only the keys that are made with it reach the database, which is in memory.
    """
    for name, (_, column) in UNITS.items():
        kind = connection.execute(
            "select table_type from information_schema.tables "
            "where table_schema = 'deliveries' and table_name = ?",
            [name],
        ).fetchone()
        if not kind or kind[0] != "VIEW":
            continue  # nobody delivers this table
        connection.execute(f"alter view deliveries.{name} rename to {name}_unkeyed")
        connection.execute(f"create table reference.{name}_keys (sender varchar, id varchar, key bigint)")
        _write_keys(connection, name, k1)
        connection.execute(
            f"create view deliveries.{name} as "
            f"select rows.* replace ({ONE}::bigint + keys.key as weight) "
            f"from deliveries.{name}_unkeyed as rows "
            f"join reference.{name}_keys as keys on keys.sender = rows.sender and keys.id = {column}"
        )


def _write_keys(connection: duckdb.DuckDBPyConnection, name: str, k1: bytes) -> None:
    unit, column = UNITS[name]
    insert = connection.cursor()
    for batch in connection.sql(
        f"select distinct sender, {column} as id from deliveries.{name}_unkeyed"
    ).to_arrow_reader(AT_ONCE):
        senders = batch.column("sender").dictionary_encode()
        codes, ids = senders.indices.to_numpy(), batch.column("id").to_pylist()
        made = np.zeros(len(ids), dtype=np.int64)
        for code, sender in enumerate(senders.dictionary.to_pylist()):
            own = np.flatnonzero(codes == code)
            who = "" if unit in WITHOUT_SENDER else sender
            made[own] = record_keys(k1, unit, who, [ids[at] for at in own.tolist()])
        insert.register("made", batch.append_column("key", pa.array(made)))
        insert.execute(f"insert into reference.{name}_keys select sender, id, key from made")
        insert.unregister("made")


def _view_exact(connection: duckdb.DuckDBPyConnection) -> None:
    """`exact.<mart>` for every mart: the counts without the sums of keys."""
    connection.execute("create schema exact")
    keyed = every_table(models.QUERIES / "marts")
    for name, sql in models.read("marts").items():
        if models.is_view(sql):
            connection.execute(f"create view exact.{name} as {MARTS.sub('exact.', sql)}")
            continue
        exact = ", ".join(f"({each} >> {BITS}) as {each}" for each in _exact_counts(keyed[name]))
        replaced = f" replace ({exact})" if exact else ""
        connection.execute(f"create view exact.{name} as select *{replaced} from marts.{name}")


def _check_exact(connection: duckdb.DuckDBPyConnection) -> None:
    """The checks of a build on the exact figures. Raises ChecksFailedError."""
    build.check(connection, {name: MARTS.sub("exact.", sql) for name, sql in models.read("checks").items()})


def _exact_counts(table: Table) -> list[str]:
    """Every column of counts, those that are not released and the people behind them too."""
    return list(dict.fromkeys([*table.counts, *table.exact]))


@contextmanager
def beside(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> Iterator[None]:
    """Run the statements one after another beside what is done meanwhile; they are through at the end.

    Whatever one of them raises is raised there. If what is done meanwhile fails, they stop.
    """
    stopped = Event()
    with connection.cursor() as cursor, ThreadPoolExecutor(1) as pool:

        def run() -> None:
            for statement in statements:
                if not stopped.is_set():
                    cursor.execute(statement)

        running = pool.submit(run)
        try:
            yield
        except BaseException:
            stopped.set()
            while not running.done():  # again, because between two statements nothing is interrupted
                cursor.interrupt()
                wait([running], timeout=0.05)
            raise
        running.result()


def _truth(path: Path | None, counted: Iterable[Table]) -> Iterator[str]:
    """SQL that writes the exact counts of the cells that a release holds."""
    if path is None:
        return
    yield f"attach {literal(str(path))} as truth"
    yield "create schema truth.marts"
    for table in counted:
        columns = ", ".join([*table.key, *_exact_counts(table)])
        rows = f"select {columns} from exact.{table.name} where {rules.grain(table)}"
        yield f"create table truth.marts.{table.name} as {rows}"
    yield "detach truth"


def _warehouse(path: Path | None) -> Iterator[str]:
    """SQL that writes a warehouse, as a build would write it."""
    if path is None:
        return
    yield f"attach {literal(str(path))} as warehouse"
    yield "create schema warehouse.marts"
    for name, sql in models.read("marts").items():
        yield models.create(f"warehouse.marts.{name}", sql, f"from exact.{name}")
    yield "detach warehouse"
