"""Look at one part of a delivery: its headings, then every column that no rule proves harmless."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb

from data.deliveries.findings import KEPT_PER_RULE, Finding, Group
from data.deliveries.guard import headings
from data.deliveries.guard.kinds import Column
from data.deliveries.guard.scan import scan
from data.deliveries.guard.suspects import Suspect, suspects
from data.deliveries.load import Loaded
from data.deliveries.parts import RAW, Part
from data.deliveries.sql import texts
from data.deliveries.wording import finding, group, rules

RULE = "guard-"  # every rule of the guard begins with it
HEADING, SPECIAL = "guard-heading", "special-column"


def look(connection: duckdb.DuckDBPyConnection, part: Part, loaded: Loaded | None = None) -> list[Group]:
    """What the guard finds in a part: faults, and a notice for each column that is dropped unread.

    Without `loaded` all columns that are not `present` are unknown. Says column, kind and line, never what
    stands there.
    """
    connection.execute("create schema if not exists guard")
    try:
        shown, groups = _headings(connection, part)
        skipped = frozenset(column for column in shown if _special(part, column))
        for suspect, kind, rows in scan(connection, suspects(connection, part, loaded, skipped)):
            groups.append(_group(connection, part, _shown(part, shown, suspect.column), kind, rows))
        return groups
    finally:
        connection.execute("drop schema guard cascade")


def _shown(part: Part, shown: dict[str, str], column: str) -> str:
    return shown.get(column) or part.origin(column).heading


def special_columns(part: Part) -> list[str]:
    """The columns of a part that Art. 9 GDPR is about: they are neither read nor kept."""
    return [column for column in part.columns if _special(part, column)]


def _unknown(part: Part) -> dict[str, str]:
    """Column -> heading, of the columns that neither the format nor a profile knows."""
    if part.origins:
        return {}  # a profile took what it knows; the rest of the file is looked at before
    return {
        column: heading.strip()
        for column, heading in zip(part.columns, part.headings, strict=False)
        if column not in part.present
    }


def _special(part: Part, column: str) -> bool:
    return headings.kind(_unknown(part).get(column, "")) == headings.SPECIAL


def _headings(connection: duckdb.DuckDBPyConnection, part: Part) -> tuple[dict[str, str], list[Group]]:
    """How to call each unknown column, and what its heading gives away: a heading may be a value itself."""
    unknown = _unknown(part)
    groups: list[Group] = []
    if unknown:
        listed = texts(unknown.values())
        values = f"select v, 0 as row from (select unnest([{listed}]) as v) where v <> ''"
        for _, kind, rows in scan(connection, [Suspect("", Column.LABEL, values)]):
            flagged = rows.replace("select row from", "select v from", 1)
            is_value = {value for (value,) in connection.execute(flagged).fetchall()}
            for column in [column for column, heading in unknown.items() if heading in is_value]:
                unknown[column] = f"#{part.columns.index(column) + 1}"
                groups.append(_of_heading(part, unknown[column], f"{RULE}{kind}"))
    for heading in unknown.values():
        kind_said = headings.kind(heading)
        if kind_said == headings.SPECIAL:
            groups.append(_of_heading(part, heading, SPECIAL))
        elif kind_said:
            groups.append(_of_heading(part, heading, HEADING, rules()[f"{RULE}{kind_said}"]))
    return {column: heading or column for column, heading in unknown.items()}, groups


def _of_heading(part: Part, column: str, rule: str, kind: dict[str, str] | None = None) -> Group:
    return group(rule, part.place, line=part.header_line, column=column, wording=kind)


def _group(connection: duckdb.DuckDBPyConnection, part: Part, column: str, kind: str, rows: str) -> Group:
    rule = f"{RULE}{kind}"
    ((count,),) = connection.execute(f"select count(*) from ({rows})").fetchall()
    first = connection.execute(f"from ({rows}) order by row limit {KEPT_PER_RULE}").fetchall()
    lines = part.lines([row for (row,) in first])
    return Group(
        rule=rule,
        severity=rules()[rule]["severity"],
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


def look_beside(connection: duckdb.DuckDBPyConnection, read: list[Part], mapped: list[Part]) -> list[Group]:
    """The same for files that a profile maps: for those of their columns that it takes nothing from."""
    groups: list[Group] = []
    for part in (part for part in read if part.table == RAW):
        used = {column for each in mapped if each.place == part.place for column in each.columns}
        rest = replace(part, present=tuple(column for column in part.columns if column in used))
        try:
            groups += look(connection, rest)
        except duckdb.Error:
            if part.record_by_record is None:
                raise
            sound, _ = part.record_by_record(connection, rest)
            groups += look(connection, sound)
    return groups
