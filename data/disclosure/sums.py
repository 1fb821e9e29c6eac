"""Several places together: sums of what each of them shows, and of nothing else. Pure.

A grouping (a constituency, a planning region) has no figures of its own in a release: they are added up from
those of its municipalities that everybody sees. So they tell nothing that these do not tell, and need no
protection; what is withheld never enters, and a sum says of how many places it is. The deviations of the
places add up with them, so the bounds of a sum are those of all its counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Column, Gap, Published, Ratio, Role, Summed, is_number
from data.questions import catalogue
from data.questions.catalogue import Rate

AREA, BEFORE = "area_code", "year_before"
Row = dict[str, Cell]


@dataclass(frozen=True)
class _Added:
    """A sum, or the rate of two; a gap where no place shows a number. `counts` with a deviation are in it."""

    cell: Cell
    places: int = 0
    counts: int = 0


def over(members: Published, *names: str, by: str, at: Sequence[Cell] = (), same: bool = False) -> Published:
    """One row for each value of `by` (or each of `at`): the sum of each column over the places that show it.

    `members` is the answer to a question with one row per place and value of `by`, with all of its columns.
    A rate is the sum of its numerators by that of its denominators, over the places that show both. `same`:
    only over the places that show it in every one of these rows, so that two of them differ by their figures
    alone. The columns are `by`, `year_before` if there is one, and each of `names` with how many places are
    in it (`places_of`). KeyError if there is no such column.
    """
    of_key: dict[Cell, list[Row]] = {key: [] for key in at}
    for row in members:
        if not at or row[by] in of_key:
            of_key.setdefault(row[by], []).append(row)
    columns = [Column(by, Role.DIMENSION)]
    made: list[list[Cell]] = [[key] for key in of_key]
    if BEFORE in members.names:
        columns.append(Column(BEFORE, Role.DIMENSION))
        for cells, rows in zip(made, of_key.values(), strict=True):
            cells.append(rows[0][BEFORE] if rows else None)
    for name in names:
        added = _of_column(members, name, list(of_key.values()), same=same)
        role = members.role(name)
        counts = max((each.counts for each in added), default=1) if role is Role.COUNT else 1
        columns += [
            Column(name, role, max(counts, 1), members.hangs(name)),
            Column(places_of(name), Role.DIMENSION),
        ]
        for cells, each in zip(made, added, strict=True):
            cells += [each.cell, each.places]
    return replace(
        members,
        columns=tuple(columns),
        rows=tuple(map(tuple, made)),
        measures=tuple(each for each in members.measures if each in names) or members.measures,
    )


def below(places: Published, others: Mapping[str, Sequence[Published]]) -> Published:
    """The rows of `places`, and below them those of sums, each under its name as `area_code`.

    The answers of one sum (of `over`) have the same rows in the same order; a cell comes from the first of
    them that has its column, and is unknown where none has. A count knows how many counts are in it.
    """
    rows = list(places.rows)
    for name, answers in others.items():
        for parts in zip(*(map(_knowing, answers)), strict=True):
            row = {key: cell for part in reversed(parts) for key, cell in part.items()} | {AREA: name}
            rows.append(tuple(row.get(each.name, _missing(each)) for each in places.columns))
    return replace(places, rows=tuple(rows), asked=None if others else places.asked)


def places_of(name: str) -> str:
    """The column that says how many places are in the sum of another."""
    return f"places_{name}"


def showing(members: Published, name: str) -> frozenset[str]:
    """The places that show a number of column `name` in any of these rows; of a rate, both of its parts."""
    return frozenset(map(str, _showing(members, name, list(members))))


def _of_column(members: Published, name: str, of_key: Sequence[Sequence[Row]], *, same: bool) -> list[_Added]:
    if same:
        found = [_showing(members, name, rows) for rows in of_key]
        common = set.intersection(*found) if found else set()
        of_key = [[row for row in rows if row[AREA] in common] for rows in of_key]
    return [_added(members, name, rows) for rows in of_key]


def _showing(members: Published, name: str, rows: Sequence[Row]) -> set[Cell]:
    return {row[AREA] for row in rows if all(is_number(row[each]) for each in (name, *_parts(members, name)))}


def _parts(members: Published, name: str) -> tuple[str, ...]:
    """The columns that a rate is made of; of any other column none."""
    rate = _rate(members, name)
    both = (rate.numerator, rate.denominator) if rate else ()
    return tuple(each for each in both if not each.isdigit())


def _rate(members: Published, name: str) -> Rate | None:
    if members.role(name) is not Role.RATE:
        return None
    found = {rate.name: rate for rate in catalogue.query(members.query).rates}
    return found[name]


def _added(members: Published, name: str, rows: Sequence[Row]) -> _Added:
    places = _showing(members, name, rows)
    shown = [row for row in rows if row[AREA] in places]
    if not shown:
        is_withheld = any(row[name] is Gap.WITHHELD or isinstance(row[name], Band) for row in rows)
        return _Added(Gap.WITHHELD if is_withheld else Gap.UNKNOWN)
    rate = _rate(members, name)
    if rate is None:
        return _Added(_sum(shown, name), len(shown), len(shown) * members.counts_in(name))
    of_part, of_base = (
        0 if each.isdigit() else len(shown) * members.counts_in(each)
        for each in (rate.numerator, rate.denominator)
    )
    base = int(rate.denominator) if rate.denominator.isdigit() else _sum(shown, rate.denominator)
    part, parameters = _sum(shown, rate.numerator), members.edition.parameters
    return _Added(Ratio(part, base, of_part, of_base, parameters), len(shown), of_part)  # type: ignore[arg-type]


def _knowing(answer: Published) -> list[Row]:
    """The rows of an answer, in which each count knows how many counts are in it."""
    counts = {column.name: column.counts for column in answer.columns if column.role is Role.COUNT}
    return [
        row
        | {
            name: Summed(cell, counts[name])
            for name, cell in row.items()
            if name in counts and isinstance(cell, int)
        }
        for row in answer
    ]


def _missing(column: Column) -> Cell:
    return "" if column.role is Role.DIMENSION else Gap.UNKNOWN


def _sum(rows: Sequence[Row], name: str) -> int | Decimal:
    return sum(row[name] for row in rows)  # type: ignore[misc]
