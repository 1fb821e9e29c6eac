"""The display rules: rows of an answer become `Published`, with their rates and curves. Pure.

A release holds a count as it is shown, 0 where it is withheld, and null where nobody delivered; the display
limit is applied here once more. Zero and small share one symbol, so that existence is not disclosed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from data.disclosure.bands import BY_CODE, Band
from data.disclosure.published import (
    Cell,
    Column,
    Curved,
    Edition,
    Gap,
    Published,
    Ratio,
    Role,
    is_number,
)
from data.foundation.errors import DashboardError
from data.foundation.parameters import Parameters
from data.questions.catalogue import Curve, Query, Rate

AT_RISK = 20  # fewer than these tell too little of how a curve goes on
Row = dict[str, Cell]


class UndeclaredNumberError(DashboardError):
    """A query returns a number that its header does not declare, so nobody knows how to protect it."""

    def __init__(self, query: str, column: str) -> None:
        super().__init__(
            f"queries/pages/{query}.sql returns numbers in {column!r}, which its header does not declare. "
            "List the column under counts, amounts or dimensions."
        )


def published(
    query: Query, names: Sequence[str], rows: Sequence[Sequence[Any]], edition: Edition
) -> Published:
    """Apply every rule of the query's header to its rows: limit, rates, curves, order."""
    _refuse_undeclared(query, names, rows)
    limit = edition.shown_from
    protected = [_protect(query, dict(zip(names, row, strict=True)), limit) for row in rows]
    counts = counts_in(query)
    for row in protected:
        for rate in query.rates:
            row[rate.name] = _rate(row, rate, counts, edition.parameters)
            if rate.name in query.bands:
                row[rate.name] = _banded(row[rate.name], row[rate.denominator], row[query.bands[rate.name]])
        for each in query.balances:
            row[each.name] = _balance(row[each.wanted], row[each.there])
    for curve in query.curves:
        # Nothing is withheld among exact figures: there the curve ends because too few are observed.
        end = Gap.UNKNOWN if edition.internal else Gap.WITHHELD
        shares(protected, curve, end, edition.parameters)
    columns = _columns(query, names)
    if query.sorted_by:
        protected = _sorted(protected, query.sorted_by, columns)
    return Published(
        query=query.name,
        columns=columns,
        rows=tuple(tuple(row[column.name] for column in columns) for row in protected),
        measures=query.measures,
        edition=replace(edition, synthetic=False) if query.origin else edition,
        origin=query.origin,
    )


def counts_in(query: Query) -> dict[str, int]:
    """How many released counts are in each count of an answer: two in what is left of one beside another."""
    return dict.fromkeys(query.counts, 1) | {
        left.name: sum(
            2 if name in {each.name for each in query.differences} else 1 for name in (left.whole, left.part)
        )
        for left in query.differences
    }


def shares(
    rows: list[Row], curve: Curve, end: Gap = Gap.WITHHELD, parameters: Parameters | None = None
) -> None:
    """Add the share attained so far to each row; rows come in the order of time within each group.

    By Kaplan and Meier, from shown counts of grouped months only, with other ends as competing events. After
    a withheld count nothing can be known: the curve stops there, and where fewer than AT_RISK are observed;
    those cells are `end`. It never falls, and the share still open never rises.
    """
    states: dict[tuple[Cell, ...], tuple[float, float] | Gap] = {}
    steps: dict[tuple[Cell, ...], tuple[tuple[float, float, float], ...]] = {}
    for row in rows:
        group = tuple(row[name] for name in curve.by)
        before = states.get(group, (1.0, 0.0))
        step = (row[curve.attained], row[curve.ended], row[curve.at_risk])
        after = states[group] = _after(before, *step, end)
        if isinstance(after, Gap):
            row[curve.name] = after
        else:
            steps[group] = (*steps.get(group, ()), tuple(map(float, step)))  # type: ignore[arg-type]
            row[curve.name] = Curved(after[1], steps[group], parameters)


def _refuse_undeclared(query: Query, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    declared = {*query.dimensions, *query.amounts, *query.counts, *query.bands.values()}
    for at, name in enumerate(names):
        if name not in declared and any(is_number(row[at]) for row in rows):
            raise UndeclaredNumberError(query.name, name)


def _protect(query: Query, exact: Mapping[str, Any], limit: int) -> Row:
    row: Row = dict(exact)
    for name in query.amounts:
        row[name] = Gap.UNKNOWN if exact[name] is None else exact[name]
    for count in query.counts:
        row[count] = _limited(exact[count], limit)
    for left in query.differences:
        row[left.name] = _left(row[left.whole], row[left.part], limit)
    return row


def _limited(number: Any, limit: int) -> Cell:
    if number is None:
        return Gap.UNKNOWN
    return int(number) if number >= limit else Gap.WITHHELD


def _left(whole: Cell, part: Cell, limit: int) -> Cell:
    """What is left of a shown whole beside a shown part; as small as what is withheld, it is withheld too."""
    if Gap.UNKNOWN in (whole, part):
        return Gap.UNKNOWN
    if not is_number(whole) or not is_number(part):
        return Gap.WITHHELD
    left = int(whole) - int(part)  # type: ignore[arg-type]
    return left if left >= limit else Gap.WITHHELD


def _rate(row: Row, rate: Rate, counts: Mapping[str, int], parameters: Parameters | None) -> Cell:
    """A rate from shown parts only; withheld if either part is, unknown without a base.

    `counts` says how many deviated counts are in a column.
    """
    over = row[rate.numerator]
    under: Cell = int(rate.denominator) if rate.denominator.isdigit() else row[rate.denominator]
    if Gap.UNKNOWN in (over, under):
        return Gap.UNKNOWN
    if Gap.WITHHELD in (over, under):
        return Gap.WITHHELD
    if not is_number(over) or not is_number(under) or not under:
        return Gap.UNKNOWN
    of_part, of_base = counts.get(rate.numerator, 0), counts.get(rate.denominator, 0)
    return Ratio(over, under, of_part, of_base, parameters)  # type: ignore[arg-type]


def _balance(wanted: Cell, there: Cell) -> Cell:
    """By how much one figure is above another, both as they are shown; withheld or unknown if either is.

    A deviation of five people is some six hundredths of a post, so posts have one decimal then.
    """
    if Gap.UNKNOWN in (wanted, there):
        return Gap.UNKNOWN
    if not is_number(wanted) or not is_number(there):
        return Gap.WITHHELD
    left = float(wanted) - float(there)  # type: ignore[arg-type]
    return (
        round(left, 1) if any(isinstance(each, Ratio) and each.deviates for each in (wanted, there)) else left
    )


def _banded(share: Cell, base: Cell, code: Any) -> Cell:
    """The band of a share whose numerator is withheld and whose base is shown, if it has one."""
    if share is not Gap.WITHHELD or not is_number(base):
        return share
    return BY_CODE.get(code or 0, Gap.WITHHELD)


def _after(
    before: tuple[float, float] | Gap, attained: Cell, ended: Cell, at_risk: Cell, end: Gap
) -> tuple[float, float] | Gap:
    if isinstance(before, Gap):
        return before
    if Gap.UNKNOWN in (attained, ended, at_risk):
        return Gap.UNKNOWN
    if not (is_number(attained) and is_number(ended) and is_number(at_risk)) or float(at_risk) < AT_RISK:  # type: ignore[arg-type]
        return end
    still_open, share = before
    risk = float(at_risk)  # type: ignore[arg-type]
    share += still_open * float(attained) / risk  # type: ignore[arg-type]
    return max(0.0, min(still_open, still_open * (1 - float(ended) / risk))), min(share, 1.0)  # type: ignore[arg-type]


def _columns(query: Query, names: Sequence[str]) -> tuple[Column, ...]:
    roles = dict.fromkeys(query.counts, Role.COUNT)
    left = [Column(each.name, Role.COUNT, counts_in(query)[each.name]) for each in query.differences]
    roles |= dict.fromkeys(query.amounts, Role.AMOUNT)
    derived = [rate.name for rate in query.rates] + [each.name for each in query.balances]
    derived += [curve.name for curve in query.curves]
    hanging = {rate.name for rate in query.rates if {rate.numerator, rate.denominator} & {*query.shown}}
    # Nobody has solved what a deviation does to a balance, so no sentence compares one.
    hanging |= {each.name for each in query.balances}
    every = (
        [Column(each, roles.get(each, Role.DIMENSION)) for each in names if each not in query.bands.values()]
        + left
        + [Column(name, Role.RATE) for name in derived]
    )
    return tuple(replace(each, hangs=each.name in {*query.shown, *hanging}) for each in every)


def _sorted(rows: list[Row], order: str, columns: Sequence[Column]) -> list[Row]:
    """By shown values, then by bands; cells with neither go last, by name, so that order tells nothing."""
    name, _, direction = order.partition(" ")
    sign = -1 if direction == "desc" else 1
    dimensions = [column.name for column in columns if column.role is Role.DIMENSION]

    def place(row: Row) -> tuple[int, float, tuple[str, ...]]:
        cell = row[name]
        kind = 0 if is_number(cell) else 1 if isinstance(cell, Band) else 2
        value = cell.low if isinstance(cell, Band) else float(cell) if kind == 0 else 0.0  # type: ignore[arg-type]
        return (kind, sign * value, tuple(str(row[dimension]) for dimension in dimensions))

    return sorted(rows, key=place)
