"""Gemeinde: one place on one page, beside all that it lies in, to be printed for a council."""

import streamlit as st

from data.publish import ask
from pages.charts import bars, trend
from pages.figures import association, breakdowns, finest, inhabitants, sentences, show
from pages.reading import filters, language, notes, reader

BREAKDOWNS = ("age_group", "residence_status")
FUNDS = (
    "area_code",
    "budget_year",
    "year_before",
    "planned_eur",
    "approved_eur",
    "paid_eur",
    "used_eur",
    "remainder_eur",
)
MEASURES = (
    "active_cases",
    "per_1000",
    "opened",
    "closed",
    "approved_vzae",
    "filled_vzae",
    "fill_rate",
    "caseload",
    "coverage",
    "plan_rate",
    "agreed",
    "attainment_in_12",
    "independent_exits",
    "language_b1",
    "in_work",
    "own_housing",
    "over_36_share",
    "consultations",
)

words = language.words()
chosen = filters.chosen()

profile = ask("municipality/profile", chosen, reader.audience())
people_now = finest.answer("overview/key_figures", chosen, "active_cases", always=True)
active = finest.answer("overview/key_figures", chosen, "active_cases")
money = finest.answer("funds/by_year", chosen, "approved_eur", time="budget_year")
peers = ask("municipality/peers", chosen, reader.audience())
of_people = breakdowns.ask(chosen, BREAKDOWNS)
together = association.ask(chosen)

st.header(words.area(chosen.area_code), anchor=False)
show.message(
    *(
        sentences.against_year_before(
            at.published, "active_cases", words=words, key="caseload.active", **at.chosen.now
        )
        for at in people_now
    )
)
st.caption(
    words.t(
        "municipality.beside",
        places=" · ".join(words.area(code) for code in sentences.above(chosen.area_code)),
    )
)

notes.funds_with_kreis(chosen)
finest.explained(active, *of_people.values())
now = profile.where(period=chosen.period)
breakdowns.side_by_side(
    now.only("area_code", *MEASURES),
    by="area_code",
    heading=words.t("municipality.compared", period=words.period(str(chosen.period))),
    key="municipality_compared",
    note=f"{words.t('municipality.partial')} {inhabitants.said(now, words)}".rstrip(),
)

association.draw(chosen, together)

if len(peers) > 1:
    show.table(
        peers.only("area_code", "inhabitants", "active_cases", "per_1000"),
        heading=words.t("municipality.peers", place=words.area(chosen.area_code)),
        key="municipality_peers",
        note=f"{words.t('municipality.peers_note')} {inhabitants.said(now, words)}".rstrip(),
        search=False,
    )

with show.pairs():
    for at in active:
        course = at.published.only("period", "year_before", "active_cases")
        show.figure(
            trend.lines(course, words=words, y="active_cases"),
            published=course,
            heading=sentences.since(course, "active_cases", words=words, key="municipality.active"),
            key="municipality_active",
            at=at,
        )

    for at in money:
        funds = at.published.where(**at.chosen.here).only(*FUNDS, measures=("funds_by_stage", "remainder"))
        show.figure(
            bars.stages(funds, words=words, x="budget_year", y=("approved_eur", "paid_eur", "used_eur")),
            published=funds,
            heading=sentences.against_year_before(
                funds,
                "approved_eur",
                words=words,
                key="funds.approved",
                time="budget_year",
                **at.chosen.this_year,
            ),
            key="municipality_funds",
            note=words.t("municipality.funds_note"),
            at=at,
        )

    breakdowns.figures(of_people, key="municipality", top=8)
