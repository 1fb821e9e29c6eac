"""The figures of Überblick."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from data.disclosure.published import Published
from data.foundation import areas
from pages.charts import funnel
from pages.figures import finest, sentences
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.wanted import Wanted
from pages.lasting import workedout
from pages.maps import boundaries, choropleth
from pages.named.recipe import Choice, Recipe
from pages.text.words import Words

MAPPED = (
    "per_1000",
    "caseload",
    "fill_rate",
    "plan_rate",
    "attainment_in_12",
    "active_cases",
    "approved_eur",
)
# Shares that are compared fairly, and the base of each.
COMPARED = {
    "plan_rate": "plans_known",
    "attainment_in_12": "decided_in_12",
    "independent_exits": "exits_known",
}
YEARLY = ("approved_eur",)  # of a budget year, whatever the quarter


def measure(_: Wanted) -> Choice:
    """What a map can show."""
    return Choice(MAPPED, MAPPED[0])


def level(_: Wanted) -> Choice:
    """The levels of which there are boundaries."""
    return Choice(tuple(boundaries.FILES), areas.GEMEINDE)


def compared(_: Wanted) -> Choice:
    """The shares that are compared."""
    return Choice(tuple(COMPARED), next(iter(COMPARED)))


def places(wanted: Wanted) -> Finest:
    """One value for every area of the map, with the choices that it is of."""
    column = wanted.column
    mapped = wanted.mapped(wanted.chosen.level)
    at = (mapped.of_full_year() if column in YEARLY else mapped).only("overview/map")
    found = at.published.only("area_code", column)
    return replace(at, published=found.by_inhabitants_of(at.published) if column == "per_1000" else found)


def standing(mapped: Described, measure: str, area_code: str, words: Words) -> str:
    """Which place an area has among all of a map; empty if it has no number."""
    return workedout.of(
        mapped.known and ("standing", mapped.known, area_code),
        lambda: sentences.standing(
            mapped.published, measure, words=words, key="overview.standing", area_code=area_code
        ),
    )


def _map(wanted: Wanted) -> Iterator[Described]:
    words, column, at = wanted.words, wanted.column, places(wanted)
    held = finest.held(at.chosen.level, at.chosen, column)
    yearly = column in YEARLY
    when = str(at.chosen.budget_year if yearly else at.chosen.period)
    same = yearly or at.chosen.period == wanted.chosen.period
    notes = [
        words.t("overview.map.alone") if at.chosen.level == areas.ASSOCIATION else "",
        words.t("overview.map.held") if held else "",
        words.t(f"overview.map.{'note' if same else 'quarter'}"),
    ]
    yield Described(
        "overview_map",
        sentences.largest(
            at.published,
            column,
            words=words,
            key="overview.map",
            label="area_code",
            shown=words.t("overview.map.money") if yearly else words.label(column),
            period=words.period(when),
        ),
        at,
        at.published,
        mapped=partial(
            choropleth.classes, at.published, words=words, value=column, level=at.chosen.level, held=held
        ),
        note=" ".join(filter(None, notes)),
        column=column,
    )


def _compared(wanted: Wanted) -> Iterator[Described]:
    words, share = wanted.words, wanted.column
    base, own = COMPARED[share], funnel.told_by(wanted.chosen.area_code)
    at = wanted.only("overview/compared", replace(wanted.chosen, area_code=own))
    answer: Published = at.published.only("area_code", share, base)
    around = funnel.Funnel(answer, share, base, own)
    peers = "peers" if areas.level(own) == areas.GEMEINDE else "kreise"
    notes = [
        words.t(f"overview.compared.{peers}"),
        funnel.counted(around, words=words, key="overview.compared.counted"),
        words.t("overview.compared.limits"),
    ]
    yield Described(
        "overview_compared",
        funnel.verdict(
            around,
            words=words,
            key="overview.compared",
            shown=words.label(share),
            period=words.period(str(wanted.chosen.period)),
        ),
        at,
        answer,
        partial(funnel.plot, answer, words=words, share=share, base=base, own=own),
        note=" ".join(notes),
        column=share,
    )


def _news(wanted: Wanted) -> Iterator[Described]:
    at = wanted.only("overview/news")
    yield Described("overview_news", wanted.words.t("overview.news.message"), at, at.published)


FIGURES = {
    "overview_map": Recipe(_map, {"measure": measure, "level": level}),
    "overview_compared": Recipe(_compared, {"compared": compared}),
    "overview_news": Recipe(_news),
}
