"""Gemeinde: one place on one page, beside its Kreis and the Land, to be printed for a council."""

import streamlit as st

from data.publish import Audience, ask
from pages.parts import beside, filters, language, notes, people, place, say, show
from pages.parts.charts import bars, trend

BREAKDOWNS = ("age_group", "residence_status")
SHOWN = (
    "active_cases",
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

profile = ask("municipality/profile", chosen, Audience.PUBLIC)
key_figures = ask("overview/key_figures", chosen, Audience.PUBLIC)
money = ask("funds/by_year", chosen, Audience.PUBLIC)
of_people = ask("caseload/people", chosen, Audience.PUBLIC)

st.header(words.area(chosen.area_code), anchor=False)
show.message(
    say.against_year_before(key_figures, "active_cases", words=words, key="caseload.active", **chosen.now)
)
st.caption(
    words.t(
        "municipality.beside", places=" · ".join(words.area(code) for code in place.above(chosen.area_code))
    )
)

notes.funds_with_kreis(chosen)
beside.table(
    profile.where(period=chosen.period).only("area_code", *SHOWN),
    by="area_code",
    heading=words.t("municipality.compared", period=words.period(str(chosen.period))),
    key="municipality_compared",
    note=words.t("municipality.partial"),
)

with show.pairs():
    active = key_figures.only("period", "year_before", "active_cases")
    show.figure(
        trend.lines(active, words=words, y="active_cases"),
        published=active,
        heading=say.since(active, "active_cases", words=words, key="municipality.active"),
        key="municipality_active",
    )

    funds = money.where(area_code=chosen.area_code).only(
        "area_code",
        "budget_year",
        "year_before",
        "planned_eur",
        "approved_eur",
        "paid_eur",
        "used_eur",
        "remainder_eur",
        measures=("funds_by_stage", "remainder"),
    )
    show.figure(
        bars.stages(funds, words=words, x="budget_year", y=("approved_eur", "paid_eur", "used_eur")),
        published=funds,
        heading=say.against_year_before(
            funds,
            "approved_eur",
            words=words,
            key="funds.approved",
            time="budget_year",
            area_code=chosen.area_code,
            budget_year=chosen.budget_year,
        ),
        key="municipality_funds",
        note=words.t("municipality.funds_note"),
    )

    people.figures(of_people, BREAKDOWNS, key="municipality", top=8)
