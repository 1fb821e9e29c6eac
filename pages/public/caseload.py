"""Fallzahlen: how many people are counselled, by how many, for how long, and who they are."""

import streamlit as st

from pages.figures import show
from pages.menu import COUNSELLING
from pages.named import caseload, shown
from pages.reading import language, notes, tabs

words = language.words()


def people() -> None:
    """How many are counselled, how many began and ended, and who has been for long."""
    with show.pairs():
        found = shown.figures(("caseload_active", "caseload_flows", "caseload_long"), shown.wanted())
    st.page_link(f"{COUNSELLING}.py", label=words.t("caseload.counselling"))
    shown.explained(found)


def posts() -> None:
    """People for each post, posts filled, posts needed by the formula of 2018, and municipalities served."""
    wanted = shown.wanted()
    with show.pairs():
        found = shown.figures(("caseload_per_post", "caseload_posts", "caseload_needed"), wanted)
        shown.draw("caseload_served", wanted)
    shown.draw("caseload_posts_needed", wanted)
    notes.funds_with_kreis(wanted.chosen)
    shown.explained(found)


def two_days() -> None:
    """Posts on two days that the reader chooses, place by place, those first where most stand open."""
    wanted = shown.wanted()
    left, right = st.columns(2)
    with left:
        since = shown.choose("since", caseload.earlier(wanted), label=words.at_end)
    with right:
        level = shown.choose("level", caseload.received(wanted))
    shown.draw("caseload_two_days", shown.wanted(level=level, since=since))


def persons() -> None:
    """Age, sex, origin, status, household and housing of the people counselled."""
    _by_kind(*caseload.PERSONS)


def background() -> None:
    """Schooling, vocational degree, its recognition, benefits and competences."""
    _by_kind(*caseload.BACKGROUND, "skill")


def _by_kind(*kinds: str) -> None:
    with show.pairs():
        found = shown.figures([f"caseload_{each}" for each in kinds], shown.wanted())
    shown.explained(found)


tabs.show(
    "caseload",
    {
        "personen": people,
        "stellen": posts,
        "stellen-vergleich": two_days,
        "alter-herkunft": persons,
        "bildung-leistungen": background,
    },
)
