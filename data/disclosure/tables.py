"""The list of tables that a release may hold: what the header of each mart declares.

Source of the idea: a fixed list of nested tables, because a table that can be asked for freely can be
differenced freely. Nothing that is not on the list leaves.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from data.foundation.areas import LEVELS
from data.foundation.errors import DashboardError
from data.questions import sql_header

NAMES = (
    "grain", "key", "levels", "counts", "flows", "parts", "within", "sums", "divided", "total", "moving",
    "rows", "amounts", "unit", "audience",
)  # fmt: skip


class BrokenTableError(DashboardError):
    """A header that can't be read, or that contradicts itself."""

    def __init__(self, mart: str, text: str, expected: str) -> None:
        super().__init__(
            f"queries/marts/{mart}.sql: {text!r} in the header can't be understood. Write {expected}."
        )


@dataclass(frozen=True)
class Part:
    """A count that is part of another: of `whole`, in this table or in `table` for the same area and period.

    `complement`: what is left of the whole must not be small either.
    """

    whole: str
    table: str | None
    complement: bool


@dataclass(frozen=True)
class Table:
    """One table of the list.

    `counts` holds, by name, the column with the people behind each count (itself where people are counted).
    `flows` happen within a period (a month is part of its quarter), other counts are stocks at its end.
    `total` is the column and value of the row that all others are a part of. `sums` are added up from two
    released counts. `divisions` are counts that others divide without rest. `moving` counts may change after
    their period. `sparse` tables keep rows with a shown count only. Without `counts` a table describes
    institutions and is released as it is; its `amounts` are exact.
    """

    name: str
    key: tuple[str, ...]
    levels: tuple[str, ...]
    counts: dict[str, str]
    flows: frozenset[str]
    parts: dict[str, Part]
    sums: dict[str, tuple[str, str]]
    divisions: dict[str, tuple[str, ...]]
    total: tuple[str, str] | None
    moving: frozenset[str]
    amounts: tuple[str, ...]
    sparse: bool
    audience: str

    @property
    def perturbed(self) -> tuple[str, ...]:
        """Every column that gets a deviation of its own: counts and the people behind them, but no sums."""
        people = {self.counts[name] for name in self.sums}
        columns = dict.fromkeys([*self.counts, *self.counts.values()])
        return tuple(name for name in columns if name not in self.sums and name not in people)


def declared_table(name: str, sql: str) -> Table:
    """The table that a mart declares. Raises BrokenTableError."""
    header = sql_header.read(sql, NAMES)
    counts = {}
    for text in sql_header.listed(header.get("counts", "")):
        found = _matched(name, text, r"(\w+)(?: of (\w+))?", "'counts: name' or 'counts: name of people'")
        counts[found[1]] = found[2] or found[1]
    parts = {}
    for line, complement in (("parts", True), ("within", False)):
        for text in sql_header.listed(header.get(line, "")):
            found = _matched(name, text, r"(\w+) of (?:(\w+)\.)?(\w+)", f"'{line}: name of whole'")
            parts[found[1]] = Part(found[3], found[2], complement)
    sums = {}
    for text in sql_header.listed(header.get("sums", "")):
        found = _matched(name, text, r"(\w+) = (\w+) \+ (\w+)", "'sums: name = part + part'")
        sums[found[1]] = (found[2], found[3])
    divisions = {}
    for text in sql_header.listed(header.get("divided", "")):
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
        key=sql_header.listed(header.get("key", "")),
        levels=sql_header.listed(header.get("levels", "")) or LEVELS,
        counts=counts,
        flows=_named(header.get("flows", ""), counts),
        parts=parts,
        sums=sums,
        divisions=divisions,
        total=total_row,
        moving=_named(header.get("moving", ""), counts),
        amounts=sql_header.listed(header.get("amounts", "")),
        sparse=header.get("rows", "") == "shown only",
        audience=header.get("audience", ""),
    )
    _check(declared)
    return declared


def public_tables(folder: Path) -> dict[str, Table]:
    """Every table for the public, by name. Raises BrokenTableError."""
    tables = (
        declared_table(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))
    )
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
        raise BrokenTableError(declared.name, name, "only columns that 'counts' or 'amounts' lists")
    if declared.counts and not declared.key:
        raise BrokenTableError(declared.name, "counts", "'key: column, column' too")
    for level in declared.levels:
        if level not in LEVELS:
            raise BrokenTableError(declared.name, level, f"levels of {', '.join(LEVELS)}")


def _named(text: str, counts: dict[str, str]) -> frozenset[str]:
    return frozenset(counts) if text == "all" else frozenset(sql_header.listed(text))


def _matched(name: str, text: str, pattern: str, expected: str) -> re.Match[str]:
    if not (found := re.fullmatch(pattern, text)):
        raise BrokenTableError(name, text, expected)
    return found
