"""A profile applied: from the office's files as they are to parts in the tables of the format."""

from collections.abc import Sequence
from functools import partial

import duckdb

from data.deliveries.findings import Group
from data.deliveries.names import folded
from data.deliveries.parts import RAW, Part
from data.deliveries.profiles.language import Profile, TableRule
from data.deliveries.profiles.recognise import reads
from data.deliveries.profiles.source import Source, source
from data.deliveries.profiles.tablepart import table_part
from data.deliveries.read import in_order
from data.deliveries.recognised import Recognised
from data.deliveries.wording import Place, group
from data.sql import name, text


def mapped(
    connection: duckdb.DuckDBPyConnection, parts: list[Part], profile: Profile, given: dict[str, str]
) -> tuple[list[Part], list[Group]]:
    """The parts of a delivery with those that the profile means in the tables of the format, and findings:
    columns that it doesn't know, columns and tables that it expects and that aren't there.

    `given`: `sender` and `reporting-date` as said beside the files.
    """
    sources: list[Source] = []
    groups: list[Group] = []
    for number, part in enumerate(part for part in parts if part.table == RAW):
        found, said = source(connection, part, number)
        sources.append(found)
        groups += [*said, *_columns_twice(found)]
    made = [part for part in parts if part.table != RAW]
    for rule in profile.tables:
        if not rule.reads_a_file:
            made.append(_only_given(rule, profile, given))
            continue
        meant = [each for each in sources if reads(rule, each.part)]
        if not meant and not any(part.table == rule.to for part in made):
            place = sources[0].part.place if sources else Place(profile.shown)
            wording = {"other": profile.name, "limit": rule.to}
            groups.append(group("profile-table-missing", place, wording=wording))
        for each in meant:
            part, said = table_part(connection, each, rule, profile, given)
            made.append(part)
            groups += said
    groups += [said for each in sources for said in _unknown(each, profile)]
    once, twice = in_order(made)
    return once, [*groups, *twice]


def _unknown(source: Source, profile: Profile) -> list[Group]:
    """Columns of a file that no table of the profile reads or ignores."""
    part = source.part
    rules = [rule for rule in profile.tables if reads(rule, part)]
    known = {folded(heading) for rule in rules for heading in rule.headings}
    wording = {"other": profile.name}
    return [
        group("profile-column", part.place, line=part.header_line, column=cell.strip(), wording=wording)
        for cell in part.headings
        if cell.strip() and folded(cell) not in known
    ]


def _columns_twice(source: Source) -> list[Group]:
    part = source.part
    names = [folded(cell) for cell in part.headings]
    return [
        group("column-twice", part.place, line=part.header_line, column=cell.strip())
        for at, cell in enumerate(part.headings)
        if cell.strip() and names[at] in names[:at]
    ]


def _only_given(rule: TableRule, profile: Profile, given: dict[str, str]) -> Part:
    """A table of one row that stands in the profile itself: who hands in. Its lines are the profile's."""
    values = {
        column.to: column.constant if column.constant is not None else given.get(column.given or "")
        for column in rule.columns
    }
    selected = ", ".join(
        f"{'null::varchar' if each is None else text(each)} as {name(to)}" for to, each in values.items()
    )
    place = Place(profile.shown)
    return Part(
        table=rule.to,
        place=place,
        present=tuple(values),
        columns=tuple(values),
        header_line=rule.line,
        relation=f"(select {selected})",
        lines=partial(_always, rule.line),
        recognised=Recognised(rule.to, place.file, None, "TOML", profile=profile.name),
        trimmed=True,
    )


def _always(line: int, positions: Sequence[int]) -> list[int]:
    return [line for _ in positions]
