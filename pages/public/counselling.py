"""Beratung: how often people are counselled, about what, where they are referred to, and how it ends."""

from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.publish import ask
from pages.charts import trend
from pages.figures import breakdowns, finest, sentences, show
from pages.figures.breakdowns import Kinds
from pages.reading import filters, language, reader

ABOUT = ("topic", "kind", "place", "channel")
CONSULTATIONS = Kinds("counselling/consultation_kinds", "consultations", "counselling")
SERVICES = Kinds("counselling/referral_services", "referred", "counselling")
REASONS = Kinds("counselling/exits", "closed", "counselling", levels=finest.PERSONAL)
ROW = ("area_code", "period", "year_before", "without")

words = language.words()
chosen = filters.chosen()

number, per_case = (
    finest.answer("counselling/consultations", chosen, column)
    for column in ("consultations", "consultations_per_case")
)
referred = finest.answer("counselling/referrals", chosen, "referrals")
independent = finest.answer("counselling/leaving", chosen, "independent_exits")
reentries = finest.answer("counselling/reentries", filters.by_quarter(), "reentries", time=None)
about = breakdowns.ask(chosen, ABOUT, CONSULTATIONS)
services = breakdowns.ask(chosen, ("service",), SERVICES)
reasons = breakdowns.ask(chosen, ("reason",), REASONS)
places = ask("counselling/places", replace(chosen, level=areas.KREIS), reader.audience())

finest.explained(
    number,
    per_case,
    referred,
    independent,
    reentries,
    *(levels for kinds in (about, services, reasons) for levels in kinds.values()),
)
with show.pairs():
    for at in number:
        answer = at.published.only(*ROW, "consultations")
        show.figure(
            trend.lines(answer, words=words, y="consultations", by="area_code"),
            published=answer,
            heading=sentences.against_year_before(
                answer, "consultations", words=words, key="counselling.consultations", **at.chosen.now
            ),
            key="counselling_consultations",
            note=words.t("counselling.consultations.note"),
            at=at,
        )
    # What is not delivered is said once, of the number of consultations.
    for at in finest.delivered(per_case, "consultations_per_case"):
        answer = at.published.only(*ROW, "consultations", "counselled", "consultations_per_case")
        show.figure(
            trend.lines(answer, words=words, y="consultations_per_case", by="area_code"),
            published=answer,
            heading=sentences.against_year_before(
                answer, "consultations_per_case", words=words, key="counselling.per_case", **at.chosen.now
            ),
            key="counselling_per_case",
            at=at,
        )

# Where the place has no figure of its own, the next to look at are those that have.
instead = st.container()
st.header(words.t("counselling.about.heading"), anchor=False)
if not any(finest.delivered(levels, "consultations") for levels in about.values()):
    few = areas.within(chosen.area_code, areas.KREIS) is None
    st.info(words.t(f"counselling.about.{'few_delivered' if few else 'undelivered'}"))
else:
    with show.pairs():
        breakdowns.figures(about, key="counselling", top=14, kinds=CONSULTATIONS)

st.header(words.t("counselling.referrals.heading"), anchor=False)
with show.pairs():
    for at in referred:
        show.figure(
            trend.lines(at.published, words=words, y="referrals", by="area_code"),
            published=at.published,
            heading=sentences.against_year_before(
                at.published, "referrals", words=words, key="counselling.referrals", **at.chosen.now
            ),
            key="counselling_referrals",
            at=at,
        )
    if finest.delivered(services["service"], "referred"):
        breakdowns.figures(services, key="counselling", top=9, kinds=SERVICES)

st.header(words.t("counselling.leaving.heading"), anchor=False)
with show.pairs():
    for at in independent:
        show.figure(
            trend.lines(at.published, words=words, y="independent_exits", by="area_code"),
            published=at.published,
            heading=sentences.against_year_before(
                at.published, "independent_exits", words=words, key="counselling.independent", **at.chosen.now
            ),
            key="counselling_independent",
            note=words.t("counselling.independent.note"),
            at=at,
        )
    breakdowns.figures(reasons, key="counselling", top=8, kinds=REASONS)
    for at in reentries:
        show.figure(
            trend.lines(at.published, words=words, y="reentries", by="area_code"),
            published=at.published,
            heading=sentences.against_year_before(
                at.published, "reentries", words=words, key="counselling.reentries", **at.newest("reentries")
            ),
            key="counselling_reentries",
            note=words.t("counselling.reentries.note"),
            at=at,
        )

with st.container() if finest.delivered(number, "consultations") else instead:
    st.header(words.t("counselling.places.heading"), anchor=False)
    show.table(
        places,
        heading=words.t("counselling.places.message", period=words.period(str(chosen.period))),
        key="counselling_places",
    )
