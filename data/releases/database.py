"""The database of a release: the SQL layers once more with record keys, deviated, protected, written.

The exact figures of the same pass: checked as a build checks them, and read within the house.
Every counted unit of a release gets its record key, as the weight that the SQL layers add up.
The exact counts of the cells of a release: what the red team is judged by, and gone afterwards.
"""

import re
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.deliveries.store.deliveries import Stored
from data.disclosure import keys, rules
from data.disclosure.tables import Table, public_tables
from data.foundation.parameters import Parameters
from data.foundation.sql import literal
from data.foundation.steps import Progress, Step
from data.releases import protect
from data.releases.protect import HALF
from data.releases.secrets import Keys
from data.warehouse import build, models
from data.warehouse.build import REFERENCE

MARTS = re.compile(r"\bmarts\.")


def exact_views(connection: duckdb.DuckDBPyConnection, counted: Iterable[Table]) -> None:
    """`exact.<mart>` for every mart: the counts without the sums of keys."""
    connection.execute("create schema exact")
    keyed = {table.name: table for table in counted}
    for name in models.read("marts"):
        exact = ", ".join(f"({each} // {HALF}) as {each}" for each in exact_counts(keyed.get(name)))
        replaced = f" replace ({exact})" if exact else ""
        connection.execute(f"create view exact.{name} as select *{replaced} from marts.{name}")


def check_exact(connection: duckdb.DuckDBPyConnection) -> None:
    """The checks of a build on the exact figures. Raises ChecksFailedError."""
    build.check(connection, {name: MARTS.sub("exact.", sql) for name, sql in models.read("checks").items()})


def write_exact(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """A warehouse, as a build would write it."""
    connection.execute(f"attach {literal(str(path))} as warehouse")
    connection.execute("create schema warehouse.marts")
    for name in models.read("marts"):
        connection.execute(f"create table warehouse.marts.{name} as from exact.{name}")
    connection.execute("detach warehouse")


def exact_counts(table: Table | None) -> list[str]:
    """Every column of counts, the people behind them too."""
    return list(dict.fromkeys([*table.counts, *table.counts.values()])) if table else []


UNITS = {
    "faelle": ("case", "fall_id"),
    "ziele": ("goal", "ziel_id"),
    "beratungen": ("consultation", "beratung_id"),
}
ONE = 2**62
AT_ONCE = 500_000


def load_keyed(connection: duckdb.DuckDBPyConnection, k1: bytes) -> None:
    """Replace the weight 1 of `deliveries.faelle`, `ziele` and `beratungen` by weights with record keys.

    K1 stays in Python; only the keys that are made with it reach the database, which is in memory.
    """
    for name, (unit, column) in UNITS.items():
        kind = connection.execute(
            "select table_type from information_schema.tables "
            "where table_schema = 'deliveries' and table_name = ?",
            [name],
        ).fetchone()
        if not kind or kind[0] != "VIEW":
            continue  # nobody delivers this table
        connection.execute(f"alter view deliveries.{name} rename to {name}_unkeyed")
        connection.execute(f"create table reference.{name}_keys (sender varchar, id varchar, key bigint)")
        for (sender,) in connection.execute(
            f"select distinct sender from deliveries.{name}_unkeyed order by sender"
        ).fetchall():
            _keyed(connection, name, unit, column, sender, k1)
        connection.execute(
            f"create view deliveries.{name} as "
            f"select rows.* replace ({ONE}::bigint + keys.key as weight) "
            f"from deliveries.{name}_unkeyed as rows "
            f"join reference.{name}_keys as keys on keys.sender = rows.sender and keys.id = rows.{column}"
        )


def _keyed(
    connection: duckdb.DuckDBPyConnection, name: str, unit: str, column: str, sender: str, k1: bytes
) -> None:
    ids = connection.execute(
        f"select distinct {column} as id from deliveries.{name}_unkeyed where sender = ?", [sender]
    )
    while batch := [row[0] for row in ids.fetchmany(AT_ONCE)]:
        made = pa.table({"id": batch, "key": keys.record_keys(k1, unit, sender, batch)})
        insert = connection.cursor()
        insert.register("made", made)
        insert.execute(f"insert into reference.{name}_keys select ?, id, key from made", [sender])
        insert.unregister("made")


def write_truth(connection: duckdb.DuckDBPyConnection, path: Path, counted: Iterable[Table]) -> None:
    """The exact counts of the cells that a release holds."""
    connection.execute(f"attach {literal(str(path))} as truth")
    connection.execute("create schema truth.marts")
    for table in counted:
        columns = ", ".join([*table.key, *exact_counts(table)])
        connection.execute(
            f"create table truth.marts.{table.name} as "
            f"select {columns} from exact.{table.name} where {rules.grain(table)}"
        )
    connection.execute("detach truth")


SCHEMAS = ("reference", "deliveries", "staging", "marts", "perturbed", "released")


def listed_tables() -> dict[str, Table]:
    """The list of tables, those that others are a part of first."""
    every = public_tables(models.QUERIES / "marts").values()
    ordered = sorted(every, key=lambda each: any(part.table for part in each.parts.values()))
    return {each.name: each for each in ordered}


def write(
    path: Path,
    naming: Callable[[str], str],
    stored: Mapping[str, Sequence[Stored]],
    keys: Keys,
    parameters: Parameters,
    progress: Progress,
    truth: Path | None = None,
    warehouse: Path | None = None,
    before: Path | None = None,
) -> dict[str, list[dict[str, Any]]]:
    """Write a release to `path`; returns its usefulness per table (see `utility`).

    `naming` gives it its name, from the newest quarter that is complete. Everything with n, key sums or
    deviations lives in memory (what has no room there, in a folder beside `path`) and ends with this call;
    what is written are dimensions and published values.
    `truth` is written with the exact counts of the same cells, for the red team to be judged by; `warehouse`
    with all exact figures. `before` is the release before in the same series, whose figures of closed periods
    stay where they can (see `frozen`). Raises ChecksFailedError if those contradict themselves.
    """
    declared = listed_tables()
    counted = [each for each in declared.values() if each.counts]
    layers = [
        (layer, each, sql) for layer in ("staging", "marts") for each, sql in models.read(layer).items()
    ]
    steps = len(layers) + len(declared) + 2
    spilled = path.with_name("spilled")
    with duckdb.connect(":memory:") as connection:
        connection.execute("set enable_progress_bar = false")  # stdout is for results
        connection.execute(f"set temp_directory = {literal(str(spilled))}")
        for schema in SCHEMAS:
            connection.execute(f"create schema {schema}")
        models.load_macros(connection, keyed=True)
        models.load_reference(connection, REFERENCE)
        models.load_deliveries(connection, stored)
        progress(Step("release", "record keys", 1, steps))
        load_keyed(connection, keys.k1)
        for done, (layer, each, sql) in enumerate(layers, start=2):
            progress(Step("release", f"{layer}.{each}", done, steps))
            connection.execute(f"create table {layer}.{each} as {sql}")
        exact_views(connection, counted)
        check_exact(connection)
        progress(Step("release", "deviations", len(layers) + 2, steps))
        protect.deviate(connection, counted, keys.k2, parameters)
        if before:
            protect.carry_over(connection, counted, before, keys.k2, parameters)
        connection.execute(f"attach {literal(str(path))} as release")
        connection.execute("create schema release.marts")
        useful = {}
        for done, table in enumerate(declared.values(), start=len(layers) + 3):
            progress(Step("release", f"release.{table.name}", done, steps))
            if table.counts:
                protect.protect(connection, table, parameters)
                useful[table.name] = protect.table(connection, table)
                # Sorted, so that one area is read without reading all; and so that order tells nothing.
                content = f"from released.{table.name} order by {', '.join(table.key)}"
            elif table.name == "edition":
                (quarter,) = connection.execute("select latest_quarter from marts.edition").fetchall()[0]
                name = literal(naming(quarter))
                content = f"select *, {name} as release, {parameters.limit} as shown_from from marts.edition"
            else:
                content = f"from marts.{table.name} order by all"
            connection.execute(f"create table release.marts.{table.name} as {content}")
        connection.execute("detach release")
        if truth:
            write_truth(connection, truth, counted)
        if warehouse:
            write_exact(connection, warehouse)
    shutil.rmtree(spilled, ignore_errors=True)
    return useful


def about(path: Path) -> dict[str, Any]:
    """What the release at `path` says of itself: release, as_of, senders, synthetic, latest_quarter …"""
    with duckdb.connect(str(path), read_only=True) as connection:
        answer = connection.execute("select * from marts.edition")
        names = [column[0] for column in answer.description or ()]
        return dict(zip(names, answer.fetchall()[0], strict=True))
