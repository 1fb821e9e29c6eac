"""The list of tables that a release may hold: what the header of each mart declares.

Source of the idea: a fixed list of nested tables, because a table that can be asked for freely can be
differenced freely. Nothing that is not on the list leaves.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from data.foundation import goal_areas
from data.foundation.areas import LEVELS
from data.foundation.errors import DashboardError
from data.questions import sql_header

NAMES = (
    "grain", "key", "levels", "counts", "gates", "inside", "flows", "parts", "office", "within", "bands",
    "total", "tree", "falls", "above", "since", "moving", "rows", "least_base", "cover", "amounts",
    "unit", "audience",
)  # fmt: skip


class BrokenTableError(DashboardError):
    """A header that can't be read, or that contradicts itself."""

    def __init__(self, mart: str, text: str, expected: str) -> None:
        super().__init__(
            f"queries/marts/{mart}.sql: {text!r} in the header can't be understood. Write {expected}."
        )


class Kind(StrEnum):
    """What a part says: something about a person, how an office works, or what is known at all."""

    PERSON = "parts"
    OFFICE = "office"
    BASE = "within"


@dataclass(frozen=True)
class Part:
    """A count that is part of another: of `whole`, in this table or in `table` for the same area and period.

    `beside`: what the whole is but for this part, a gate: it must not be small either.
    """

    whole: str
    table: str | None
    kind: Kind
    beside: str | None = None


@dataclass(frozen=True)
class Table:
    """One table of the list.

    `counts` and `gates` hold, by name, the column with the people behind each count (itself where people are
    counted). Gates are not released: they are what is left of a split, and forbid its part where they are
    small. `inside` are further counts of the same shape that exact figures alone have. `flows` happen within
    a period (a month is part of its quarter), other counts are stocks at its end. `parts` has all wholes of
    a count. `bands` has the parts whose share is told by a band where they are withheld themselves, each with
    its base: the first whole in this table that it is declared a part of. `total` is the column and value of
    the row that all others are a part of, `tree` what each value of that column lies in (nothing: all lie in
    the total). `falls` has the counts that are cumulative along a number of the key: with the next of its
    values nobody is added, so what is counted there is part of what is counted before. `above` are pairs of
    counts of a row of which the second lies in the first, and is not what that one is split into. `since` are
    stocks of people who were in another one so many months before, and those who have left since were too:
    count, other count, months. `moving` counts may change after their period. `sparse` tables keep
    rows with a shown count only. `least_base` is a number and a level: areas of that level have a shown count
    only where what it is part of in another table is released as so much at least. `cover` is one too: areas
    of that level with fewer areas in them have a shown count only where one of these has. Without `counts` a
    table describes institutions and is released as it is; its `amounts` are exact.
    """

    name: str
    key: tuple[str, ...]
    levels: tuple[str, ...]
    counts: dict[str, str]
    gates: dict[str, str]
    inside: dict[str, str]
    flows: frozenset[str]
    parts: dict[str, tuple[Part, ...]]
    bands: dict[str, str]
    total: tuple[str, str] | None
    tree: dict[str, str]
    falls: dict[str, str]
    above: tuple[tuple[str, str], ...]
    since: tuple[tuple[str, str, int], ...]
    moving: frozenset[str]
    amounts: tuple[str, ...]
    sparse: bool
    least_base: tuple[int, str] | None
    cover: tuple[int, str] | None
    audience: str

    @property
    def wholes(self) -> dict[str, list[str]]:
        """What values of the column of `total` other values lie in, the total first, with these values.

        Without a tree it is the total with every other value: an empty list stands for them.
        """
        if not self.total:
            return {}
        if not self.tree:
            return {self.total[1]: []}
        found: dict[str, list[str]] = {}
        for value, parent in self.tree.items():
            if parent:
                found.setdefault(parent, []).append(value)
        return found

    @property
    def band_columns(self) -> dict[str, str]:
        """The column with the number of the band, by the part it is of."""
        return {part: f"{part}_band" for part in self.bands}

    @property
    def perturbed(self) -> tuple[str, ...]:
        """Every column that gets a deviation of its own: counts and gates, not the people behind them."""
        return (*self.counts, *self.gates)

    @property
    def people(self) -> dict[str, str]:
        """The column with the people behind each of them, where others are counted."""
        return {name: of for name, of in (self.counts | self.gates).items() if of != name}

    @property
    def exact(self) -> tuple[str, ...]:
        """Every column of counts that only exact figures have, and the people behind all counts."""
        columns = [*self.gates, *self.inside, *self.people.values(), *self.inside.values()]
        return tuple(dict.fromkeys(columns))


def declared_table(name: str, sql: str) -> Table:
    """The table that a mart declares. Raises BrokenTableError."""
    header = sql_header.read(sql, NAMES)
    counts, gates, inside = (_counted(name, header.get(line, "")) for line in ("counts", "gates", "inside"))
    parts: dict[str, tuple[Part, ...]] = {}
    for kind in Kind:
        for text in sql_header.listed(header.get(kind, "")):
            found = _matched(
                name, text, r"(\w+) of (?:(\w+)\.)?(\w+)(?: beside (\w+))?", f"'{kind}: name of whole'"
            )
            part = Part(found[3], found[2], kind, found[4])
            parts[found[1]] = (*parts.get(found[1], ()), part)
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
        gates=gates,
        inside=inside,
        flows=_named(header.get("flows", ""), counts | gates),
        parts=parts,
        bands={part: _base(name, part, parts) for part in sql_header.listed(header.get("bands", ""))},
        total=total_row,
        tree=goal_areas.parents() if header.get("tree") else {},
        falls=dict(_pairs(name, header.get("falls", ""), "by")),
        above=_pairs(name, header.get("above", ""), "over"),
        since=_earlier(name, header.get("since", "")),
        moving=_named(header.get("moving", ""), counts | gates),
        amounts=sql_header.listed(header.get("amounts", "")),
        sparse=header.get("rows", "") == "shown only",
        least_base=_at_a_level(name, header.get("least_base", ""), "'least_base: 50 gemeinde'"),
        cover=_at_a_level(name, header.get("cover", ""), "'cover: 4 verwaltungsgemeinschaft'"),
        audience=header.get("audience", ""),
    )
    _check(declared)
    return declared


def every_table(folder: Path) -> dict[str, Table]:
    """Every table, by name. Raises BrokenTableError."""
    return {
        path.stem: declared_table(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.sql"))
    }


def public_tables(folder: Path) -> dict[str, Table]:
    """Every table for the public, by name. Raises BrokenTableError."""
    return {name: each for name, each in every_table(folder).items() if each.audience == "public"}


def _check(declared: Table) -> None:
    known = {*declared.counts, *declared.gates, *declared.amounts}
    every = [part for parts in declared.parts.values() for part in parts]
    used = {
        *declared.flows,
        *declared.moving,
        *declared.falls,
        *(each for pair in declared.above for each in pair),
        *(each for *pair, _ in declared.since for each in pair),
        *declared.parts,
        *(part.beside for part in every if part.beside),
        *(part.whole for part in every if part.table is None),
    }
    for name in sorted(used - known):
        raise BrokenTableError(declared.name, name, "only columns that 'counts', 'gates' or 'amounts' lists")
    if declared.bands and declared.sparse:
        raise BrokenTableError(declared.name, "bands", "bands for tables that hold every row only")
    if declared.tree and declared.total != ("goal_area", goal_areas.TOTAL):
        raise BrokenTableError(declared.name, "tree", f"'total: goal_area = {goal_areas.TOTAL}' too")
    if not {*declared.falls.values()} <= {*declared.key}:
        raise BrokenTableError(declared.name, "falls", "'falls: count by a column of the key'")
    if declared.counts and not declared.key:
        raise BrokenTableError(declared.name, "counts", "'key: column, column' too")
    if declared.least_base and not any(part.table for part in every):
        raise BrokenTableError(declared.name, "least_base", "'parts: name of table.whole' too")
    of_some = [level for _, level in filter(None, (declared.least_base, declared.cover))]
    for level in (*declared.levels, *of_some):
        if level not in LEVELS:
            raise BrokenTableError(declared.name, level, f"levels of {', '.join(LEVELS)}")


def _pairs(name: str, text: str, word: str) -> tuple[tuple[str, str], ...]:
    """What stands before and behind a word, in each of several."""
    listed = sql_header.listed(text)
    found = [_matched(name, each, rf"(\w+) {word} (\w+)", f"'count {word} another'") for each in listed]
    return tuple((each[1], each[2]) for each in found)


def _earlier(name: str, text: str) -> tuple[tuple[str, str, int], ...]:
    """Count, the count that it was part of, and how many months before."""
    expected = "'since: count of another 12'"
    found = [_matched(name, each, r"(\w+) of (\w+) (\d+)", expected) for each in sql_header.listed(text)]
    return tuple((each[1], each[2], int(each[3])) for each in found)


def _base(name: str, part: str, parts: dict[str, tuple[Part, ...]]) -> str:
    """What the band of a part is a share of."""
    for each in parts.get(part, ()):
        if each.table is None and each.kind is not Kind.BASE:
            return each.whole
    raise BrokenTableError(name, part, f"'parts: {part} of …' or 'office: {part} of …' for what has bands")


def _at_a_level(name: str, text: str, expected: str) -> tuple[int, str] | None:
    if not text:
        return None
    found = _matched(name, text, r"(\d+) (\w+)", expected)
    return int(found[1]), found[2]


def _named(text: str, counts: dict[str, str]) -> frozenset[str]:
    return frozenset(counts) if text == "all" else frozenset(sql_header.listed(text))


def _counted(name: str, text: str) -> dict[str, str]:
    """The counts of a line, each with the column of the people behind it."""
    counts = {}
    for each in sql_header.listed(text):
        found = _matched(name, each, r"(\w+)(?: of (\w+))?", "'counts: name' or 'counts: name of people'")
        counts[found[1]] = found[2] or found[1]
    return counts


def _matched(name: str, text: str, pattern: str, expected: str) -> re.Match[str]:
    if not (found := re.fullmatch(pattern, text)):
        raise BrokenTableError(name, text, expected)
    return found
