"""The figures of Zielerreichung."""

from collections.abc import Iterator
from functools import partial

from data.foundation import areas, goal_areas
from pages.charts import bars, flow, outcome, trend
from pages.charts.signs import Marks, Shade
from pages.figures import course, finest, sentences
from pages.figures.course import Course
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.named.recipe import Choice, Recipe
from pages.text import age, setting, whole

LIVING = ("language_b1", "in_work", "own_housing")
RATES = ("attainment", "attainment_of_agreed")
FEATURES = ("sprachniveau", "beschaeftigung", "unterbringung")
PARTS = ("attained", "missed", "undecided")
ALL = goal_areas.TOTAL


def goal_area(wanted: Wanted) -> Choice:
    """A goal area, or a theme where the place or its comparison is smaller than a Kreis."""
    now = wanted.chosen
    both = (now.area_code, now.compare or areas.LAND)
    smallest = max(map(areas.level, both), key=areas.LEVELS.index)
    return Choice(goal_areas.offered(smallest), ALL)


def _of_area(wanted: Wanted) -> str:
    words, chosen = wanted.words, wanted.chosen.goal_area
    return words.t("goals.cohort.of_area", area=words.category(chosen)) if chosen != ALL else ""


def _cohort(wanted: Wanted) -> Iterator[Described]:
    words, own_cohort = wanted.words, wanted.chosen.cohort
    for at in wanted.search("goals/by_cohort", "attainment", time="cohort"):
        cohort = at.published.only("area_code", "cohort", "year_before", "without", "agreed", *RATES)
        own = cohort.where(**at.chosen.here)
        young = age.young(tuple(str(each) for each in own.column("cohort")), cohort.edition.day)
        shades = (Shade(young, words.t("goals.cohort.young")),)
        yield Described(
            "goals_cohort",
            sentences.plainly(
                cohort,
                "attainment",
                words=words,
                key="goals.cohort",
                more={
                    "age": age.told(words, str(own_cohort), cohort.edition.day),
                    "of_area": _of_area(wanted),
                },
                cohort=own_cohort,
                **at.chosen.here,
            ),
            at,
            cohort,
            partial(trend.lines, own, words=words, x="cohort", y=RATES, beside=Marks(shades=shades)),
            note=words.t("goals.cohort.note"),
        )


def stands(wanted: Wanted, column: str = "agreed") -> Iterator[Described]:
    """What became of the goals of a year ago, by theme: attained, missed, still open.

    A larger area stands in where `column` is shown of no theme.
    """
    words = wanted.words
    for at in wanted.search("goals/by_goal_area", column, time=None):
        by_theme = at.published.only("goal_area", "cohort", "agreed", *PARTS)
        told = {"goal_area": ALL, **at.chosen.here}
        yield Described(
            "goals_outcome",
            sentences.plainly(at.published, "agreed", words=words, key="goals.agreed", **told),
            at,
            by_theme,
            partial(outcome.stacked, by_theme, words=words, x="goal_area", parts=PARTS),
            note=words.t("goals.agreed.outcome_note"),
        )


def _rates(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    for at in wanted.search("goals/by_goal_area", "attainment", time=None):
        both = at.published.only("goal_area", "cohort", *RATES)
        yield Described(
            "goals_rates",
            sentences.largest(
                both,
                "attainment",
                words=words,
                key="goals.best",
                label="goal_area",
                **setting.told(words, at.chosen.area_code, wanted.chosen.cohort),
            ),
            at,
            both,
            partial(bars.side_by_side, both, words=words, x="goal_area", y=RATES),
            note=whole.noted(words, at.published, at.chosen.area_code) or None,
        )


def _plan(wanted: Wanted, *, measure: str) -> Iterator[Described]:
    of = Course(measure, f"goals.{measure}", f"goals_{measure}")
    return course.described(wanted.search("goals/plans", measure), of, words=wanted.words)


def _plan_current(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    at = wanted.search("goals/plan_current", "plan_current", time=None)[-1]
    period = str(at.published.cell("period", **at.chosen.here))
    yield Described(
        "goals_plan_current",
        sentences.plainly(
            at.published,
            "plan_current",
            words=words,
            key="goals.plan_current",
            more=setting.told(words, at.chosen.area_code, period),
            **at.chosen.here,
        ),
        at,
        at.published,
        partial(bars.ranked, at.published, words=words, x="area_code", y="plan_current"),
        note=words.t("goals.plan_current.note"),
    )


def _overdue(wanted: Wanted) -> Iterator[Described]:
    of = Course("overdue_goals", "goals.overdue", "goals_overdue", beside=None, alone=True, note=True)
    levels = wanted.by_quarter().search("goals/overdue", "overdue_goals")
    return course.described(levels, of, words=wanted.words)


def _time(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    at = wanted.search("goals/time_to_goal", "attained_share", time=None, levels=finest.FROM_KREIS)[-1]
    yield Described(
        "goals_time",
        sentences.plainly(
            at.published,
            "attained_share",
            words=words,
            key="goals.time",
            more={**setting.told(words, at.chosen.area_code, None), "of_area": _of_area(wanted)},
            months=24,
            **at.chosen.here,
        ),
        at,
        at.published,
        partial(trend.curves, at.published, words=words, y="attained_share", by="area_code"),
        note=words.t("goals.time.note"),
    )


def _time_by_area(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    at = wanted.search("goals/time_by_goal_area", "attained_share", time=None, levels=finest.FROM_KREIS)[-1]
    curves = partial(trend.curves, at.published, words=words, y="attained_share")
    yield Described(
        "goals_time_by_area",
        sentences.largest(
            at.published.where(months=24),
            "attained_share",
            words=words,
            key="goals.time_by_area",
            label="goal_area",
            **setting.told(words, at.chosen.area_code, None),
        ),
        at,
        at.published,
        partial(curves, by="goal_area", size="at_risk"),
        note=words.t("goals.time_by_area.note"),
    )


def _outcomes(wanted: Wanted) -> Iterator[Described]:
    words = wanted.words
    of = Course("language_b1", "goals.language_b1", "goals_outcomes", beside=LIVING, note=True)
    return course.described(
        wanted.search("goals/outcomes", "language_b1"),
        of,
        words=words,
        chart=lambda answer, at: trend.lines(answer.where(**at.chosen.here), words=words, y=LIVING),
    )


def _development(wanted: Wanted, *, feature: str) -> Iterator[Described]:
    words = wanted.words
    for at in wanted.search(
        "goals/development", "persons", time=None, levels=finest.FROM_KREIS, feature=feature
    ):
        every = at.published.where(feature=feature)
        moves = every.only("period", "first_observed", "latest_observed", "persons")
        period = next(iter(moves.column("period")), wanted.chosen.period)
        notes = (words.t("goals.development.note"), whole.noted(words, every, at.chosen.area_code))
        pair = ("first_observed", "latest_observed")
        yield Described(
            f"goals_{feature}",
            sentences.move(
                moves,
                "persons",
                words=words,
                key=f"goals.development.{feature}",
                pair=pair,
                more=setting.told(words, at.chosen.area_code, str(period)),
            ),
            at,
            moves,
            partial(flow.first_to_latest, moves, words=words, source=pair[0], target=pair[1]),
            note=" ".join(filter(None, notes)),
        )


BY_AREA = {"goal_area": goal_area}
FIGURES = {
    "goals_cohort": Recipe(_cohort, BY_AREA),
    "goals_outcome": Recipe(stands),
    "goals_rates": Recipe(_rates),
    "goals_plan_rate": Recipe(partial(_plan, measure="plan_rate")),
    "goals_plan_from_start": Recipe(partial(_plan, measure="plan_from_start")),
    "goals_plan_current": Recipe(_plan_current),
    "goals_overdue": Recipe(_overdue),
    "goals_time": Recipe(_time, BY_AREA),
    "goals_time_by_area": Recipe(_time_by_area),
    "goals_outcomes": Recipe(_outcomes),
    **{f"goals_{each}": Recipe(partial(_development, feature=each)) for each in FEATURES},
}
