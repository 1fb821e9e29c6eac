"""The finest level at which a figure is shown.

The chosen municipality, or its association where it is withheld, or its Kreis where that is withheld too.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from data.access.rights import Reader
from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, is_number
from data.foundation import areas
from data.publish import ask
from data.questions.filters import Filters
from pages.reading import language, reader
from pages.text.words import Words, plain

# At which levels the list of tables has what it does not have at all of them.
FROM_KREIS = tuple(filter(areas.by_month, areas.LEVELS))
PERSONAL = tuple(level for level in areas.LEVELS if level != areas.ASSOCIATION)
SMALL = (areas.ASSOCIATION, areas.KREIS)  # what stands in for a smaller place
# What a municipality has none of since 2025 where its Kreis holds money and posts: there, zero is no answer.
HELD = ("approved_eur", "used_share", "drawdown", "eur_per_post", "filled_vzae", "fill_rate", "caseload")

Asking = Callable[[Filters], Published]


@dataclass(frozen=True)
class Finest:
    """An answer and the choices it is for. `reason` says why they are not the reader's own, if so. `known`
    tells it from all others of which something is kept (`pages/lasting/workedout.py`).
    """

    published: Published
    chosen: Filters
    reason: str = ""
    place: str = ""
    known: str | None = None

    @property
    def suffix(self) -> str:
        """For the key of a figure that stands beside, or instead of, that of the place itself."""
        return "_instead" if self.reason else ""

    @property
    def series(self) -> str | None:
        """By which column a chart tells the areas apart: without a comparison their names need no place."""
        return "area_code" if self.chosen.compare else None

    def why(self, words: Words) -> str:
        """Which area this is, and why not the chosen one. Plain text; empty for the chosen one."""
        if not self.reason:
            return ""
        names = {"area": words.area(self.chosen.area_code), "place": words.area(self.place)}
        return words.t(f"show.instead.{self.reason}", **names)

    def newest(self, column: str) -> dict[str, Any]:
        """The row of the newest period in which a column has a number; else in which it is known at all."""
        rows = list(self.published.where(**self.chosen.here))
        shown = [row["period"] for row in rows if is_number(row[column])]
        known = [row["period"] for row in rows if row[column] is not Gap.UNKNOWN]
        return {**self.chosen.here, "period": (shown or known or [self.chosen.period])[-1]}


def answer(
    query: str,
    chosen: Filters,
    column: str,
    *,
    time: str | None = "period",
    levels: Collection[str] = areas.LEVELS,
    always: bool = False,
    **where: str,
) -> list[Finest]:
    """The answer for the chosen area, and after it a larger one's if `column` has no number now: that of its
    association, else of its Kreis.

    The own answer is left out if it has no number at any time; `always` keeps it, for a sentence that says
    so. Now is the row whose `time` is the chosen period (or year, or cohort), any row without `time`;
    `where` narrows the rows. `levels`: those at which the list of tables has this figure. The Land stands in
    where the Kreis is withheld too, or has no number where a smaller place has none of its own.
    """
    asking = of(query, reader.audience())
    return search(asking, chosen, column, time=time, levels=levels, always=always, **where)


def own(asking: Asking, chosen: Filters, levels: Collection[str] = areas.LEVELS) -> Finest:
    """The answer for the chosen area, whatever it shows; without rows where its level has none."""
    found = asking(chosen)
    return Finest(_there(found, chosen, levels), chosen)


def of(query: str, audience: Reader) -> Asking:
    """The question as this audience asks it of any area."""
    return lambda chosen: ask(query, chosen, audience)


def search(
    asking: Asking,
    chosen: Filters,
    column: str,
    *,
    time: str | None = "period",
    levels: Collection[str] = areas.LEVELS,
    always: bool = False,
    **where: str,
) -> list[Finest]:
    """What `answer` does, without a page: `asking` is the question, with whom it is for."""
    own = asking(chosen)
    larger = [above.code for above in areas.ancestors(chosen.area_code) if above.level in SMALL]
    if not larger:
        return [Finest(own, chosen)]
    level = areas.level(chosen.area_code)
    without = _is_without(own, level, levels)
    if not without and _numbers(own, chosen, column, time, where):
        return [Finest(own, chosen)]
    withheld = any(cell is Gap.WITHHELD for cell in _cells(own, chosen, column, time, where))
    held = chosen.kreis_holds_funds and column in HELD
    missing = "association" if areas.GEMEINDE in levels else "level"
    reason = missing if without else "withheld" if withheld else "held" if held else "unknown"
    ever = not without and _numbers(own, chosen, column, None, where)
    asked = [_of(code, chosen) for code in (*larger, *([areas.LAND] if withheld or without else []))
             if areas.level(code) in levels]  # fmt: skip
    # Where the place has no number at any time, any number of a larger one tells more than none.
    for when in (time,) if ever else (time, None):
        for other in asked:
            found = asking(other)
            if _numbers(found, other, column, when, where):
                instead = Finest(found, other, reason, chosen.area_code)
                return [Finest(own, chosen), instead] if ever or always else [instead]
    return [Finest(_there(own, chosen, levels), chosen)]


def held(level: str, mapped: Filters, column: str) -> frozenset[str]:
    """The places of a level whose Kreis holds what this column says, in the chosen year."""
    if column not in HELD or level == areas.KREIS:
        return frozenset()
    places = (code for code, area in areas.register().items() if area.level in (level, areas.GEMEINDE))
    return frozenset(code for code in places if replace(mapped, area_code=code).kreis_holds_funds)


def explained(*figures: list[Finest]) -> None:
    """Once on a page: that some figures are those of a larger area, and why."""
    if said := explanation(figures, language.words()):
        st.info(plain(said))


def explanation(figures: Iterable[list[Finest]], words: Words) -> str:
    """The same as plain text; empty where all figures are those of the chosen area."""
    instead = [each for figure in figures for each in figure if each.reason not in ("", "held", "unknown")]
    if not instead:
        return ""
    codes = {each.chosen.area_code for each in instead}
    smallest_first = sorted(codes, key=lambda code: -areas.LEVELS.index(areas.level(code)))
    named = ", ".join(words.area(code) for code in smallest_first)
    return words.t("show.instead.explained", place=words.area(instead[0].place), areas=named)


def _is_without(answer: Published, level: str, levels: Collection[str]) -> bool:
    return level not in levels and not answer.edition.internal


def _there(answer: Published, chosen: Filters, levels: Collection[str]) -> Published:
    """The answer; of a level that the table does not have, nothing is withheld: there is nothing."""
    none = _is_without(answer, areas.level(chosen.area_code), levels)
    return replace(answer, rows=()) if none else answer


def _of(code: str, chosen: Filters) -> Filters:
    return replace(chosen, area_code=code, compare=None if chosen.compare == code else chosen.compare)


def _numbers(
    answer: Published, chosen: Filters, column: str, time: str | None, where: dict[str, str]
) -> bool:
    found = [
        cell
        for cell in _cells(answer, chosen, column, time, where)
        if is_number(cell) or isinstance(cell, Band)
    ]
    return any(found) if chosen.kreis_holds_funds and column in HELD else bool(found)


def _cells(
    answer: Published, chosen: Filters, column: str, time: str | None, where: dict[str, str]
) -> tuple[Cell, ...]:
    rows = answer.where(**where)
    if "area_code" in answer.names:
        rows = rows.where(area_code=chosen.area_code)
    if time:
        rows = rows.where(**{time: chosen.period if time == "period" else getattr(chosen, time)})
    return rows.column(column)
