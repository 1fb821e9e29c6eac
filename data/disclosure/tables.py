"""The list of tables that a release may hold: what the header of each mart declares.

Source of the idea: a fixed list of nested tables, because a table that can be asked for freely can be
differenced freely. Nothing that is not on the list leaves.
"""

import re
from pathlib import Path

from data import sqlheader
from data.areas import LEVELS
from data.disclosure.table import Part, Table
from data.errors import DashboardError

__all__ = ["BrokenTable", "Part", "Table", "listed", "table"]

NAMES = (
    "grain", "key", "levels", "counts", "flows", "parts", "within", "sums", "divided", "total", "moving",
    "rows", "amounts", "unit", "audience",
)  # fmt: skip


class BrokenTable(DashboardError):
    """A header that can't be read, or that contradicts itself."""

    def __init__(self, mart: str, text: str, expected: str) -> None:
        super().__init__(
            f"queries/marts/{mart}.sql: {text!r} in the header can't be understood. Write {expected}."
        )


def table(name: str, sql: str) -> Table:
    """The table that a mart declares. Raises BrokenTable."""
    header = sqlheader.read(sql, NAMES)
    counts = {}
    for text in sqlheader.listed(header.get("counts", "")):
        found = _matched(name, text, r"(\w+)(?: of (\w+))?", "'counts: name' or 'counts: name of people'")
        counts[found[1]] = found[2] or found[1]
    parts = {}
    for line, complement in (("parts", True), ("within", False)):
        for text in sqlheader.listed(header.get(line, "")):
            found = _matched(name, text, r"(\w+) of (?:(\w+)\.)?(\w+)", f"'{line}: name of whole'")
            parts[found[1]] = Part(found[3], found[2], complement)
    sums = {}
    for text in sqlheader.listed(header.get("sums", "")):
        found = _matched(name, text, r"(\w+) = (\w+) \+ (\w+)", "'sums: name = part + part'")
        sums[found[1]] = (found[2], found[3])
    divisions = {}
    for text in sqlheader.listed(header.get("divided", "")):
        found = _matched(name, text, r"(\w+) = (\w+(?: \+ \w+)+)", "'divided: name = part + part + part'")
        divisions[found[1]] = tuple(found[2].split(" + "))
    total = header.get("total")
    if total:
        found = _matched(name, total, r"(\w+) = (\w+)", "'total: column = value'")
        total_row: tuple[str, str] | None = (found[1], found[2])
    else:
        total_row = None
    declared = Table(
        name=name,
        key=sqlheader.listed(header.get("key", "")),
        levels=sqlheader.listed(header.get("levels", "")) or LEVELS,
        counts=counts,
        flows=_named(header.get("flows", ""), counts),
        parts=parts,
        sums=sums,
        divisions=divisions,
        total=total_row,
        moving=_named(header.get("moving", ""), counts),
        amounts=sqlheader.listed(header.get("amounts", "")),
        sparse=header.get("rows", "") == "shown only",
        audience=header.get("audience", ""),
    )
    _check(declared)
    return declared


def listed(folder: Path) -> dict[str, Table]:
    """Every table for the public, by name. Raises BrokenTable."""
    tables = (table(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql")))
    return {each.name: each for each in tables if each.audience == "public"}


def _check(declared: Table) -> None:
    known = {*declared.counts, *declared.counts.values(), *declared.amounts}
    used = {
        *declared.flows,
        *declared.moving,
        *declared.parts,
        *declared.sums,
        *(part for pair in declared.sums.values() for part in pair),
        *declared.divisions,
        *(part for parts in declared.divisions.values() for part in parts),
        *(part.whole for part in declared.parts.values() if part.table is None),
    }
    for name in sorted(used - known):
        raise BrokenTable(declared.name, name, "only columns that 'counts' or 'amounts' lists")
    if declared.counts and not declared.key:
        raise BrokenTable(declared.name, "counts", "'key: column, column' too")
    for level in declared.levels:
        if level not in LEVELS:
            raise BrokenTable(declared.name, level, f"levels of {', '.join(LEVELS)}")


def _named(text: str, counts: dict[str, str]) -> frozenset[str]:
    return frozenset(counts) if text == "all" else frozenset(sqlheader.listed(text))


def _matched(name: str, text: str, pattern: str, expected: str) -> re.Match[str]:
    if not (found := re.fullmatch(pattern, text)):
        raise BrokenTable(name, text, expected)
    return found
