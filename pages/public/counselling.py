"""Beratung: how often people are counselled, about what, where they are referred to, and how it ends."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.publish import ask
from pages.figures import breakdowns, course, finest, show
from pages.figures.breakdowns import Kinds
from pages.figures.course import Course
from pages.figures.finest import Finest
from pages.reading import filters, language, reader, tabs

ABOUT = ("topic", "kind", "place", "channel")
CONSULTATIONS = Kinds("counselling/consultation_kinds", "consultations", "counselling")
SERVICES = Kinds("counselling/referral_services", "referred", "counselling")
REASONS = Kinds("counselling/exits", "closed", "counselling", levels=finest.PERSONAL)
PER_CASE = ("consultations", "counselled")

words = language.words()


def consultations() -> None:
    """How many, how many for each person, and the Kreise that deliver them."""
    chosen = filters.chosen()
    number, per_case = (
        finest.answer("counselling/consultations", chosen, column)
        for column in ("consultations", "consultations_per_case")
    )
    places = ask("counselling/places", replace(chosen, level=areas.KREIS), reader.audience())
    with show.pairs():
        course.figure(
            number,
            Course("consultations", "counselling.consultations", "counselling_consultations", note=True),
        )
        # What is not delivered is said once, of the number of consultations.
        course.figure(
            finest.delivered(per_case, "consultations_per_case"),
            Course("consultations_per_case", "counselling.per_case", "counselling_per_case", beside=PER_CASE),
        )
    show.table(
        places,
        heading=words.t("counselling.places.message", during=words.during(str(chosen.period))),
        key="counselling_places",
    )
    finest.explained(number, per_case)


def topics() -> None:
    """About what, of which kind, where and how."""
    about = breakdowns.ask(filters.chosen(), ABOUT, CONSULTATIONS)
    if _delivered(about, "consultations"):
        with show.pairs():
            breakdowns.figures(about, key="counselling", top=10, kinds=CONSULTATIONS)
    finest.explained(*about.values())


def referrals() -> None:
    """How many consultations lead to a referral, and whereto."""
    chosen = filters.chosen()
    referred = finest.answer("counselling/referrals", chosen, "referrals")
    services = breakdowns.ask(chosen, ("service",), SERVICES)
    with show.pairs():
        course.figure(
            referred, Course("referrals", "counselling.referrals", "counselling_referrals", beside=None)
        )
        if finest.delivered(services["service"], "referred"):
            breakdowns.figures(services, key="counselling", top=9, kinds=SERVICES)
    finest.explained(referred, *services.values())


def leaving() -> None:
    """Who left independent of counselling, why cases ended, and who came back."""
    chosen = filters.chosen()
    independent = finest.answer("counselling/leaving", chosen, "independent_exits")
    reentries = finest.answer("counselling/reentries", filters.by_quarter(), "reentries", time=None)
    reasons = breakdowns.ask(chosen, ("reason",), REASONS)
    with show.pairs():
        course.figure(
            independent,
            Course(
                "independent_exits",
                "counselling.independent",
                "counselling_independent",
                beside=None,
                note=True,
            ),
        )
        breakdowns.figures(reasons, key="counselling", top=8, kinds=REASONS)
        course.figure(
            reentries,
            Course(
                "reentries",
                "counselling.reentries",
                "counselling_reentries",
                beside=None,
                note=True,
                newest=True,
            ),
        )
    finest.explained(independent, reentries, *reasons.values())


def _delivered(figures: Mapping[str, list[Finest]], column: str) -> bool:
    """Whether any of these is delivered; says so if none is."""
    if any(finest.delivered(levels, column) for levels in figures.values()):
        return True
    few = areas.within(filters.chosen().area_code, areas.KREIS) is None
    st.info(words.t(f"counselling.about.{'few_delivered' if few else 'undelivered'}"))
    return False


tabs.show(
    "counselling", {"beratungen": consultations, "themen": topics, "verweise": referrals, "ende": leaving}
)
