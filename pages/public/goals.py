"""Zielerreichung: what becomes of goals, plans, how long it takes, and how people's lives develop."""

import streamlit as st

from pages.figures import show
from pages.named import goals, shown
from pages.reading import filters, language, tabs

words = language.words()


def attainment() -> None:
    """What has become of the goals of a year ago, in all and by goal area, and of those before and since."""
    wanted = shown.wanted()
    with show.pairs():
        with st.container():
            by_cohort = shown.draw("goals_cohort", shown.wanted(goal_area=filters.choose_goal_area()))
        agreed = shown.draw("goals_outcome", wanted)
        shown.draw("goals_rates", wanted)
    st.caption(words.t("goals.attainment.explained"))
    shown.explained(by_cohort, agreed)


def plans() -> None:
    """Who has a plan, since when, how current it is; and goals whose deadline has passed."""
    names = ("goals_plan_rate", "goals_plan_from_start", "goals_plan_current", "goals_overdue")
    with show.pairs():
        found = shown.figures(names, shown.wanted())
    shown.explained(found)


def duration() -> None:
    """How long it takes from the agreement of a goal to its attainment, and by goal area."""
    with show.pairs():
        with st.container():
            of_all = shown.draw("goals_time", shown.wanted(goal_area=filters.choose_goal_area()))
        shown.draw("goals_time_by_area", shown.wanted())
    shown.explained(of_all)


def living() -> None:
    """How many speak German at level B1, work, and live in a home of their own, over time."""
    shown.explained(shown.draw("goals_outcomes", shown.wanted()))


def moves() -> None:
    """Language, work and housing from the first value to the latest."""
    with show.pairs():
        found = shown.figures([f"goals_{each}" for each in goals.FEATURES], shown.wanted())
    shown.explained(found)


tabs.show("goals", {"ziele": attainment, "plaene": plans, "dauer": duration, "leben": living, "wege": moves})
