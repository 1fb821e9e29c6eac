"""Zielerreichung: what becomes of goals, plans, how long it takes, and how people's lives develop."""

import streamlit as st

from pages.charts import bars, flow, trend
from pages.charts.signs import Marks, Shade
from pages.figures import course, finest, place, sentences, show
from pages.figures.course import Course
from pages.reading import filters, language, tabs
from pages.text import age, setting, whole

PLANS = ("plan_rate", "plan_from_start")
LIVING = ("language_b1", "in_work", "own_housing")
RATES = ("attainment", "attainment_of_agreed")
FEATURES = ("sprachniveau", "beschaeftigung", "unterbringung")

words = language.words()


def attainment() -> None:
    """What has become of the goals of a year ago, in all and by goal area, and of those before and since."""
    every = filters.chosen()
    agreed = finest.answer("goals/by_goal_area", every, "agreed", time=None)
    decided = finest.answer("goals/by_goal_area", every, "attainment", time=None)
    with show.pairs():
        with st.container():
            goal_area = filters.choose_goal_area()
            chosen = filters.chosen(goal_area=goal_area)
            by_cohort = finest.answer("goals/by_cohort", chosen, "attainment", time="cohort")
            for at in by_cohort:
                cohort = at.published.only("area_code", "cohort", "year_before", "without", "agreed", *RATES)
                own = cohort.where(**at.chosen.here)
                young = age.young(tuple(str(each) for each in own.column("cohort")), cohort.edition.day)
                show.figure(
                    trend.lines(
                        own,
                        words=words,
                        x="cohort",
                        y=RATES,
                        beside=Marks(shades=(Shade(young, words.t("goals.cohort.young")),)),
                    ),
                    published=cohort,
                    heading=sentences.plainly(
                        cohort,
                        "attainment",
                        words=words,
                        key="goals.cohort",
                        more={
                            "age": age.told(words, str(chosen.cohort), cohort.edition.day),
                            "of_area": words.t("goals.cohort.of_area", area=words.category(goal_area))
                            if goal_area != "gesamt"
                            else "",
                        },
                        cohort=chosen.cohort,
                        **at.chosen.here,
                    ),
                    key="goals_cohort",
                    note=words.t("goals.cohort.note"),
                    at=at,
                )
        show.figures(place.goals(agreed, words))
        for at in decided:
            both = at.published.only("goal_area", "cohort", *RATES)
            show.figure(
                bars.side_by_side(both, words=words, x="goal_area", y=RATES),
                published=both,
                heading=sentences.largest(
                    both,
                    "attainment",
                    words=words,
                    key="goals.best",
                    label="goal_area",
                    **setting.told(words, at.chosen.area_code, every.cohort),
                ),
                key="goals_rates",
                note=whole.noted(words, at.published, at.chosen.area_code) or None,
                at=at,
            )
    st.caption(words.t("goals.attainment.explained"))
    finest.explained(by_cohort, agreed)


def plans() -> None:
    """Who has a plan, since when, how current it is; and goals whose deadline has passed."""
    chosen = filters.chosen()
    found = {each: finest.answer("goals/plans", chosen, each) for each in PLANS}
    current = finest.answer("goals/plan_current", chosen, "plan_current", time=None)
    overdue = finest.answer("goals/overdue", filters.by_quarter(), "overdue_goals")
    with show.pairs():
        for measure, levels in found.items():
            course.figure(levels, Course(measure, f"goals.{measure}", f"goals_{measure}"))
        at = current[-1]
        show.figure(
            bars.ranked(at.published, words=words, x="area_code", y="plan_current"),
            published=at.published,
            heading=sentences.plainly(
                at.published,
                "plan_current",
                words=words,
                key="goals.plan_current",
                more=setting.told(
                    words, at.chosen.area_code, str(at.published.cell("period", **at.chosen.here))
                ),
                **at.chosen.here,
            ),
            key="goals_plan_current",
            note=words.t("goals.plan_current.note"),
            at=at,
        )
        course.figure(
            overdue,
            Course("overdue_goals", "goals.overdue", "goals_overdue", beside=None, alone=True, note=True),
        )
    finest.explained(*found.values(), current, overdue)


def duration() -> None:
    """How long it takes from the agreement of a goal to its attainment, and by goal area."""
    with show.pairs():
        with st.container():
            chosen = filters.chosen(goal_area=filters.choose_goal_area())
            of_all, by_area = (
                finest.answer(query, chosen, "attained_share", time=None, levels=finest.FROM_KREIS)
                for query in ("goals/time_to_goal", "goals/time_by_goal_area")
            )
            at = of_all[-1]
            goal_area = chosen.goal_area
            show.figure(
                trend.curves(at.published, words=words, y="attained_share", by="area_code"),
                published=at.published,
                heading=sentences.plainly(
                    at.published,
                    "attained_share",
                    words=words,
                    key="goals.time",
                    more={
                        **setting.told(words, at.chosen.area_code, None),
                        "of_area": words.t("goals.cohort.of_area", area=words.category(goal_area))
                        if goal_area != "gesamt"
                        else "",
                    },
                    months=24,
                    **at.chosen.here,
                ),
                key="goals_time",
                note=words.t("goals.time.note"),
                at=at,
            )
        at = by_area[-1]
        show.figure(
            trend.curves(at.published, words=words, y="attained_share", by="goal_area", size="at_risk"),
            published=at.published,
            heading=sentences.largest(
                at.published.where(months=24),
                "attained_share",
                words=words,
                key="goals.time_by_area",
                label="goal_area",
                **setting.told(words, at.chosen.area_code, None),
            ),
            key="goals_time_by_area",
            note=words.t("goals.time_by_area.note"),
            at=at,
        )
    finest.explained(of_all)


def living() -> None:
    """Language, work and housing over time, and from the first value to the latest."""
    chosen = filters.chosen()
    outcomes = finest.answer("goals/outcomes", chosen, "language_b1")
    development = {
        each: finest.answer(
            "goals/development", chosen, "persons", time=None, levels=finest.FROM_KREIS, feature=each
        )
        for each in FEATURES
    }
    with show.pairs():
        course.figure(
            outcomes,
            Course("language_b1", "goals.language_b1", "goals_outcomes", beside=LIVING, note=True),
            chart=lambda answer, at: trend.lines(answer.where(**at.chosen.here), words=words, y=LIVING),
        )
        for feature, levels in development.items():
            for at in levels:
                moves = at.published.where(feature=feature).only(
                    "period", "first_observed", "latest_observed", "persons"
                )
                period = next(iter(moves.column("period")), chosen.period)
                notes = (
                    words.t("goals.development.note"),
                    whole.noted(words, at.published.where(feature=feature), at.chosen.area_code),
                )
                show.figure(
                    flow.first_to_latest(
                        moves, words=words, source="first_observed", target="latest_observed"
                    ),
                    published=moves,
                    heading=sentences.move(
                        moves,
                        "persons",
                        words=words,
                        key=f"goals.development.{feature}",
                        pair=("first_observed", "latest_observed"),
                        more=setting.told(words, at.chosen.area_code, str(period)),
                    ),
                    key=f"goals_{feature}",
                    note=" ".join(filter(None, notes)),
                    at=at,
                )
    finest.explained(outcomes, *development.values())


tabs.show("goals", {"ziele": attainment, "plaene": plans, "dauer": duration, "leben": living})
