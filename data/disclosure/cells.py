"""The cells of one table of a release as numbers, and which of them are parts of which. Pure.

A row is one key of the table, a column one count that is deviated by itself. Everything that is worked out of
the cells is an array of the same shape, so a rule is one line and nobody's row is looked at alone.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from data.disclosure.table_list import Table
from data.foundation import areas, periods

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.int64]]
UNKNOWN = -1  # instead of a count: nobody delivered it
NONE = -1  # instead of a row: there is none


@dataclass(frozen=True)
class Tree:
    """What lies in what: the level (grain) of each area (period), and all that it lies in, by level (grain).

    `parents` hold the one next above; a thing that lies in nothing is not in it.
    """

    levels: Mapping[str, str]
    above: Mapping[str, Mapping[str, str]]
    parents: Mapping[str, str]
    _next: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict, compare=False, repr=False)

    def next_above(self, among: tuple[str, ...]) -> Mapping[str, str]:
        """The level (grain) of the next larger thing of each among these; empty for the largest."""
        if among not in self._next:
            self._next[among] = {name: _next_above(name, self, among) for name in self.parents}
        return self._next[among]


@dataclass(frozen=True)
class Key:
    """A column of the key: `names` in their order, and for each row the place of its name among them."""

    names: Sequence[object]
    codes: Rows


@dataclass(frozen=True)
class Nesting:
    """One way in which rows are parts of others: `wholes` has for each row that other one, or NONE.

    `column` is the one in which the two differ, `of` the level, grain or value of the whole. `next_above`
    tells of which rows that whole is the next larger one. `flows_only`: of a stock no longer period is a sum.
    `only`: these counts alone; None: all of them.
    """

    column: str
    of: str
    wholes: Rows
    next_above: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
    flows_only: bool = False
    only: frozenset[str] | None = None


class Cells:
    """The deviated counts `y` of one table: rows in the order of the key, one column per `table.perturbed`.

    A count is UNKNOWN where nobody delivered it. `areas` and `periods` say how those nest. Raises ValueError
    if the rows are in another order.
    """

    def __init__(
        self, table: Table, keys: Mapping[str, Key], y: Matrix, *, areas: Tree, periods: Tree
    ) -> None:
        self.table = table
        self.keys = dict(keys)
        self.y = y
        self._areas = areas
        self._ids = self._numbered()
        if (np.diff(self._ids) <= 0).any():
            raise ValueError(
                f"the rows of {table.name} are not in the order of its key, or one is there twice"
            )
        self.nestings = tuple(self._nest(areas, periods))

    @property
    def levels(self) -> list[str]:
        """The levels of areas that the table has, the largest first."""
        return [level for level in areas.LEVELS if level in self.table.levels]

    def of_level(self, level: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Which rows are of areas of this level; none of a table without areas."""
        if "area_code" not in self.keys:
            return np.zeros(len(self.y), dtype=bool)
        key = self.keys["area_code"]
        return np.array([self._areas.levels.get(str(name)) == level for name in key.names], dtype=bool)[
            key.codes
        ]

    def at_level(self, level: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        """Which rows are of areas of this level, but for the only one of its Kreis, which is that Kreis."""
        of = {
            code: self._areas.above.get(code, {}).get(areas.KREIS, "")
            for code, own in self._areas.levels.items()
            if own == level
        }
        many = Counter(of.values())
        key = self.keys["area_code"]
        return np.array([many[of.get(str(name), "")] > 1 for name in key.names], dtype=bool)[key.codes]

    def parts_of(self, level: str) -> Rows:
        """For each row of an area of this level, how many areas have it next above them; for others 0."""
        above = self._areas.next_above(tuple(self.levels))
        many = Counter(self._areas.above[code][level] for code, of in above.items() if of == level)
        key = self.keys["area_code"]
        return np.array([many[str(name)] for name in key.names], dtype=np.int64)[key.codes]

    def column(self, name: str) -> int:
        """Where a count stands in `y`."""
        return self.table.perturbed.index(name)

    def columns(self, names: "frozenset[str] | set[str]") -> Rows:
        """Where these counts stand in `y`."""
        return np.array([at for at, name in enumerate(self.table.perturbed) if name in names], dtype=np.int64)

    def rows_in(self, other: "Cells") -> Rows:
        """For each row the row of the same area and period of another table, or NONE."""
        shared = list(other.keys)
        return other.find(
            {name: recoded(self.keys[name], other.keys[name].names) for name in shared}, len(self.y)
        )

    def find(self, codes: Mapping[str, Rows], many: int) -> Rows:
        """The rows of these codes, `many` of them, where NONE is a name that does not occur."""
        asked = np.zeros(many, dtype=np.int64)
        missing = np.zeros(many, dtype=bool)
        for name, key in self.keys.items():
            missing |= codes[name] == NONE
            asked = asked * len(key.names) + codes[name]
        at = np.searchsorted(self._ids, asked)
        at[at == len(self._ids)] = 0
        missing |= self._ids[at] != asked if len(self._ids) else True
        return np.where(missing, NONE, at)

    def earlier(self, months: int) -> Rows:
        """For each row that of the same area whose period ends so many months before, or NONE.

        The end of a year is that of its last quarter: of several the one of the same grain, else the longest.
        """
        key = self.keys["period"]
        every = [periods.read(str(name)) for name in key.names]
        ends: dict[tuple[int, str], int] = {
            (periods.month_no(each.last_day), each.grain): at for at, each in enumerate(every) if each
        }
        found = np.full(len(self.y), NONE)
        for grain in ("", *periods.GRAINS):
            to = [
                ends.get((periods.month_no(each.last_day) - months, grain or each.grain), NONE)
                if each
                else NONE
                for each in every
            ]
            found = np.where(found == NONE, self._moved("period", np.array(to, dtype=np.int64)), found)
        return found

    def groups(self, columns: Sequence[str]) -> tuple[Rows, Rows]:
        """Numbers the rows of equal values in these columns; the first row of each number."""
        ids = np.zeros(len(self.y), dtype=np.int64)
        for name in columns:
            ids = ids * len(self.keys[name].names) + self.keys[name].codes
        _, first, group = np.unique(ids, return_index=True, return_inverse=True)
        return group, first

    def around(self, rows: "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]") -> tuple["Cells", Rows]:
        """These rows with all that they are parts of, as cells of their own; and where they stand here."""
        with_wholes = rows.copy()
        while True:
            before = int(with_wholes.sum())
            for nesting in self.nestings:
                wholes = nesting.wholes[with_wholes]
                with_wholes[wholes[wholes != NONE]] = True
            if int(with_wholes.sum()) == before:
                break
        at = np.flatnonzero(with_wholes)
        place = np.full(len(self.y) + 1, NONE)  # and one more, so that NONE stays NONE
        place[at] = np.arange(len(at))
        found = Cells.__new__(Cells)
        found.table, found.y, found._ids = self.table, self.y[at], self._ids[at]
        found._areas = self._areas
        found.keys = {name: Key(key.names, key.codes[at]) for name, key in self.keys.items()}
        found.nestings = tuple(
            replace(each, wholes=place[each.wholes[at]], next_above=each.next_above[at])
            for each in self.nestings
        )
        return found, at

    def _numbered(self) -> Rows:
        """One number per row, rising with the key."""
        ids = np.zeros(len(self.y), dtype=np.int64)
        for key in self.keys.values():
            ids = ids * len(key.names) + key.codes
        return ids

    def _nest(self, of_areas: Tree, of_periods: Tree) -> Iterator[Nesting]:
        """Everything that the rows are parts of, in the order in which that is asked."""
        if self.table.total:
            yield from self._parts_of_total(*self.table.total)
        if "area_code" in self.keys:
            for level in self.levels[:-1]:
                yield self._inside("area_code", of_areas, level)
        if "period" in self.keys and self.table.flows:
            for grain in list(periods.GRAINS)[-2::-1]:
                yield self._inside("period", of_periods, grain, flows_only=True)
        for name, column in self.table.falls.items():
            yield self._following(name, column)

    def _parts_of_total(self, column: str, total: str) -> Iterator[Nesting]:
        """Values of a column in the total, and where they nest further, in the values between."""
        key = self.keys[column]
        at = {str(name): place for place, name in enumerate(key.names)}
        for whole, inside in self.table.wholes.items():
            place = at.get(whole, NONE)
            direct = np.array([name in inside if inside else name != whole for name in key.names], dtype=bool)
            lies_in = (
                direct if whole != total else np.array([name != total for name in key.names], dtype=bool)
            )
            wholes = self._moved(column, np.where(lies_in, place, NONE))
            yield Nesting(column, whole, wholes, direct[key.codes])

    def _inside(self, column: str, tree: Tree, of: str, *, flows_only: bool = False) -> Nesting:
        names = [str(name) for name in self.keys[column].names]
        at = {name: number for number, name in enumerate(names)}
        above = [at.get(tree.above.get(name, {}).get(of, ""), NONE) for name in names]
        among = tuple(self.levels) if column == "area_code" else periods.GRAINS
        next_above = tree.next_above(among)
        following = [next_above.get(name, "") == of for name in names]
        codes = self.keys[column].codes
        wholes = self._moved(column, np.array(above, dtype=np.int64))
        return Nesting(column, of, wholes, np.array(following, dtype=bool)[codes], flows_only)

    def _following(self, name: str, column: str) -> Nesting:
        """Of a count that falls along a column: each row lies in the one before it."""
        before = self._moved(column, np.arange(len(self.keys[column].names)) - 1)
        return Nesting(column, "", before, before != NONE, only=frozenset({name}))

    def _moved(self, column: str, to: Rows) -> Rows:
        """The rows with the same key but for one column, whose codes become those of `to`."""
        codes = {name: key.codes for name, key in self.keys.items()}
        return self.find(codes | {column: to[codes[column]]}, len(self.y))


def _next_above(name: str, tree: Tree, among: Collection[str]) -> str:
    """The level (grain) of the next larger thing that a table has; empty for the largest."""
    above = tree.parents.get(name, "")
    while above and tree.levels.get(above) not in among:
        above = tree.parents.get(above, "")
    return tree.levels.get(above, "")


def key(values: Sequence[object]) -> Key:
    """The column of a key that has these values, row by row."""
    names = sorted(set(values), key=order)
    at = {name: number for number, name in enumerate(names)}
    return Key(names, np.array([at[value] for value in values], dtype=np.int64))


def order(name: object) -> tuple[bool, object]:
    """What is missing comes last, as DuckDB has it."""
    return (name is None, "" if name is None else name)


def recoded(key: Key, names: Sequence[object]) -> Rows:
    """The places of the values of a key among other names, or NONE."""
    at = {name: number for number, name in enumerate(names)}
    return np.array([at.get(name, NONE) for name in key.names], dtype=np.int64)[key.codes]
