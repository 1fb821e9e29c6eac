"""One place: what is asked of it, and the figures that follow from the answers, on its page as on paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from data import publish
from data.disclosure.published import Published
from data.publish import Audience
from data.questions.filters import Filters
from pages.charts import bars, outcome, signs, trend
from pages.charts.signs import Marks
from pages.figures import breakdowns, finest, sentences, tiles
from pages.figures.described import Described
from pages.figures.finest import Finest
from pages.figures.tiles import KeyFigure
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
PARTS = ("attained", "missed", "undecided")
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


@dataclass(frozen=True)
class Answers:
    """Everything that the figures of one place are made of; `profile` is the place beside all it lies in."""

    chosen: Filters
    people_now: list[Finest]
    active: list[Finest]
    money: list[Finest]
    of_people: dict[str, list[Finest]]
    profile: Published
    peers: Published


@dataclass(frozen=True)
class Beside:
    """A table of places: its answer, what stands over it and what below."""

    key: str
    heading: str
    published: Published
    note: str


def ask(chosen: Filters, audience: Audience) -> Answers:
    """All questions of the page. Raises what `data.publish.ask` raises."""
    key_figures = finest.of("overview/key_figures", audience)
    search = partial(finest.search, key_figures, chosen, "active_cases")
    by_year = finest.of("funds/by_year", audience)
    profile = publish.ask("municipality/profile", chosen, audience)
    return Answers(
        chosen=chosen,
        people_now=search(always=True),
        active=search(),
        money=finest.search(
            by_year, chosen.of_full_year(profile.edition.day), "approved_eur", time="budget_year"
        ),
        of_people=breakdowns.ask(chosen, BREAKDOWNS, audience=audience),
        profile=profile,
        peers=publish.ask("municipality/peers", chosen, audience),
    )


def message(people_now: list[Finest], words: Words) -> list[str]:
    """How many people there are now; a second sentence is about a larger area."""
    return [
        sentences.against_year_before(
            at.published, "active_cases", words=words, key="caseload.active", **at.chosen.now
        )
        for at in people_now
    ]


def compared(answers: Answers, words: Words) -> Beside:
    """The place beside its association, its Kreis and the Land, one column each."""
    now = answers.profile.where(period=answers.chosen.period)
    return Beside(
        "municipality_compared",
        words.t("municipality.compared", period=words.period(str(answers.chosen.period))),
        now.only("area_code", *MEASURES).by_inhabitants_of(now),
        words.t("municipality.partial"),
    )


def peers(answers: Answers, words: Words) -> Beside | None:
    """The places of about its size, one row each; None where there are none."""
    if len(answers.peers) <= 1:
        return None
    now = answers.profile.where(period=answers.chosen.period)
    return Beside(
        "municipality_peers",
        words.t("municipality.peers", place=words.area(answers.chosen.area_code)),
        answers.peers.only("area_code", "inhabitants", "active_cases", "per_1000").by_inhabitants_of(now),
        words.t("municipality.peers_note"),
    )


def figures(answers: Answers, words: Words) -> Iterator[Described]:
    """The charts of the page, in its order: people over time, money, who the people are."""
    for at in answers.active:
        course = at.published.only("period", "year_before", "active_cases")
        yield Described(
            "municipality_active",
            sentences.since(course, "active_cases", words=words, key="municipality.active"),
            course,
            trend.lines(course, words=words, y="active_cases"),
            at=at,
        )
    for at in answers.money:
        funds = at.published.where(**at.chosen.here).only(*FUNDS, measures=("funds_by_stage", "remainder"))
        yield Described(
            "municipality_funds",
            sentences.against_year_before(
                funds,
                "approved_eur",
                words=words,
                key="funds.approved",
                time="budget_year",
                **at.chosen.this_year,
            ),
            funds,
            bars.stages(
                funds,
                words=words,
                x="budget_year",
                y=("approved_eur", "paid_eur", "used_eur"),
                beside=Marks(shades=(signs.running(funds.edition.day, words),)),
            ),
            words.t("municipality.funds_note"),
            at,
        )
    yield from breakdowns.described(answers.of_people, words=words, key="municipality", top=8)


def ask_key_figures(chosen: Filters, audience: Audience) -> dict[str, list[Finest]]:
    """The answers for the six key figures, by key, the money last."""
    asking, by_year = finest.of("overview/key_figures", audience), finest.of("overview/money", audience)
    found = {key: finest.search(asking, chosen, column) for key, column in KEY_FIGURES.items()}
    # The money of a year that still runs is no headline.
    of_year = chosen.of_full_year(found["people"][0].published.edition.day)
    return found | {MONEY: finest.search(by_year, of_year, "approved_eur", time="budget_year")}


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


def ask_goals(chosen: Filters, audience: Audience) -> list[Finest]:
    """What became of goals, by theme, at the finest level at which it is shown of any."""
    return finest.search(finest.of("goals/by_goal_area", audience), chosen, "attained", time=None)


def goals(agreed: list[Finest], words: Words) -> Iterator[Described]:
    """What became of the goals of a year ago, by theme: attained, missed, still open."""
    for at in agreed:
        stands = at.published.only("goal_area", "cohort", "agreed", *PARTS)
        yield Described(
            "goals_outcome",
            sentences.plainly(
                at.published, "agreed", words=words, key="goals.agreed", goal_area="gesamt", **at.chosen.here
            ),
            stands,
            outcome.stacked(stands, words=words, x="goal_area", parts=PARTS),
            words.t("goals.agreed.outcome_note"),
            at,
        )
