"""Fallzahlen: how many people are counselled, by how many, for how long, and who they are."""

from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.publish import ask
from pages.charts import bars, trend
from pages.figures import breakdowns, finest, sentences, show
from pages.menu import COUNSELLING
from pages.reading import filters, language, notes, reader

BREAKDOWNS = (
    "age_group",
    "sex",
    "origin",
    "residence_status",
    "household",
    "housing",
    "school",
    "vocation",
    "recognition",
    "benefits",
)
SKILLS = breakdowns.Kinds(
    "caseload/competences",
    "persons",
    "caseload.people",
    category="skill",
    share="competences",
    note=True,
    levels=finest.PERSONAL,
)
NEEDED = ("needed_vzae", "approved_vzae", "filled_vzae")
ROW = ("area_code", "period", "year_before", "without")
POSTS = ("approved_vzae", "filled_vzae", "fill_rate", "needed_vzae")
LONG = ("over_36", "over_36_share", "over_48", "over_48_share")

words = language.words()
chosen = filters.chosen()

active, opened, per_post, filled, long = (
    finest.answer("caseload/by_period", chosen, column)
    for column in ("active_cases", "opened", "caseload", "fill_rate", "over_36_share")
)
needed = finest.answer("caseload/by_period", chosen, "needed_vzae")
quarterly = filters.by_quarter()
# One municipality is served or not: how many are, is told of its Kreis.
served_in = replace(quarterly, area_code=areas.above(chosen.area_code, areas.KREIS) or chosen.area_code)
served = ask("caseload/served", served_in, reader.audience())
posts = ask("caseload/posts_needed", filters.mapped(areas.KREIS), reader.audience())
of_people = breakdowns.ask(chosen, BREAKDOWNS)
of_skills = breakdowns.ask(chosen, ("skill",), SKILLS)

notes.funds_with_kreis(chosen)
finest.explained(active, opened, per_post, filled, long, *of_people.values(), *of_skills.values())
for at in active:
    answer = at.published.only(*ROW, "active_cases")
    show.figure(
        trend.lines(answer, words=words, y="active_cases", by="area_code"),
        published=answer,
        heading=sentences.against_year_before(
            answer, "active_cases", words=words, key="caseload.active", **at.chosen.now
        ),
        key="caseload_active",
        at=at,
    )

with show.pairs():
    for at in opened:
        answer = at.published.only(*ROW, "opened", "closed")
        show.figure(
            bars.pair(answer, words=words, y=("opened", "closed"), by=at.series),
            published=answer,
            heading=sentences.against_year_before(
                answer, "opened", words=words, key="caseload.opened", **at.chosen.now
            ),
            key="caseload_flows",
            at=at,
        )

    for at in per_post:
        answer = at.published.only(*ROW, "active_cases", "filled_vzae", "caseload")
        show.figure(
            trend.lines(
                answer,
                words=words,
                y="caseload",
                by="area_code",
                reference=trend.Reference(80, words.t("caseload.per_post.reference")),
            ),
            published=answer,
            heading=sentences.against_year_before(
                answer, "caseload", words=words, key="caseload.per_post", **at.chosen.now
            ),
            key="caseload_per_post",
            note=words.t("caseload.per_post.note"),
            at=at,
        )

    for at in filled:
        answer = at.published.only(*ROW, *POSTS)
        show.figure(
            bars.pair(answer, words=words, y=("approved_vzae", "filled_vzae"), by=at.series),
            published=answer,
            heading=sentences.against_year_before(
                answer, "fill_rate", words=words, key="caseload.posts", **at.chosen.now
            ),
            key="caseload_posts",
            at=at,
        )

    for at in long:
        answer = at.published.only(*ROW, *LONG, measures=("long_cases",))
        show.figure(
            trend.lines(answer, words=words, y=("over_36_share", "over_48_share"), by=at.series),
            published=answer,
            heading=sentences.against_year_before(
                answer, "over_36_share", words=words, key="caseload.long", **at.chosen.now
            ),
            key="caseload_long",
            at=at,
        )

st.header(words.t("caseload.people.heading"), anchor=False)
with show.pairs():
    breakdowns.figures(of_people, key="caseload", top=12)
    breakdowns.figures(of_skills, key="caseload", top=7, kinds=SKILLS)

st.page_link(f"{COUNSELLING}.py", label=words.t("caseload.counselling"))

st.header(words.t("caseload.needed.heading"), anchor=False)
with show.pairs():
    for at in needed:
        answer = at.published.only("area_code", "period", "active_cases", *NEEDED)
        show.figure(
            bars.pair(answer, words=words, y=NEEDED, by=at.series),
            published=answer,
            heading=sentences.plainly(
                answer, "needed_vzae", words=words, key="caseload.needed", **at.chosen.now
            ),
            key="caseload_needed",
            note=words.t("caseload.needed.note"),
            at=at,
        )
    there = served.where(**served_in.now).column("areas_served")
    show.figure(
        trend.lines(served, words=words, y="served_areas", by="area_code"),
        published=served,
        heading=sentences.plainly(
            served,
            "served_areas",
            words=words,
            key="caseload.served" if any(there) else "caseload.unserved",
            **served_in.now,
        ),
        key="caseload_served",
        note=words.t("caseload.served.note"),
    )
show.table(posts, heading=words.t("caseload.needed.places"), key="caseload_posts_needed")
