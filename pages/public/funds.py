"""Fördermittel: what was planned, approved, paid and used, who got it, and what changed in 2025."""

import streamlit as st

from data.disclosure.published import is_number
from data.foundation import areas
from data.publish import ask
from pages.charts import bars, trend
from pages.figures import finest, sentences, show
from pages.reading import filters, language, notes, reader

STAGES = ("planned_eur", "applied_eur", "approved_eur", "paid_eur", "used_eur")
BESIDE = ("used_eur", "own_share_eur", "recovered_eur")
YEAR = ("area_code", "budget_year", "year_before")
SHARES = ("applied_share", "approved_share", "paid_share", "used_share")
PROGRAMMES = ("PIK Integrationsmanagement", "Soforthilfe Ukraine", "Digitale Unterstützung", "alle")

words = language.words()
left, right = st.columns(2)
with left:
    programme = filters.choose("programme", PROGRAMMES, PROGRAMMES[0])
with right:
    level = filters.choose("level", (areas.GEMEINDE, areas.KREIS), filters.chosen().recipient_level)
chosen = filters.chosen(programme=programme, level=level)

approved, arrived, drawn, cost, contributed = (
    finest.answer("funds/by_year", chosen, column, time="budget_year")
    for column in ("approved_eur", "used_share", "drawdown", "eur_per_post", "own_share_eur")
)
recipients = ask("funds/recipients", chosen, reader.audience())
change = ask("funds/change_2025", chosen, reader.audience())
kreise = ask("funds/kreise", chosen, reader.audience())
sources = ask("funds/published", chosen, reader.audience())

notes.funds_with_kreis(chosen)
for at in approved:
    stages = at.published.only(*YEAR, *STAGES, "remainder_eur", measures=("funds_by_stage", "remainder"))
    show.figure(
        bars.stages(stages.where(**at.chosen.here), words=words, x="budget_year", y=STAGES),
        published=stages,
        heading=sentences.against_year_before(
            stages,
            "approved_eur",
            words=words,
            key="funds.approved",
            time="budget_year",
            **at.chosen.this_year,
        ),
        key="funds_stages",
        note=words.t("funds.current_year"),
        at=at,
    )

seen = {each.chosen.area_code for each in approved}
others = [code for code in dict.fromkeys(stages.column("area_code")) if code not in seen]
with show.pairs():
    for code in others:
        of_other = stages.where(area_code=code)
        show.figure(
            bars.stages(of_other, words=words, x="budget_year", y=STAGES),
            published=of_other,
            heading=sentences.against_year_before(
                of_other,
                "approved_eur",
                words=words,
                key="funds.approved",
                time="budget_year",
                area_code=code,
                budget_year=chosen.budget_year,
            ),
            key=f"funds_stages_{code}",
            note=words.t("funds.current_year"),
        )

    at = arrived[-1]
    shares = at.published.where(budget_year=chosen.budget_year).only(
        "area_code", "planned_eur", *SHARES, measures=("funds_by_stage",)
    )
    show.figure(
        bars.stages(shares, words=words, x="area_code", y=SHARES),
        published=shares,
        heading=sentences.plainly(
            at.published, "used_share", words=words, key="funds.arrived", **at.chosen.this_year
        ),
        key="funds_arrived",
        note=words.t("funds.current_year"),
        at=at,
    )

    for at in drawn:
        answer = at.published.only(*YEAR, "drawdown", "use_rate", "remainder_eur")
        show.figure(
            trend.lines(answer, words=words, x="budget_year", y="drawdown", by="area_code"),
            published=answer,
            heading=sentences.plainly(
                answer, "drawdown", words=words, key="funds.drawdown", **at.chosen.this_year
            ),
            key="funds_drawdown",
            note=words.t("funds.current_year"),
            at=at,
        )

    for at in cost:
        answer = at.published.only(*YEAR, "eur_per_post", "eur_per_case")
        show.figure(
            trend.lines(answer, words=words, x="budget_year", y="eur_per_post", by="area_code"),
            published=answer,
            heading=sentences.plainly(
                answer, "eur_per_post", words=words, key="funds.per_post", **at.chosen.this_year
            ),
            key="funds_per_post",
            note=words.t("funds.no_cause"),
            at=at,
        )

    for at in contributed:
        answer = at.published.only(*YEAR, *BESIDE, measures=("own_share", "funds_by_stage"))
        own = answer.where(**at.chosen.here)
        # It is booked when a year is over: until then the last one with a figure is told.
        booked = [int(str(row["budget_year"])) for row in own if is_number(row["own_share_eur"])]
        newest = max(
            (year for year in booked if year <= (chosen.budget_year or year)), default=chosen.budget_year
        )
        show.figure(
            bars.stages(own, words=words, x="budget_year", y=BESIDE),
            published=answer,
            heading=sentences.plainly(
                own,
                "own_share_eur",
                words=words,
                key="funds.own_share",
                **at.chosen.here,
                budget_year=newest,
            ),
            key="funds_own_share",
            note=words.t("funds.current_year"),
            at=at,
        )

st.header(words.t("funds.recipients.heading"), anchor=False)
if chosen.area_code in recipients.column("area_code"):
    tied = any(recipients.where(**chosen.this_year).column("tied"))
    st.markdown(
        sentences.plainly(
            recipients,
            "rank",
            words=words,
            key="funds.shared_rank" if tied else "funds.rank",
            **chosen.this_year,
        )
    )
ranked = recipients.only(
    "rank",
    "area_code",
    "planned_eur",
    "applied_eur",
    "approved_eur",
    "paid_eur",
    "drawdown",
    "used_eur",
    "remainder_eur",
    "recovered_eur",
    "own_share_eur",
    "eur_per_post",
)
show.table(
    ranked,
    heading=sentences.largest(
        ranked,
        "approved_eur",
        words=words,
        key="funds.recipients",
        label="area_code",
        year=str(chosen.budget_year),
    ),
    key="funds_recipients",
    note=words.t("funds.current_year"),
)

st.header(words.t("funds.change.heading"), anchor=False)
st.markdown(words.t("funds.change.explained"))
show.figure(
    bars.ranked(change, words=words, x="area_code", y="change_2025"),
    published=change,
    heading=sentences.least(change, "change_2025", words=words, key="funds.change", label="area_code"),
    key="funds_change",
)

st.header(words.t("funds.kreise.heading"), anchor=False)
show.table(
    kreise,
    heading=words.t("funds.kreise.message"),
    key="funds_kreise",
    note=words.t("funds.current_year"),
)

st.header(words.t("funds.published.heading"), anchor=False)
show.table(sources, heading=words.t("funds.published.message"), key="funds_published")
