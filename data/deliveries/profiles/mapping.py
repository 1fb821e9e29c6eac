"""A profile applied: from the office's files as they are to parts in the tables of the format.

It says which files, sheets and headers it means; all others are read as the export format.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath

import duckdb

from data.deliveries.checking import check
from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.names import heading_key, known_cells, table_of
from data.deliveries.format.parts import RAW, Part, Recognised
from data.deliveries.format.profile import Profile, TableRule
from data.deliveries.format.sender import Given, as_date
from data.deliveries.profiles.tablepart import Source, source, table_part
from data.deliveries.reading.read import in_order
from data.deliveries.reading.titles import FORMAT, Columns, Naming, passed_over
from data.deliveries.store.incoming import PROFILE
from data.foundation.sql import identifier, literal

ANY = "*"
LIKE = 3  # headings of a profile in a file or sheet that it does not mean, that it is asked about


def apply(
    connection: duckdb.DuckDBPyConnection,
    parts: list[Part],
    profile: Profile,
    given: Given,
    beside_files: Path,
) -> tuple[list[Part], list[Group]]:
    """The parts in the tables of the format; the profile is laid beside the original files.

    A saved profile stays out of a delivery that is in the format already.
    """
    raw = [part for part in parts if part.table == RAW]
    if not (given.profile or any(_is_meant(part, profile) for part in raw)):
        return [part for part in parts if part.table != RAW], [passed_over(part.place) for part in raw]
    (beside_files / PROFILE).write_text(profile.text, encoding="utf-8")
    beside = {"sender": given.sender, "reporting-date": _written(given)}
    return mapped(connection, parts, profile, {key: value for key, value in beside.items() if value})


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
            place = sources[0].part.place if sources else Place(profile.label)
            wording = {"other": profile.name, "limit": rule.to}
            groups.append(group("profile-table-missing", place, wording=wording))
        for each in meant:
            part, said = table_part(connection, each, rule, profile, given)
            made.append(part)
            groups += [one for one in said if one not in groups]  # a row left out of two tables is said once
    groups += [said for each in sources for said in _unknown(each, profile)]
    groups += [said for each in sources for said in _nameless(connection, each, profile)]
    groups += [said for each in sources for said in _not_meant(each, profile)]
    once, twice = in_order(made)
    return once, [*groups, *twice]


def naming(profile: Profile) -> Naming:
    """How files are read for this profile: those it means as they are, all others as the export format.

    A file or sheet that the profile names by a pattern is its own; otherwise a name of the format counts.
    """
    readers = [table for table in profile.tables if table.reads_a_file]
    headings = frozenset(heading_key(heading) for table in readers for heading in table.headings)

    def table(file: str, sheet: str | None, header: Sequence[str] | None) -> str | None:
        named = [rule for rule in readers if names_fit(rule, file, sheet)]
        if any(rule.sheet != ANY if sheet else rule.file != ANY for rule in named):
            return RAW
        known = table_of(sheet or file)
        if not known and not named and header and len(_of(header)) >= LIKE:
            return RAW  # not read, and asked about
        # Of sheets that any pattern takes, those without a single known heading are legends and notes.
        return known or (RAW if named and (header is None or header) else None)

    def _of(cells: Sequence[str]) -> list[str]:
        return [cell for cell in cells if heading_key(cell) in headings]

    def known(cells: Sequence[str]) -> int:
        return max(len(_of(cells)), known_cells(cells))

    return Naming(table, known, as_they_are)


def as_they_are(table: str, cells: tuple[str, ...], place: Place, line: int) -> Columns:
    """The columns `#0`, `#1`, … of a file that is to be mapped; those of the format by their names."""
    if table != RAW:
        return FORMAT.columns(table, cells, place, line)
    return tuple(f"#{position}" for position in range(len(cells))), []


def reads(rule: TableRule, part: Part) -> bool:
    """Whether this table is read from this part: by the names of file and sheet, and by its header."""
    if not names_fit(rule, part.place.file, part.place.sheet):
        return False
    header = {heading_key(cell) for cell in part.headings}
    return any(
        heading_key(heading) in header
        for column in rule.columns
        for heading in _numbered(rule, column.headings)
    )


def _numbered(rule: TableRule, headings: Sequence[str]) -> list[str]:
    return [each for heading in headings for each in rule.numbered(heading)]


def names_fit(rule: TableRule, file: str, sheet: str | None) -> bool:
    """Whether the names of a file and sheet are those that this table is read from."""
    base = PurePosixPath(file).name.lower()
    sheets = sheet is None or fnmatchcase(sheet.lower(), rule.sheet.lower())
    return sheets and fnmatchcase(base, rule.file.lower())


def _is_meant(part: Part, profile: Profile) -> bool:
    readers = (rule for rule in profile.tables if rule.reads_a_file)
    return any(names_fit(rule, part.place.file, part.place.sheet) for rule in readers)


def _unknown(source: Source, profile: Profile) -> list[Group]:
    """Columns of a file that no table of the profile reads or ignores."""
    part = source.part
    if not _is_meant(part, profile):
        return []
    rules = [rule for rule in profile.tables if reads(rule, part)]
    known = {heading_key(heading) for rule in rules for heading in rule.headings}
    wording = {"other": profile.name}
    return [
        group("profile-column", part.place, line=part.header_line, column=cell.strip(), wording=wording)
        for cell in part.headings
        if cell.strip() and heading_key(cell) not in known
    ]


def _not_meant(source: Source, profile: Profile) -> list[Group]:
    """The question about a file or sheet that has headings of the profile, and none of its tables means."""
    part = source.part
    if _is_meant(part, profile):
        return []
    wording = {"other": profile.name, "limit": part.place.sheet or part.place.file}
    return [group("profile-not-meant", part.place, line=part.header_line, wording=wording)]


def _nameless(connection: duckdb.DuckDBPyConnection, source: Source, profile: Profile) -> list[Group]:
    """Columns without a heading in which something stands, of a file that the profile reads."""
    if not any(reads(rule, source.part) for rule in profile.tables):
        return []
    columns = [f"#{at}" for at, cell in enumerate(source.part.headings) if not cell.strip()]
    return check.columns_without_name(connection, source.part, source.table, columns)


def _columns_twice(source: Source) -> list[Group]:
    part = source.part
    names = [heading_key(cell) for cell in part.headings]
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
        f"{'null::varchar' if each is None else literal(each)} as {identifier(to)}"
        for to, each in values.items()
    )
    place = Place(profile.label)
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


def _written(given: Given) -> str:
    day = as_date(given.reporting_date) if given.reporting_date else None
    return f"{day:%d.%m.%Y}" if day else str(given.reporting_date or "")
