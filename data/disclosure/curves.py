"""Kaplan–Meier from released counts of grouped months (E. L. Kaplan, P. Meier 1958)."""

from data.catalogue import Curve
from data.disclosure.published import Cell, Gap, is_number

AT_RISK = 20


def shares(rows: list[dict[str, Cell]], curve: Curve, *, limit: int) -> None:
    """Add the share attained so far to each row; rows come in the order of time within each group.

    The curve is worked out from shown counts only. A withheld count of events stands for fewer than
    `limit`, so nothing after it can be known: the curve stops there, and where fewer than AT_RISK are
    observed. It never falls (a running minimum of those still open).
    """
    open_share: dict[tuple[Cell, ...], float | Gap] = {}
    for row in rows:
        group = tuple(row[name] for name in curve.by)
        before = open_share.get(group, 1.0)
        attained, at_risk = row[curve.attained], row[curve.at_risk]
        if isinstance(before, Gap):
            after: float | Gap = before
        elif Gap.UNKNOWN in (attained, at_risk):
            after = Gap.UNKNOWN
        elif not is_number(attained) or not is_number(at_risk) or at_risk < AT_RISK:  # type: ignore[operator]
            after = Gap.WITHHELD
        else:
            after = min(before, before * (1 - float(attained) / float(at_risk)))  # type: ignore[arg-type]
        open_share[group] = after
        row[curve.name] = after if isinstance(after, Gap) else 1 - after
