"""The figures of one place, on its page as on paper, and the key figures that both begin with."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from data.disclosure.published import Published
from pages.charts import bars, signs, trend
from pages.charts.signs import Marks
from pages.figures import breakdowns, sentences, tiles
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.tiles import KeyFigure
from pages.figures.wanted import Wanted
from pages.lasting import workedout
from pages.named.recipe import Recipe, kinds_of
from pages.text import setting
from pages.text.words import Words

# The six figures that matter most: these columns, and the money. What the place itself has stands first:
# money and posts of a municipality have been its Kreis' since 2025.
MONEY = "money"
KEY_FIGURES = {
    "people": "active_cases",
    "plans": "plan_rate",
    "attainment": "attainment_in_12",
    "independent": "independent_exits",
    "posts": "filled_vzae",
}
BREAKDOWNS = ("age_group", "residence_status")
FUNDS = (
    "area_code",
    "budget_year",
    "year_before",
    "planned_eur",
    "approved_eur",
    "paid_eur",
    "used_eur",
    "remainder_eur",
)
MEASURES = (
    "active_cases",
    "per_1000",
    "opened",
    "closed",
    "approved_vzae",
    "filled_vzae",
    "fill_rate",
    "caseload",
    "coverage",
    "plan_rate",
    "agreed",
    "attainment_in_12",
    "independent_exits",
    "language_b1",
    "in_work",
    "own_housing",
    "over_36_share",
    "consultations",
)


def people_now(wanted: Wanted) -> list[Finest]:
    """How many people there are: of the place, and of a larger area where it shows no number."""
    return wanted.search("overview/key_figures", "active_cases", always=True)


def message(people: list[Finest], words: Words) -> list[str]:
    """How many people there are now; a second sentence is about a larger area."""
    return [
        sentences.against_year_before(
            at.published, "active_cases", words=words, key="caseload.active", **at.chosen.now
        )
        for at in people
    ]


def _compared(wanted: Wanted) -> Iterator[Described]:
    """The place beside its association, its Kreis and the Land."""
    at, words = wanted.only("municipality/profile"), wanted.words
    now = at.published.where(period=wanted.chosen.period)
    yield Described(
        "municipality_compared",
        words.t("municipality.compared", period=words.period(str(wanted.chosen.period))),
        at,
        now.only("area_code", *MEASURES).by_inhabitants_of(now),
        note=words.t("municipality.partial"),
    )


def _peers(wanted: Wanted) -> Iterator[Described]:
    """The places of about its size, one row each."""
    at, words = wanted.only("municipality/peers"), wanted.words
    now = wanted.ask("municipality/profile").where(period=wanted.chosen.period)
    yield Described(
        "municipality_peers",
        words.t("municipality.peers", place=words.area(wanted.chosen.area_code)),
        at,
        at.published.only("area_code", "inhabitants", "active_cases", "per_1000").by_inhabitants_of(now),
        note=words.t("municipality.peers_note"),
    )


def nearest(peers: Published, own: str, most: int) -> tuple[str, ...]:
    """The places of about its size that are nearest to it, by their order in the answer."""
    codes = [str(code) for code in peers.column("area_code")]
    at = codes.index(own) if own in codes else 0
    by_distance = sorted((abs(place - at), place) for place in range(len(codes)) if place != at)
    return tuple(codes[place] for _, place in by_distance[:most])


def _active(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    for at in wanted.search("overview/key_figures", "active_cases"):
        course = at.published.only("period", "year_before", "active_cases")
        yield Described(
            "municipality_active",
            sentences.since(
                course,
                "active_cases",
                words=words,
                key="municipality.active",
                place=setting.within(words, at.chosen.area_code),
            ),
            at,
            course,
            partial(trend.lines, course, words=words, y="active_cases"),
        )


def money(wanted: Wanted) -> list[Finest]:
    """The money of the place by budget year, or that of its Kreis."""
    return wanted.of_full_year().search("funds/by_year", "approved_eur", time="budget_year")


def _funds(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    for at in money(wanted):
        funds = at.published.where(**at.chosen.here).only(*FUNDS, measures=("funds_by_stage", "remainder"))
        stages = partial(
            bars.stages, funds, words=words, x="budget_year", y=("approved_eur", "paid_eur", "used_eur")
        )
        told = {"time": "budget_year", **at.chosen.this_year}
        yield Described(
            "municipality_funds",
            sentences.against_year_before(funds, "approved_eur", words=words, key="funds.approved", **told),
            at,
            funds,
            partial(stages, beside=Marks(shades=(signs.running(funds.edition.day, words),))),
            note=words.t("municipality.funds_note"),
        )


def key_figures(wanted: Wanted) -> dict[str, list[Finest]]:
    """The answers for the six key figures, by key, the money last."""
    return dict(workedout.once(_key_figures)(wanted))


def _key_figures(wanted: Wanted) -> dict[str, list[Finest]]:
    known = workedout.known(wanted)
    return {
        key: [
            replace(at, known=None if known is None else f"{key} {number} {known!r}")
            for number, at in enumerate(found)
        ]
        for key, found in _answers(wanted).items()
    }


def _answers(wanted: Wanted) -> dict[str, list[Finest]]:
    found = {key: wanted.search("overview/key_figures", column) for key, column in KEY_FIGURES.items()}
    # The money of a year that still runs is no headline.
    of_year = wanted.of_full_year()
    return found | {MONEY: of_year.search("overview/money", "approved_eur", time="budget_year")}


def key_figure(key: str, at: Finest, words: Words) -> KeyFigure:
    """One of the six, in words."""
    if key != MONEY:
        return tiles.read(at, KEY_FIGURES[key], words=words)
    return tiles.read(
        at,
        "approved_eur",
        words=words,
        by="budget_year",
        label=words.t("overview.money", year=str(at.chosen.budget_year)),
        measure="funds_by_stage",
    )


FIGURES: Mapping[str, Recipe] = {
    "municipality_compared": Recipe(_compared),
    "municipality_peers": Recipe(_peers),
    "municipality_active": Recipe(_active),
    "municipality_funds": Recipe(_funds),
    **kinds_of("municipality", BREAKDOWNS, breakdowns.PEOPLE, top=8),
}
