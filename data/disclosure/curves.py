"""What lies in something is never published above it: who is left after six months was there after three.
Pure.

Two figures deviate by ten together, so now and then the one that lies in the other is larger by eight or
more: whoever knows the method then knows that they differ by exactly one. Of a curve that is seen as a whole
less is enough. Such a rise is never true, so it is taken away. What is published is worked out of the
deviated figures alone, so it tells nothing that these did not tell; and each stays within the largest
deviation of its count, because the counts lie in each other too.
"""

import numpy as np

from data.disclosure.cells import NONE, UNKNOWN, Cells, Matrix


def never_above(cells: Cells, n: Matrix) -> Matrix:
    """The counts `cells.y` (exact: `n`): those that fall along a column of the key are at most what stands
    before them, those of people who were in another stock are at most that one, and what another count of
    the row lies in is at least that one.

    Of two counts of a row the whole gives way: it may change later, and the other does not. What is unknown
    is left as it is, and a whole that is withheld. Where another office answers than then, a stock may be
    larger than that of which it should be part: it stays so, or it would be off by more.
    """
    y = cells.y.copy()
    for whole, part in cells.table.above:
        inside, outside = y[:, cells.column(part)], y[:, cells.column(whole)]
        below = (outside > 0) & (inside > outside)
        y[below, cells.column(whole)] = inside[below]
    for part, whole, months in cells.table.since:
        earlier = cells.earlier(months)
        rows = np.flatnonzero(earlier != NONE)
        before, own = y[earlier[rows], cells.column(whole)], y[rows, cells.column(part)]
        lies_in = n[rows, cells.column(part)] <= n[earlier[rows], cells.column(whole)]
        above = lies_in & (before != UNKNOWN) & (own > before)
        y[rows[above], cells.column(part)] = before[above]
    for nesting in cells.nestings:
        if nesting.only is not None:
            columns = cells.columns(nesting.only)
            rows = np.flatnonzero(nesting.wholes != NONE)
            # From the beginning of the curve on: each row after the one that it lies in.
            codes = cells.keys[nesting.column].codes
            for code in np.unique(codes[rows]):
                step = rows[codes[rows] == code]
                before, own = y[np.ix_(nesting.wholes[step], columns)], y[np.ix_(step, columns)]
                known = (before != UNKNOWN) & (own != UNKNOWN)
                y[np.ix_(step, columns)] = np.where(known, np.minimum(own, before), own)
    return y
