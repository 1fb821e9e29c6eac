"""Fallzahlen: how many people are counselled, by how many, for how long, and who they are."""

import streamlit as st

from pages.figures import show
from pages.menu import COUNSELLING, MENU
from pages.named import caseload, shown
from pages.reading import head, language, notes, tabs

words = language.words()


def people() -> None:
    """How many are counselled, how many began and ended, and who has been for long."""
    with show.pairs():
        found = shown.figures(("caseload_active", "caseload_flows", "caseload_long"), shown.wanted())
    st.html(f"<p>{head.link(MENU[COUNSELLING], words.t('caseload.counselling'))}</p>")
    shown.explained(found)


def posts() -> None:
    """People for each post, posts filled, and municipalities served."""
    wanted = shown.wanted()
    with show.pairs():
        found = shown.figures(("caseload_per_post", "caseload_posts"), wanted)
        shown.draw("caseload_served", wanted)
    notes.funds_with_kreis(wanted.chosen)
    shown.explained(found)


def needed_posts() -> None:
    """Posts needed by the formula of 2018, over time and by Kreis."""
    wanted = shown.wanted()
    with show.pairs():
        found = shown.draw("caseload_needed", wanted)
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
    """Age, origin and sex of the people counselled."""
    _by_kind(*caseload.PERSONS)


def living() -> None:
    """Status, household, housing and competences of the people counselled."""
    _by_kind(*caseload.LIVING, "skill")


def background() -> None:
    """Schooling, vocational degree, its recognition, and benefits."""
    _by_kind(*caseload.BACKGROUND)


def _by_kind(*kinds: str) -> None:
    with show.pairs():
        found = shown.figures([f"caseload_{each}" for each in kinds], shown.wanted())
    shown.explained(found)


tabs.show(
    "caseload",
    {
        "personen": people,
        "stellen": posts,
        "bedarf": needed_posts,
        "stellen-vergleich": two_days,
        "alter-herkunft": persons,
        "status-wohnen": living,
        "bildung-leistungen": background,
    },
)
