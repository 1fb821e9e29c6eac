"""How useful a protected table still is: what is shown of cells and counted, and how far it is off. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.disclosure.cells import UNKNOWN, Rows

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
SIZES = (10, 20, 50, 100, 1000)
ENOUGH = 400  # cells: a percent of them is several, so that none is told by what is left


def measured(
    groups: Sequence[tuple[str, str, str]],
    group: Rows,
    exact: Mapping[str, Rows],
    shown: Mapping[str, Rows],
    bands: Mapping[str, Rows],
) -> list[dict[str, Any]]:
    """One entry per count, area level, grain of period and kind of row (the total, or what lies in it);
    `group` has for each row which of `groups` it is.

    `shown` and `withheld` cells (with nobody or few in them), of these `banded` ones whose share is told,
    `unknown` those that nobody delivered;
    `shown_share` of the cells with anybody in them, `covered`: the share of the counted that stands in shown
    cells, `relative_error` by true size. The manifest may be read by anybody, so whatever is worked out from
    exact counts is rounded to percents and left out (null) where few cells are behind it.
    """
    found = []
    for count, n in exact.items():
        for at in sorted(range(len(groups)), key=groups.__getitem__):
            rows = group == at
            if rows.any():
                level, grain, of = groups[at]
                entry = {"count": count, "level": level, "grain": grain} | ({"of": of} if of else {})
                told = {"banded": int((bands[count][rows] > 0).sum())} if count in bands else {}
                found.append(entry | _of(n[rows], shown[count][rows]) | told)
    return found


@dataclass(frozen=True)
class Seen:
    """Which places a share may be seen of: `any_of` is the exact count that it is about in each of them.

    `number` and `either`: where it stands as a number, and as a number or a band; `above`: where a band or a
    number of the association of the place stands instead.
    """

    any_of: Rows
    number: Flags
    either: Flags
    above: Flags


def seen(groups: Sequence[tuple[str, str, str]], group: Rows, found: Seen) -> dict[tuple[str, str, str], Any]:
    """How many of the places with anybody see the share, in percent; null where they are few."""
    shares: dict[tuple[str, str, str], Any] = {}
    for at, each in enumerate(groups):
        rows = (group == at) & (found.any_of > 0)
        if int(rows.sum()) < ENOUGH:
            shares[each] = None
            continue
        ways = {
            "number": found.number,
            "told": found.either,
            "with_association": found.either | found.above,
        }
        shares[each] = {name: round(float(way[rows].mean()), 2) for name, way in ways.items()}
    return shares


def _of(n: Rows, y: Rows) -> dict[str, Any]:
    cells, seen, filled = int((n != UNKNOWN).sum()), y > 0, n > 0
    enough = int(filled.sum()) >= ENOUGH
    return {
        "shown": int(seen.sum()),
        "withheld": cells - int(seen.sum()),
        "unknown": len(n) - cells,
        "shown_share": round(int(seen.sum()) / int(filled.sum()), 2) if enough else None,
        "covered": round(int(n[seen].sum()) / int(n[filled].sum()), 2) if enough else None,
        "relative_error": _errors(n[seen & filled], y[seen & filled]),
    }


def _errors(n: Rows, y: Rows) -> dict[str, float]:
    off = np.abs(y - n) / n
    found = {}
    for low, high in zip(SIZES, (*SIZES[1:], 2**31), strict=True):
        of_size = (n >= low) & (n < high)
        if int(of_size.sum()) >= ENOUGH:
            found[f"from {low}"] = round(float(off[of_size].mean()), 2)
    return found
