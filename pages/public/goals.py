"""Zielerreichung: plans, what becomes of goals, how long it takes, and how people's lives develop."""

import streamlit as st

from data.publish import Audience, ask
from pages.parts import filters, language, say, show
from pages.parts.charts import bars, flow, outcome, rates, survival, trend

GOAL_AREAS = (
    "gesamt",
    "Sprache",
    "Schulbildung",
    "Ausbildung/Studium",
    "Arbeitsmarkt",
    "Anerkennung",
    "Weiterqualifizierung",
    "Wohnung",
    "Gesundheit",
    "Gesellschaftliche Teilhabe",
    "Kinder",
)
FEATURES = ("sprachniveau", "beschaeftigung", "unterbringung")

words = language.words()
goal_area = filters.choose("goal_area", GOAL_AREAS, GOAL_AREAS[0])
chosen = filters.chosen(goal_area=goal_area)

plans = ask("goals/plans", chosen, Audience.PUBLIC)
plan_current = ask("goals/plan_current", chosen, Audience.PUBLIC)
by_goal_area = ask("goals/by_goal_area", chosen, Audience.PUBLIC)
by_cohort = ask("goals/by_cohort", chosen, Audience.PUBLIC)
time_to_goal = ask("goals/time_to_goal", chosen, Audience.PUBLIC)
time_by_goal_area = ask("goals/time_by_goal_area", chosen, Audience.PUBLIC)
outcomes = ask("goals/outcomes", chosen, Audience.PUBLIC)
development = ask("goals/development", chosen, Audience.PUBLIC)

st.header(words.t("goals.plans.heading"), anchor=False)
with show.pairs():
    for measure in ("plan_rate", "plan_from_start"):
        plan = plans.only("area_code", "period", "year_before", "is_complete", measure)
        show.figure(
            trend.lines(plan, words=words, y=measure, by="area_code"),
            published=plan,
            heading=say.against_year_before(plan, measure, words=words, key=f"goals.{measure}", **chosen.now),
            key=f"goals_{measure}",
        )
    show.figure(
        bars.ranked(plan_current, words=words, x="area_code", y="plan_current"),
        published=plan_current,
        heading=say.plainly(
            plan_current, "plan_current", words=words, key="goals.plan_current", **chosen.here
        ),
        key="goals_plan_current",
        note=words.t("goals.plan_current.note"),
    )

st.header(words.t("goals.attainment.heading"), anchor=False)
st.markdown(words.t("goals.attainment.explained"))
with show.pairs():
    stands = by_goal_area.only("goal_area", "cohort", "agreed", "attained", "missed", "undecided")
    show.figure(
        outcome.stacked(stands, words=words, x="goal_area", parts=("attained", "missed", "undecided")),
        published=stands,
        heading=say.plainly(
            by_goal_area, "agreed", words=words, key="goals.agreed", goal_area="gesamt", **chosen.here
        ),
        key="goals_outcome",
    )
    both = by_goal_area.only("goal_area", "cohort", "attainment", "attainment_of_agreed")
    show.figure(
        rates.side_by_side(both, words=words, x="goal_area", y=("attainment", "attainment_of_agreed")),
        published=both,
        heading=say.largest(both, "attainment", words=words, key="goals.best", label="goal_area"),
        key="goals_rates",
    )
    cohort = by_cohort.only(
        "area_code", "cohort", "year_before", "agreed", "attainment", "attainment_of_agreed"
    )
    show.figure(
        trend.lines(
            cohort.where(**chosen.here), words=words, x="cohort", y=("attainment", "attainment_of_agreed")
        ),
        published=cohort,
        heading=say.plainly(
            cohort, "attainment", words=words, key="goals.cohort", cohort=chosen.period, **chosen.here
        ),
        key="goals_cohort",
        note=words.t("goals.cohort.note"),
    )

st.header(words.t("goals.time.heading"), anchor=False)
with show.pairs():
    show.figure(
        survival.curves(time_to_goal, words=words, y="attained_share", by="area_code"),
        published=time_to_goal,
        heading=say.plainly(
            time_to_goal, "attained_share", words=words, key="goals.time", months=24, **chosen.here
        ),
        key="goals_time",
        note=words.t("goals.time.note"),
    )
    show.figure(
        survival.curves(time_by_goal_area, words=words, y="attained_share", by="goal_area"),
        published=time_by_goal_area,
        heading=say.largest(
            time_by_goal_area.where(months=24),
            "attained_share",
            words=words,
            key="goals.time_by_area",
            label="goal_area",
            complete_only=True,
        ),
        key="goals_time_by_area",
    )

st.header(words.t("goals.outcomes.heading"), anchor=False)
with show.pairs():
    living = outcomes.only(
        "area_code", "period", "year_before", "is_complete", "language_b1", "in_work", "own_housing"
    )
    show.figure(
        trend.lines(living.where(**chosen.here), words=words, y=("language_b1", "in_work", "own_housing")),
        published=living,
        heading=say.against_year_before(
            living, "language_b1", words=words, key="goals.language_b1", **chosen.now
        ),
        key="goals_outcomes",
        note=words.t("goals.language_b1.note"),
    )
    for feature in FEATURES:
        moves = development.where(feature=feature).only(
            "period", "first_observed", "latest_observed", "persons"
        )
        show.figure(
            flow.first_to_latest(moves, words=words, source="first_observed", target="latest_observed"),
            published=moves,
            heading=say.move(
                moves,
                "persons",
                words=words,
                key=f"goals.development.{feature}",
                source="first_observed",
                target="latest_observed",
            ),
            key=f"goals_{feature}",
            note=words.t("goals.development.note"),
        )
