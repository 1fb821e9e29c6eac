"""What a sentence claims, as data; and which rows may be claimed to be ahead of the others.

Each sentence about figures is a `Sentence`: a text with its claims. Every claim about released figures is
also logged, at the level DEBUG under `dashboard.claims`, so that whoever listens can hold a whole page
against the exact figures; those of the inside, which are exact, reach no log.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from data.disclosure import bounds
from data.disclosure.published import Cell, Published, Role, is_number
from data.questions.filters import Filters

LOG = logging.getLogger("dashboard.claims")
NAMED = 3  # so many are named as ties; more of them say nothing
# A total and missing values are no group that could be the largest.
NO_GROUP = ("gesamt", "Ohne Angabe")
Row = dict[str, Cell]


class Kind(Enum):
    """What is said: a figure by itself, its change against another, that it is ahead of others, its rank."""

    FIGURE = "figure"
    CHANGE = "change"
    AHEAD = "ahead"
    RANK = "rank"


@dataclass(frozen=True)
class Cited:
    """One cell, so that it can be asked for again: question, choices, row, column; and what it showed.

    `internal`: it is an exact figure.
    """

    query: str
    asked: Filters | None
    row: tuple[tuple[str, Cell], ...]
    column: str
    value: Cell
    internal: bool = False


@dataclass(frozen=True)
class Claim:
    """`direction` is more, less or same of a change (`cells`: now, before), most or least of those ahead
    (`cells`) of the `others` that are shown, best and worst place of a rank (3-7) among them; empty of a
    figure by itself.
    """

    kind: Kind
    direction: str
    cells: tuple[Cited, ...]
    others: tuple[Cited, ...] = ()


class Sentence(str):
    """A text that knows what it claims."""

    __slots__ = ("claims",)
    claims: tuple[Claim, ...]

    def __new__(cls, text: str, *claims: Claim) -> "Sentence":
        """A text with its claims."""
        made = super().__new__(cls, text)
        made.claims = claims
        for claim in claims:
            if not any(cell.internal for cell in claim.cells):
                LOG.debug("%s %s", claim.kind.value, claim.direction, extra={"claim": claim})
        return made


@dataclass(frozen=True)
class Ahead:
    """The rows of which nobody can tell which is first, the first value first; and all others shown.

    `surely` says that they may be named: few, no two of them apart, and all ahead of the others, if any.
    """

    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    surely: bool


def cited(published: Published, name: str, row: Row) -> Cited:
    """One cell of a row."""
    dimensions = {
        column.name: row[column.name] for column in published.columns if column.role is Role.DIMENSION
    }
    key = tuple((dict(published.narrowed) | dimensions).items())
    return Cited(published.query, published.asked, key, name, row[name], published.edition.internal)


def figure(published: Published, name: str, row: Row) -> Claim:
    """That a figure is about what it shows."""
    return Claim(Kind.FIGURE, "", (cited(published, name, row),))


def ahead(published: Published, name: str, rows: Sequence[Row], *, least: bool = False) -> Ahead:
    """The rows of `rows` that have the largest (or `least`) number in a column, as far as that is certain."""
    shown = [row for row in rows if is_number(row[name])]
    sign = -1 if least else 1
    values = [sign * float(row[name]) for row in shown]  # type: ignore[arg-type]
    found = [bounds.certain(published, name, row[name]) for row in shown]
    ranges = [bounds.Range(-each.high, -each.low) if least else each for each in found]
    first = bounds.ahead(ranges, values)
    named = set(first)
    # In a chain of small steps the first may be above the last; such are no ties. Nor are rates of few that
    # most likely differ: 76 and 46 of a hundred are not about equal, although neither is surely the larger.
    # Of more than can be named nobody asks it: of a map these are hundreds, and most of what a map costs.
    near = [bounds.likely(published, name, shown[at][name]) for at in first[: NAMED + 1]]
    surely = len(first) <= NAMED and not any(one.is_above(other) for one in near for other in near)
    return Ahead(
        tuple(shown[at] for at in first),
        tuple(row for at, row in enumerate(shown) if at not in named),
        surely,
    )


def of_ahead(published: Published, name: str, found: Ahead, *, least: bool = False) -> Claim:
    """That these are ahead of the others."""
    return Claim(
        Kind.AHEAD,
        "least" if least else "most",
        tuple(cited(published, name, row) for row in found.rows),
        tuple(cited(published, name, row) for row in found.others),
    )
