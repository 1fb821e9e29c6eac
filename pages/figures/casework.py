"""What is done for people, and how it ends: consultations, referrals, leaving and coming back."""

from dataclasses import dataclass

import streamlit as st

from data.disclosure.published import is_number
from data.questions.filters import Filters
from pages.charts import trend
from pages.figures import breakdowns, finest, sentences, show
from pages.figures.breakdowns import Kinds
from pages.figures.finest import Finest
from pages.reading import language

CONSULTATIONS = Kinds("caseload/consultation_kinds", "consultations", "counselling")
REFERRALS = Kinds("caseload/referral_services", "referrals", "counselling")
EXITS = Kinds("caseload/exits", "closed", "counselling", levels=finest.PERSONAL)
ABOUT = ("topic", "kind", "place", "channel")
ROW = ("area_code", "period", "without")


@dataclass(frozen=True)
class Answers:
    """All that the two sections show, asked before anything is drawn."""

    per_case: list[Finest]
    consultations: dict[str, list[Finest]]
    referrals: dict[str, list[Finest]]
    exits: dict[str, list[Finest]]
    reentries: list[Finest]

    @property
    def every(self) -> tuple[list[Finest], ...]:
        """Each of them, to say once where a Kreis stands in for a place."""
        parts = (self.consultations, self.referrals, self.exits)
        return (self.per_case, self.reentries, *(levels for part in parts for levels in part.values()))


def ask(chosen: Filters, quarterly: Filters) -> Answers:
    """Ask everything for these choices; `quarterly` for what no month has."""
    return Answers(
        per_case=finest.answer("caseload/consultations", chosen, "consultations_per_case"),
        consultations=breakdowns.ask(chosen, ABOUT, CONSULTATIONS),
        referrals=breakdowns.ask(chosen, ("service",), REFERRALS),
        exits=breakdowns.ask(chosen, ("reason",), EXITS),
        reentries=finest.answer("caseload/reentries", quarterly, "reentries", time=None),
    )


def draw(answers: Answers) -> None:
    """Both sections."""
    words = language.words()
    st.header(words.t("counselling.consultations.heading"), anchor=False)
    with show.pairs():
        for at in answers.per_case:
            answer = at.published.only(*ROW, "consultations", "counselled", "consultations_per_case")
            show.figure(
                trend.lines(answer, words=words, y="consultations_per_case", by="area_code"),
                published=answer,
                heading=sentences.plainly(
                    answer,
                    "consultations_per_case",
                    words=words,
                    key="counselling.consultations",
                    **at.chosen.now,
                ),
                key="caseload_consultations",
                note=words.t("counselling.consultations.note"),
                at=at,
            )
        breakdowns.figures(answers.consultations, key="caseload", top=14, kinds=CONSULTATIONS)
        breakdowns.figures(answers.referrals, key="caseload", top=9, kinds=REFERRALS)
    st.header(words.t("counselling.leaving.heading"), anchor=False)
    with show.pairs():
        breakdowns.figures(answers.exits, key="caseload", top=8, kinds=EXITS)
        for at in answers.reentries:
            answer = at.published
            show.figure(
                trend.lines(answer, words=words, y="reentries", by="area_code"),
                published=answer,
                heading=sentences.plainly(
                    answer, "reentries", words=words, key="counselling.reentries", **_newest(at)
                ),
                key="caseload_reentries",
                note=words.t("counselling.reentries.note"),
                at=at,
            )


def _newest(at: Finest) -> dict[str, str]:
    """The newest period of which the figure is shown, or the one that is chosen."""
    rows = at.published.where(**at.chosen.here)
    shown = [str(row["period"]) for row in rows if is_number(row["reentries"])]
    return {**at.chosen.here, "period": shown[-1] if shown else str(at.chosen.period)}
