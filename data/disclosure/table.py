"""One table that a release may hold: its counts, what they are parts of, and how they nest."""

from dataclasses import dataclass


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
