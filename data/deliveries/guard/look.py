"""Look at a delivery: the headings of its files, then every column that no rule proves harmless."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import duckdb

from data.deliveries.findings import KEPT_PER_RULE, Finding, Group
from data.deliveries.guard.columnnames import RULE, said_by_headings, shown, special_columns
from data.deliveries.guard.derived import derived
from data.deliveries.guard.kinds import Column
from data.deliveries.guard.scan import scan
from data.deliveries.guard.suspects import Suspect, suspects
from data.deliveries.load import Loaded
from data.deliveries.parts import RAW, Part
from data.deliveries.wording import finding, rules


def look(
    connection: duckdb.DuckDBPyConnection,
    loaded: Sequence[Loaded],
    beside: Iterable[Part] = (),
    checked: Iterable[Group] = (),
) -> list[Group]:
    """What the guard finds: faults, and a notice for each column that is dropped unread.

    `beside`: what no table takes, so that all columns that aren't `present` are unknown. `checked`: what the
    rules of the format found. Says column, kind and line, never what stands there.
    """
    looked_at = [*((each.part, each) for each in loaded), *((part, None) for part in beside)]
    groups = [said for part, _ in looked_at for said in said_by_headings(part)]
    orphaned = {(each.file, each.sheet) for each in checked if each.rule == "reference"}
    connection.execute("create schema if not exists guard")
    try:
        every = [
            suspect
            for number, (part, typed) in enumerate(looked_at)
            for suspect in suspects(
                connection, part, typed, f'"guard"."text {number}"', special_columns(part)
            )
            if (part.place.file, part.place.sheet) in orphaned or not _refers(suspect, typed)
        ]
        found: list[tuple[Suspect, str]] = []
        for suspect, kind, rows in chain(scan(connection, every), derived(connection, every, found)):
            groups.append(_group(connection, suspect, f"{RULE}{kind}", rows))
            found.append((suspect, kind))
        return groups
    finally:
        connection.execute("drop schema guard cascade")


def _refers(suspect: Suspect, typed: Loaded | None) -> bool:
    """Whether every value is one of another table's key: that was looked at there, or when it was stored."""
    return suspect.kind is Column.PSEUDONYM and typed is not None and suspect.column in typed.table.parents


def unmapped(read: list[Part], mapped: list[Part]) -> Iterator[Part]:
    """The files that a profile maps, for those of their columns that it takes nothing from."""
    for part in (part for part in read if part.table == RAW):
        used = {column for each in mapped if each.place == part.place for column in each.columns}
        yield replace(part, present=tuple(column for column in part.columns if column in used))


def _group(connection: duckdb.DuckDBPyConnection, suspect: Suspect, rule: str, rows: str) -> Group:
    part, column = suspect.part, shown(suspect.part, suspect.column)
    ((count,),) = connection.execute(f"select count(*) from ({rows})").fetchall()
    first = connection.execute(f"from ({rows}) order by row limit {KEPT_PER_RULE}").fetchall()
    lines = part.lines([row for (row,) in first])
    return Group(
        rule=rule,
        severity=rules()[rule].severity,
        file=part.place.file,
        sheet=part.place.sheet,
        column=column,
        count=count,
        of_rows=None,
        findings=tuple(_findings(part, rule, column, lines)),
    )


def _findings(part: Part, rule: str, column: str, lines: list[int]) -> Iterator[Finding]:
    for line in lines:
        yield finding(rule, part.place, line=line, column=column)
