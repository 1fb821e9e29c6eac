"""Who the people are: one figure for each breakdown, as several pages show it."""

from collections.abc import Mapping, Sequence

from data.filters import Filters
from pages.parts import finest, language, say, show
from pages.parts.charts import bars
from pages.parts.finest import Shown

AGES = ("0-5", "6-14", "15-17", "18-26", "27-44", "45-64", "65+")


def ask(chosen: Filters, breakdowns: Sequence[str]) -> dict[str, list[Shown]]:
    """The answer for each breakdown, at the finest level at which any group of it is shown."""
    return {
        each: finest.shown("caseload/people", chosen, "active_cases", time=None, breakdown=each)
        for each in breakdowns
    }


def figures(people: Mapping[str, list[Shown]], *, key: str, top: int) -> None:
    """The largest groups first, ages in their natural order; at most `top` bars, the table has all."""
    words = language.words()
    for breakdown, levels in people.items():
        for at in levels:
            group = at.published.where(breakdown=breakdown).only("category", "active_cases", "share")
            if breakdown == "age_group":
                group = group.in_order("category", AGES)
            show.figure(
                bars.ranked(group, words=words, x="category", y="active_cases", top=top),
                published=group,
                heading=say.largest(
                    group, "share", words=words, key=f"caseload.people.{breakdown}", label="category"
                ),
                key=f"{key}_{breakdown}",
                at=at,
            )
