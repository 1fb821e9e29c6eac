"""Kaplan–Meier from released counts of grouped months, with other ends as competing events.

Sources: E. L. Kaplan, P. Meier 1958 for the share still open; O. Aalen, S. Johansen 1978 for the share
attained where a goal can also end missed. Taking missed goals for merely unobserved would claim more.
"""

from data.declared import Curve
from data.disclosure.published import Cell, Gap, is_number

AT_RISK = 20


def shares(rows: list[dict[str, Cell]], curve: Curve, end: Gap = Gap.WITHHELD) -> None:
    """Add the share attained so far to each row; rows come in the order of time within each group.

    The curve is worked out from shown counts only. After a withheld count nothing can be known: it stops
    there, and where fewer than AT_RISK are observed: those cells are `end`. It never falls, and the share
    still open never rises.
    """
    states: dict[tuple[Cell, ...], tuple[float, float] | Gap] = {}
    for row in rows:
        group = tuple(row[name] for name in curve.by)
        before = states.get(group, (1.0, 0.0))
        after = _after(before, row[curve.attained], row[curve.ended], row[curve.at_risk], end)
        states[group] = after
        row[curve.name] = after if isinstance(after, Gap) else after[1]


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
