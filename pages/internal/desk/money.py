"""Money by funding phase: drawn, spent, what would expire, and when the proof of its use is due."""

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from data.disclosure.published import Cell, Published, Role, is_number
from pages.charts import bars
from pages.figures import show
from pages.internal.desk.scope import Desk

STAGES = ("approved_eur", "paid_eur", "used_eur")


def draw(desk: Desk) -> None:
    """What the running phase comes to, the phases, and the days that are due."""
    words, t = desk.words, desk.words.t
    phases = desk.ask("money")
    running = [row for row in phases if row["runs"]]
    if running:
        for row in running:
            st.markdown(_message(desk, phases, row))
    else:
        st.info(t("steering.money.nothing", area=desk.area))
    if not phases:
        return
    _draw_due(desk, phases)
    each = desk.described("money", t("steering.money.heading", area=desk.area), phases)
    in_order = replace(phases, rows=phases.rows[::-1]).only("area_code", "period", *STAGES)
    chart = partial(bars.stages, in_order, words=words, x="period", y=STAGES)
    show.figure(replace(each, draw=chart, note=t("steering.money.note")))


def _message(desk: Desk, phases: Published, row: dict[str, Cell]) -> str:
    words, t = desk.words, desk.words.t

    def eur(name: str) -> str:
        return words.cell(row[name], name, Role.AMOUNT)

    def rounded(name: str) -> str:
        # A forecast is no more certain than that.
        return words.eur(round(float(row[name]), -3))  # type: ignore[arg-type]

    share = words.cell(row["drawdown"], "drawdown", phases.role("drawdown"))
    said = t(
        "steering.money.drawn",
        phase=words.period(str(row["period"])),
        approved=eur("approved_eur"),
        paid=eur("paid_eur"),
        used=eur("used_eur"),
        share=share,
    )
    if not is_number(row["expiring_eur"]):
        return said + " " + t("steering.money.no_pace")
    end = words.date(_end(row))
    if not row["expiring_most_eur"]:
        return said + " " + t("steering.money.none_expires", end=end)
    values = {name: rounded(f"expiring_{name}eur") for name in ("", "least_", "most_")}
    key = "expires" if values["least_"] != values["most_"] else "expires_at_one_pace"
    return (
        said
        + " "
        + t(f"steering.money.{key}", end=end, amount=values[""], least=values["least_"], most=values["most_"])
    )


def _end(row: dict[str, Cell]) -> date:
    due = row["proof_due_on"]
    return date(due.year - 1, 12, 31) if isinstance(due, date) else date.max


def _draw_due(desk: Desk, phases: Published) -> None:
    """When the proof of use of each phase is due, or was."""
    words, t = desk.words, desk.words.t
    lines = []
    for row in phases:
        due = row["proof_due_on"]
        if not isinstance(due, date):
            continue
        left = (due - date.today()).days
        lines.append(
            t(
                f"steering.money.due.{'coming' if left >= 0 else 'past'}",
                phase=words.period(str(row["period"])),
                day=words.date(due),
                days=words.number(abs(left)),
            )
        )
    st.subheader(t("steering.money.due.heading"), anchor=False)
    st.markdown("\n".join(f"- {each}" for each in lines[:2]))
