"""Fallzahlen: how many people are counselled, by how many, for how long, and who they are."""

import streamlit as st

from data.publish import Audience, ask
from pages.parts import filters, language, notes, people, say, show
from pages.parts.charts import bars, trend

BREAKDOWNS = ("age_group", "sex", "origin", "residence_status", "household", "housing")

words = language.words()
chosen = filters.chosen()
# Without a comparison the names of the series need no place.
by = "area_code" if chosen.compare else None

by_period = ask("caseload/by_period", chosen, Audience.PUBLIC)
of_people = ask("caseload/people", chosen, Audience.PUBLIC)

notes.funds_with_kreis(chosen)
active = by_period.only("area_code", "period", "year_before", "is_complete", "active_cases")
show.figure(
    trend.lines(active, words=words, y="active_cases", by="area_code"),
    published=active,
    heading=say.against_year_before(active, "active_cases", words=words, key="caseload.active", **chosen.now),
    key="caseload_active",
)

with show.pairs():
    flows = by_period.only("area_code", "period", "year_before", "is_complete", "opened", "closed")
    show.figure(
        bars.pair(flows, words=words, y=("opened", "closed"), by=by),
        published=flows,
        heading=say.against_year_before(flows, "opened", words=words, key="caseload.opened", **chosen.now),
        key="caseload_flows",
    )

    per_post = by_period.only(
        "area_code", "period", "year_before", "is_complete", "active_cases", "filled_vzae", "caseload"
    )
    show.figure(
        trend.lines(
            per_post,
            words=words,
            y="caseload",
            by="area_code",
            reference=80,
            reference_label=words.t("caseload.per_post.reference"),
        ),
        published=per_post,
        heading=say.against_year_before(
            per_post, "caseload", words=words, key="caseload.per_post", **chosen.now
        ),
        key="caseload_per_post",
        note=words.t("caseload.per_post.note"),
    )

    posts = by_period.only(
        "area_code",
        "period",
        "year_before",
        "is_complete",
        "approved_vzae",
        "filled_vzae",
        "fill_rate",
        "needed_vzae",
    )
    show.figure(
        bars.pair(posts, words=words, y=("approved_vzae", "filled_vzae"), by=by),
        published=posts,
        heading=say.against_year_before(posts, "fill_rate", words=words, key="caseload.posts", **chosen.now),
        key="caseload_posts",
    )

    long = by_period.only(
        "area_code",
        "period",
        "year_before",
        "is_complete",
        "over_36",
        "over_36_share",
        "over_48",
        "over_48_share",
        measures=("long_cases",),
    )
    show.figure(
        trend.lines(long, words=words, y=("over_36_share", "over_48_share"), by=by),
        published=long,
        heading=say.against_year_before(
            long, "over_36_share", words=words, key="caseload.long", **chosen.now
        ),
        key="caseload_long",
    )

st.header(words.t("caseload.people.heading"), anchor=False)
with show.pairs():
    people.figures(of_people, BREAKDOWNS, key="caseload", top=12)
