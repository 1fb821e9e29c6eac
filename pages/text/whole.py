"""How much of an area is in a figure: which of its Kreise are, by the column `without` of an answer.

`without` has the codes of the Kreise that an area above them is without, `without_<column>` those of one
column whose figures come from elsewhere. Empty: nothing is missing, or the area lies in one Kreis.
"""

from collections.abc import Mapping

from data.disclosure.published import Cell, Published
from data.foundation import areas
from pages.text.words import Words

NAMED = 3  # so many missing Kreise are named, more are counted
MISSING = "without"


def missing(row: Mapping[str, Cell], name: str = "") -> tuple[str, ...]:
    """The codes of the Kreise that are not in the figure of this column."""
    cell = row.get(f"{MISSING}_{name}", row.get(MISSING))
    return tuple(cell.split(",")) if isinstance(cell, str) and cell else ()


def same(row: Mapping[str, Cell], before: Mapping[str, Cell], name: str) -> bool:
    """Whether two figures are of the same Kreise: only then their difference is a change."""
    return missing(row, name) == missing(before, name)


def share(words: Words, row: Mapping[str, Cell], name: str = "") -> str:
    """43 von 44 Kreisen; empty where none is missing."""
    without = missing(row, name)
    if not without or "area_code" not in row:
        return ""
    every = len(areas.inside(str(row["area_code"]), areas.KREIS))
    return words.t("whole.share", known=words.number(every - len(without)), every=words.number(every))


def told(words: Words, row: Mapping[str, Cell], name: str = "") -> str:
    """A sentence: of how many Kreise a figure is, and which are missing; empty where none is."""
    found = share(words, row, name)
    if not found:
        return ""
    without = missing(row, name)
    if len(without) > NAMED:
        return words.t("whole.many", share=found)
    names = ", ".join(words.area(code) for code in without)
    return words.t("whole.one" if len(without) == 1 else "whole.few", share=found, names=names)


def noted(words: Words, published: Published, area_code: str) -> str:
    """A note on what is told by kinds of one area: of how many Kreise it is; empty if of all."""
    without = {code for row in published for code in missing(row)}
    row: dict[str, Cell] = {"area_code": area_code, MISSING: ",".join(sorted(without))}
    found = told(words, row)
    return words.t("whole.note", share=found.removeprefix("– ")) if found else ""


def provisional(published: Published, time: str) -> tuple[str, ...]:
    """The periods of an answer in which a Kreis is missing that is there in another."""
    if MISSING not in published.names:
        return ()
    found = {str(row[time]): missing(row) for row in published}
    least = min((len(without) for without in found.values()), default=0)
    return tuple(period for period, without in found.items() if len(without) > least)
