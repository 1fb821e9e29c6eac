"""Which files, sheets and headers a profile means."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from data.deliveries.names import folded, known_cells, table_of
from data.deliveries.naming import FORMAT, Columns, Naming
from data.deliveries.parts import RAW, Part
from data.deliveries.profiles.language import Profile, TableRule
from data.deliveries.wording import Place

ANY = "*"


def naming(profile: Profile) -> Naming:
    """How files are read for this profile: those it means as they are, all others as the export format.

    A file or sheet that the profile names by a pattern is its own; otherwise a name of the format counts.
    """
    readers = [table for table in profile.tables if table.reads_a_file]
    headings = frozenset(folded(heading) for table in readers for heading in table.headings)

    def table(file: str, sheet: str | None, header: Sequence[str] | None) -> str | None:
        named = [rule for rule in readers if _meant(rule, file, sheet)]
        if any(rule.sheet != ANY if sheet else rule.file != ANY for rule in named):
            return RAW
        known = table_of(sheet or file)
        # Of sheets that any pattern takes, those without a single known heading are legends and notes.
        return known or (RAW if named and (header is None or header) else None)

    def known(cells: Sequence[str]) -> int:
        return max(sum(folded(cell) in headings for cell in cells), known_cells(cells))

    return Naming(table, known, as_they_are)


def reads(rule: TableRule, part: Part) -> bool:
    """Whether this table is read from this part: by the names of file and sheet, and by its header."""
    if not _meant(rule, part.place.file, part.place.sheet):
        return False
    header = {folded(cell) for cell in part.headings}
    return any(
        folded(heading) in header for column in rule.columns for heading in _numbered(rule, column.headings)
    )


def _numbered(rule: TableRule, headings: Sequence[str]) -> list[str]:
    return [each for heading in headings for each in rule.numbered(heading)]


def _meant(rule: TableRule, file: str, sheet: str | None) -> bool:
    base = PurePosixPath(file).name.lower()
    sheets = sheet is None or fnmatchcase(sheet.lower(), rule.sheet.lower())
    return sheets and fnmatchcase(base, rule.file.lower())


def as_they_are(table: str, cells: tuple[str, ...], place: Place, line: int) -> Columns:
    """The columns `#0`, `#1`, … of a file that is to be mapped; those of the format by their names."""
    if table != RAW:
        return FORMAT.columns(table, cells, place, line)
    return tuple(f"#{position}" for position in range(len(cells))), []
