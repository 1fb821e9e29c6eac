"""Zielerreichung: plans, what becomes of goals, how long it takes, and how people's lives develop."""

import streamlit as st

from pages.charts import bars, flow, trend
from pages.figures import finest, place, sentences, show
from pages.reading import filters, language
from pages.text import whole

PLANS = ("plan_rate", "plan_from_start")
LIVING = ("language_b1", "in_work", "own_housing")
RATES = ("attainment", "attainment_of_agreed")
ROW = ("area_code", "period", "year_before", "without")
FEATURES = ("sprachniveau", "beschaeftigung", "unterbringung")

words = language.words()
goal_area = filters.choose_goal_area()
chosen = filters.chosen(goal_area=goal_area)

plans = {each: finest.answer("goals/plans", chosen, each) for each in PLANS}
plan_current = finest.answer("goals/plan_current", chosen, "plan_current", time=None)
agreed = finest.answer("goals/by_goal_area", chosen, "agreed", time=None)
decided = finest.answer("goals/by_goal_area", chosen, "attainment", time=None)
overdue = finest.answer("goals/overdue", filters.by_quarter(), "overdue_goals")
by_cohort = finest.answer("goals/by_cohort", chosen, "attainment", time="cohort")
time_to_goal, time_by_goal_area = (
    finest.answer(query, chosen, "attained_share", time=None, levels=finest.FROM_KREIS)
    for query in ("goals/time_to_goal", "goals/time_by_goal_area")
)
outcomes = finest.answer("goals/outcomes", chosen, "language_b1")
development = {
    each: finest.answer(
        "goals/development", chosen, "persons", time=None, levels=finest.FROM_KREIS, feature=each
    )
    for each in FEATURES
}

finest.explained(
    *plans.values(), plan_current, overdue, agreed, by_cohort, time_to_goal, outcomes, *development.values()
)
st.header(words.t("goals.plans.heading"), anchor=False)
with show.pairs():
    for measure, levels in plans.items():
        for at in levels:
            plan = at.published.only(*ROW, measure)
            show.figure(
                trend.lines(plan, words=words, y=measure, by="area_code"),
                published=plan,
                heading=sentences.against_year_before(
                    plan, measure, words=words, key=f"goals.{measure}", **at.chosen.now
                ),
                key=f"goals_{measure}",
                at=at,
            )
    at = plan_current[-1]
    show.figure(
        bars.ranked(at.published, words=words, x="area_code", y="plan_current"),
        published=at.published,
        heading=sentences.plainly(
            at.published, "plan_current", words=words, key="goals.plan_current", **at.chosen.here
        ),
        key="goals_plan_current",
        note=words.t("goals.plan_current.note"),
        at=at,
    )

    for at in overdue:
        show.figure(
            trend.lines(at.published, words=words, y="overdue_goals", by="area_code"),
            published=at.published,
            heading=sentences.plainly(
                at.published, "overdue_goals", words=words, key="goals.overdue", **at.chosen.now
            ),
            key="goals_overdue",
            note=words.t("goals.overdue.note"),
            at=at,
        )

st.header(words.t("goals.attainment.heading"), anchor=False)
st.markdown(words.t("goals.attainment.explained"))
with show.pairs():
    show.figures(place.goals(agreed, words))
    for at in decided:
        both = at.published.only("goal_area", "cohort", *RATES)
        show.figure(
            bars.side_by_side(both, words=words, x="goal_area", y=RATES),
            published=both,
            heading=sentences.largest(both, "attainment", words=words, key="goals.best", label="goal_area"),
            key="goals_rates",
            note=whole.noted(words, at.published, at.chosen.area_code) or None,
            at=at,
        )
    for at in by_cohort:
        cohort = at.published.only("area_code", "cohort", "year_before", "without", "agreed", *RATES)
        show.figure(
            trend.lines(cohort.where(**at.chosen.here), words=words, x="cohort", y=RATES),
            published=cohort,
            heading=sentences.plainly(
                cohort,
                "attainment",
                words=words,
                key="goals.cohort",
                cohort=chosen.period,
                **at.chosen.here,
            ),
            key="goals_cohort",
            note=words.t("goals.cohort.note"),
            at=at,
        )

st.header(words.t("goals.time.heading"), anchor=False)
with show.pairs():
    at = time_to_goal[-1]
    show.figure(
        trend.curves(at.published, words=words, y="attained_share", by="area_code"),
        published=at.published,
        heading=sentences.plainly(
            at.published, "attained_share", words=words, key="goals.time", months=24, **at.chosen.here
        ),
        key="goals_time",
        note=words.t("goals.time.note"),
        at=at,
    )
    at = time_by_goal_area[-1]
    show.figure(
        trend.curves(at.published, words=words, y="attained_share", by="goal_area"),
        published=at.published,
        heading=sentences.largest(
            at.published.where(months=24),
            "attained_share",
            words=words,
            key="goals.time_by_area",
            label="goal_area",
        ),
        key="goals_time_by_area",
        at=at,
    )

st.header(words.t("goals.outcomes.heading"), anchor=False)
with show.pairs():
    for at in outcomes:
        living = at.published.only(*ROW, *LIVING)
        show.figure(
            trend.lines(living.where(**at.chosen.here), words=words, y=LIVING),
            published=living,
            heading=sentences.against_year_before(
                living, "language_b1", words=words, key="goals.language_b1", **at.chosen.now
            ),
            key="goals_outcomes",
            note=words.t("goals.language_b1.note"),
            at=at,
        )
    for feature, levels in development.items():
        for at in levels:
            moves = at.published.where(feature=feature).only(
                "period", "first_observed", "latest_observed", "persons"
            )
            show.figure(
                flow.first_to_latest(moves, words=words, source="first_observed", target="latest_observed"),
                published=moves,
                heading=sentences.move(
                    moves,
                    "persons",
                    words=words,
                    key=f"goals.development.{feature}",
                    source="first_observed",
                    target="latest_observed",
                ),
                key=f"goals_{feature}",
                note=" ".join(
                    filter(
                        None,
                        (
                            words.t("goals.development.note"),
                            whole.noted(words, at.published.where(feature=feature), at.chosen.area_code),
                        ),
                    )
                ),
                at=at,
            )
