"""Who the people are: one figure for each breakdown, as several pages show it."""

from collections.abc import Sequence

from data.disclosure.published import Published
from pages.parts import language, say, show
from pages.parts.charts import bars

AGES = ("0-5", "6-14", "15-17", "18-26", "27-44", "45-64", "65+")


def figures(people: Published, breakdowns: Sequence[str], *, key: str, top: int) -> None:
    """The largest groups first, ages in their natural order; at most `top` bars, the table has all."""
    words = language.words()
    for breakdown in breakdowns:
        group = people.where(breakdown=breakdown).only("category", "active_cases", "share")
        if breakdown == "age_group":
            group = group.in_order("category", AGES)
        show.figure(
            bars.ranked(group, words=words, x="category", y="active_cases", top=top),
            published=group,
            heading=say.largest(
                group, "share", words=words, key=f"caseload.people.{breakdown}", label="category"
            ),
            key=f"{key}_{breakdown}",
        )
