"""`Published`: an answer that may leave. Charts, tables, sentences and files take nothing else.

An answer holds cells, a gap where no number may be shown, what each column is, and which figures it is made
of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from data.disclosure.bands import Band
from data.foundation.parameters import Parameters
from data.questions.filters import Filters


class Gap(Enum):
    """Why a cell has no number. The value is the symbol that readers see."""

    WITHHELD = "•"
    UNKNOWN = "."


# A band says between which shares one lies: it is neither a number nor a gap.
Cell = str | int | float | Decimal | date | bool | Gap | Band | None


class Ratio(float):
    """A rate that knows the shown figures it was divided from, so that it is written as they bear it.

    `part_counts` and `base_counts` say how many counts with a deviation of their own are in each: 0 is exact,
    a difference of two counts has 2. `parameters` are those of the deviations; None where nothing deviates.
    """

    part: float
    base: float
    part_counts: int
    base_counts: int
    parameters: Parameters | None

    def __new__(
        cls,
        part: float,
        base: float,
        part_counts: int = 1,
        base_counts: int = 1,
        parameters: Parameters | None = None,
    ) -> "Ratio":
        """`part` by `base`. ZeroDivisionError without a base."""
        made = super().__new__(cls, float(Decimal(str(part)) / Decimal(str(base))))
        made.part, made.base, made.parameters = float(part), float(base), parameters
        made.part_counts, made.base_counts = part_counts, base_counts
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self.part, self.base, self.part_counts, self.base_counts, self.parameters

    @property
    def deviates(self) -> bool:
        """Whether any count in it does."""
        return self.parameters is not None and bool(self.part_counts or self.base_counts)


class Curved(float):
    """A share attained so far that knows its steps: counts attained, ended and at risk, oldest first."""

    steps: tuple[tuple[float, float, float], ...]
    parameters: Parameters | None

    def __new__(
        cls,
        share: float,
        steps: tuple[tuple[float, float, float], ...] = (),
        parameters: Parameters | None = None,
    ) -> "Curved":
        """A share of a curve."""
        made = super().__new__(cls, share)
        made.steps, made.parameters = steps, parameters
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return float(self), self.steps, self.parameters

    @property
    def base(self) -> float:
        """How many were observed last: the fewest that any step rests on."""
        return self.steps[-1][2] if self.steps else 0.0

    @property
    def deviates(self) -> bool:
        """Whether the counts of its steps do."""
        return self.parameters is not None and bool(self.steps)


class Summed(int):
    """A sum of counts that knows how many counts with a deviation of their own are in it."""

    counts: int

    def __new__(cls, number: int, counts: int = 1) -> "Summed":
        """A sum of so many counts."""
        made = super().__new__(cls, number)
        made.counts = counts
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return int(self), self.counts


class Role(Enum):
    """What a column is: it decides how a cell is protected and how it is written."""

    DIMENSION = "dimension"
    COUNT = "count"
    AMOUNT = "amount"
    RATE = "rate"


@dataclass(frozen=True)
class Column:
    """One column: its name, what it is, and of how many released counts a count is worked out.

    `hangs` on which counts are shown, if it does: then nobody knows how far it is from the exact one.
    """

    name: str
    role: Role
    counts: int = 1
    hangs: bool = False


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number that may be shown."""
    return isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool)


@dataclass(frozen=True)
class Edition:
    """Which figures these are.

    `version` names them, `as_of` is the newest reporting date, `behind` the labels of the Kreise whose next
    delivery is overdue on the day of a release (today, within the house), `never` of those without any,
    `senders` how many offices delivered, `synthetic` whether any
    of it is demonstration data and `only_synthetic` whether all of it is, `period` the quarter that the
    Land opens with.
    `version` is the name of a release, or of exact figures if they are `internal`. A count is shown from
    `shown_from`; exact figures have 0. `parameters` are those of the deviations; exact figures have none.
    """

    version: str
    built_at: datetime
    as_of: date | None
    senders: int
    period: str
    behind: tuple[str, ...]
    synthetic: bool
    only_synthetic: bool = False
    shown_from: int = 10
    internal: bool = False
    parameters: Parameters | None = field(default_factory=Parameters)
    never: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day of the figures: the newest reporting date, before there is one that of the build."""
        return self.as_of or self.built_at.date()


@dataclass(frozen=True)
class Published:
    """Rows that passed the display rules, with everything a figure needs to be cited.

    `rows` holds plain values; a cell without a number is a `Gap`. `measures` are ids of `measures.toml`.
    `origin` says where published figures come from; empty for those of deliveries. `asked` are the choices
    that it answers, and `narrowed` what `where` has picked since: with both, any figure can be asked again.
    `inhabitants`: source, census, first and last day of those by which the figures are told.
    """

    query: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    measures: tuple[str, ...]
    edition: Edition
    origin: str = ""
    asked: Filters | None = None
    narrowed: tuple[tuple[str, Cell], ...] = ()
    inhabitants: tuple[tuple[str, str, date, date], ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        names = self.names
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def role(self, name: str) -> Role:
        """What the column of this name is. KeyError if there is none."""
        return self.columns[self._position(name)].role

    def hangs(self, name: str) -> bool:
        """Whether the numbers of a column hang on which counts are shown."""
        return self.edition.parameters is not None and any(
            column.hangs for column in self.columns if column.name == name
        )

    def counts_of(self, name: str, cell: Cell) -> int:
        """How many counts with a deviation of their own are in one number of a column."""
        return cell.counts if isinstance(cell, Summed) else self.counts_in(name)

    def counts_in(self, name: str) -> int:
        """How many counts with a deviation of their own are in each number of a column.

        A rate says it itself (`Ratio`): 0 here.
        """
        column = self.columns[self._position(name)]
        return column.counts if column.role is Role.COUNT else 0

    def column(self, name: str) -> tuple[Cell, ...]:
        """The cells of one column, gaps included."""
        position = self._position(name)
        return tuple(row[position] for row in self.rows)

    def numbers(self, name: str) -> list[float | None]:
        """One column for a chart: a gap is None, which Plotly leaves out."""
        return [float(cell) if is_number(cell) else None for cell in self.column(name)]  # type: ignore[arg-type]

    def where(self, **chosen: Cell) -> "Published":
        """The same answer with only the rows whose dimensions have these values."""
        kept = self.rows
        for at, value in [(self._position(name), value) for name, value in chosen.items()]:
            # A list, because a generator takes thrice as long.
            kept = tuple([row for row in kept if row[at] == value])
        narrowed = tuple((dict(self.narrowed) | chosen).items())
        return replace(self, rows=kept, narrowed=narrowed)

    def only(self, *names: str, measures: tuple[str, ...] = ()) -> "Published":
        """The same answer with only these columns, and the definitions of `measures` or of those columns."""
        positions = [self._position(name) for name in names]
        return replace(
            self,
            columns=tuple(self.columns[at] for at in positions),
            rows=tuple(tuple(row[at] for at in positions) for row in self.rows),
            measures=measures or tuple(name for name in self.measures if name in names) or self.measures,
        )

    def by_inhabitants_of(self, answer: "Published") -> "Published":
        """The same answer, which says whose inhabitants it is told by: those of another one, whose rows have
        `inhabitants_source`, `inhabitants_on` and `inhabitants_census`.
        """
        found: dict[tuple[str, str], list[date]] = {}
        for row in answer:
            source, census, day = (row[f"inhabitants_{name}"] for name in ("source", "census", "on"))
            if isinstance(source, str) and isinstance(day, date):
                found.setdefault((source, str(census or "")), []).append(day)
        listed = tuple((*kind, min(days), max(days)) for kind, days in sorted(found.items()))
        return replace(self, inhabitants=listed)

    def in_order(self, name: str, values: Sequence[str]) -> "Published":
        """The same answer with its rows in the order of these values of a dimension; others follow."""
        at = self._position(name)
        order = {value: place for place, value in enumerate(values)}
        return replace(
            self, rows=tuple(sorted(self.rows, key=lambda row: order.get(str(row[at]), len(order))))
        )

    def cell(self, name: str, **chosen: Cell) -> Cell:
        """One cell; `Gap.UNKNOWN` where there is no such row."""
        rows = self.where(**chosen)
        return rows.column(name)[0] if rows else Gap.UNKNOWN

    @property
    def withheld(self) -> int:
        """How many cells are withheld."""
        return sum(cell is Gap.WITHHELD for row in self.rows for cell in row)

    @property
    def is_all_withheld(self) -> bool:
        """Whether there is not a single number or band to show."""
        return not any(
            is_number(cell) or isinstance(cell, Band)
            for row in self.rows
            for cell, column in zip(row, self.columns, strict=True)
            if column.role is not Role.DIMENSION
        )

    def _position(self, name: str) -> int:
        for at, column in enumerate(self.columns):
            if column.name == name:
                return at
        raise KeyError(f"{self.query} has no column {name!r}; it has {', '.join(self.names)}")
