"""Beratung: how often people are counselled, about what, where they are referred to, and how it ends."""

import streamlit as st

from data.foundation import areas
from pages.figures import show
from pages.named import counselling, every, shown
from pages.reading import filters, language, tabs

words = language.words()


def consultations() -> None:
    """How many, how many for each person, and the Kreise that deliver them."""
    wanted = shown.wanted()
    with show.pairs():
        number = shown.draw("counselling_consultations", wanted)
        # What is not delivered is said once, of the number of consultations.
        per_case = every.of("counselling_per_case", wanted)
        shown.place(shown.delivered(per_case, "consultations_per_case"))
    shown.draw("counselling_places", wanted)
    shown.explained(number, per_case)


def topics() -> None:
    """About what, of which kind, where and how."""
    wanted = shown.wanted()
    about = [every.of(f"counselling_{each}", wanted) for each in counselling.ABOUT]
    if any(shown.delivered(found, "consultations") for found in about):
        with show.pairs():
            for found in about:
                shown.place(found)
        st.caption(words.t("counselling.about.low_threshold"))
    else:
        few = areas.within(filters.chosen().area_code, areas.KREIS) is None
        st.info(words.t(f"counselling.about.{'few_delivered' if few else 'undelivered'}"))
    shown.explained(*about)


def referrals() -> None:
    """How many consultations lead to a referral, and whereto."""
    wanted = shown.wanted()
    with show.pairs():
        referred = shown.draw("counselling_referrals", wanted)
        services = every.of("counselling_service", wanted)
        shown.place(shown.delivered(services, "referred"))
    shown.explained(referred, services)


def leaving() -> None:
    """Who left independent of counselling, why cases ended, and who came back."""
    with show.pairs():
        wanted = shown.wanted()
        independent, reasons, reentries = (
            shown.draw(f"counselling_{each}", wanted) for each in ("independent", "reason", "reentries")
        )
    shown.explained(independent, reentries, reasons)


tabs.show(
    "counselling", {"beratungen": consultations, "themen": topics, "verweise": referrals, "ende": leaving}
)
