"""The database of a release: the SQL layers once more with record keys, deviated, protected, written."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from data import models
from data.deliveries.store import Stored
from data.disclosure.parameters import Parameters
from data.disclosure.tables import Table, listed
from data.releases import cells, exact, frozen, utility, weights, widen
from data.releases import truth as truth_file
from data.releases.secrets import Keys
from data.sql import text
from data.steps import Progress, Step
from data.warehouse import REFERENCE

SCHEMAS = ("reference", "deliveries", "staging", "marts", "perturbed", "released")


def tables() -> dict[str, Table]:
    """The list of tables, those that others are a part of first."""
    every = listed(models.QUERIES / "marts").values()
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
    stay where they can (see `frozen`). Raises ChecksFailed if those contradict themselves.
    """
    declared = tables()
    counted = [each for each in declared.values() if each.counts]
    layers = [
        (layer, each, sql) for layer in ("staging", "marts") for each, sql in models.read(layer).items()
    ]
    steps = len(layers) + len(declared) + 2
    spilled = path.with_name("spilled")
    with duckdb.connect(":memory:") as connection:
        connection.execute("set enable_progress_bar = false")  # stdout is for results
        connection.execute(f"set temp_directory = {text(str(spilled))}")
        for schema in SCHEMAS:
            connection.execute(f"create schema {schema}")
        models.load_macros(connection, keyed=True)
        models.load_reference(connection, REFERENCE)
        models.load_deliveries(connection, stored)
        progress(Step("release", "record keys", 1, steps))
        weights.load(connection, keys.k1)
        for done, (layer, each, sql) in enumerate(layers, start=2):
            progress(Step("release", f"{layer}.{each}", done, steps))
            connection.execute(f"create table {layer}.{each} as {sql}")
        exact.views(connection, counted)
        exact.check(connection)
        progress(Step("release", "deviations", len(layers) + 2, steps))
        cells.deviate(connection, counted, keys.k2, parameters)
        if before:
            frozen.keep(connection, counted, before, keys.k2, parameters)
        connection.execute(f"attach {text(str(path))} as release")
        connection.execute("create schema release.marts")
        useful = {}
        for done, table in enumerate(declared.values(), start=len(layers) + 3):
            progress(Step("release", f"release.{table.name}", done, steps))
            if table.counts:
                widen.protect(connection, table, parameters)
                useful[table.name] = utility.table(connection, table)
                # Sorted, so that one area is read without reading all; and so that order tells nothing.
                content = f"from released.{table.name} order by {', '.join(table.key)}"
            elif table.name == "edition":
                (quarter,) = connection.execute("select latest_quarter from marts.edition").fetchall()[0]
                name = text(naming(quarter))
                content = f"select *, {name} as release, {parameters.limit} as shown_from from marts.edition"
            else:
                content = f"from marts.{table.name} order by all"
            connection.execute(f"create table release.marts.{table.name} as {content}")
        connection.execute("detach release")
        if truth:
            truth_file.write(connection, truth, counted)
        if warehouse:
            exact.write(connection, warehouse)
    shutil.rmtree(spilled, ignore_errors=True)
    return useful


def about(path: Path) -> dict[str, Any]:
    """What the release at `path` says of itself: release, as_of, senders, synthetic, latest_quarter …"""
    with duckdb.connect(str(path), read_only=True) as connection:
        answer = connection.execute("select * from marts.edition")
        names = [column[0] for column in answer.description or ()]
        return dict(zip(names, answer.fetchall()[0], strict=True))
