"""Zielerreichung: plans, what becomes of goals, how long it takes, and how people's lives develop."""

import streamlit as st

from data.publish import Audience, ask
from pages.parts import filters, language, say, show
from pages.parts.charts import flow, outcome, rates, survival, trend

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
chosen = filters.chosen()
now = {"area_code": chosen.area_code, "period": chosen.period}

plans = ask("goals/plans", chosen, Audience.PUBLIC)
by_goal_area = ask("goals/by_goal_area", chosen, Audience.PUBLIC)
time_by_goal_area = ask("goals/time_by_goal_area", chosen, Audience.PUBLIC)
outcomes = ask("goals/outcomes", chosen, Audience.PUBLIC)
development = ask("goals/development", chosen, Audience.PUBLIC)

for measure in ("plan_rate", "plan_from_start", "plan_current"):
    plan = plans.only("area_code", "period", "year_before", measure)
    show.figure(
        trend.rate(plan, words=words, y=measure, by="area_code"),
        published=plan,
        heading=say.against_year_before(plan, measure, words=words, key=f"goals.{measure}", **now),
        key=f"goals_{measure}",
    )

st.header(words.t("goals.attainment.heading"), anchor=False)
st.markdown(words.t("goals.attainment.explained"))
outcome_by_area = by_goal_area.only("goal_area", "cohort", "agreed", "attained", "missed", "undecided")
show.figure(
    outcome.stacked(
        by_goal_area, words=words, x="goal_area", attained="attained", missed="missed", undecided="undecided"
    ),
    published=outcome_by_area,
    heading=say.plainly(by_goal_area, "agreed", words=words, key="goals.agreed", goal_area="gesamt"),
    key="goals_outcome",
)
