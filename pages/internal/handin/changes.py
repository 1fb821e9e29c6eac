"""What a delivery changes: key figures before and after, by municipality, cases, odd jumps."""

from decimal import Decimal

import streamlit as st

from data.deliveries.handin.comparison import Change, Comparison
from pages.figures import tables
from pages.reading import language
from pages.text.words import Words

ROWS = 30


def draw(comparison: Comparison) -> None:
    """The whole comparison, the odd ones first."""
    words = language.words()
    t = words.t
    if comparison.before is None:
        st.info(t("handin.changes.first"))
    else:
        dates = words.date(comparison.before.reporting_date), words.date(comparison.after.reporting_date)
        st.caption(t("handin.changes.between", before=dates[0], after=dates[1]))
    if not comparison.becomes_current:
        st.warning(t("handin.changes.older"))
    cases = comparison.cases
    numbers = {name: words.number(getattr(cases, name)) for name in ("new", "gone", "changed", "same")}
    st.markdown(t("handin.changes.cases", **numbers))
    for jump in comparison.jumps:
        ratio = words.change(jump.ratio) if jump.ratio is not None else "–"
        st.warning(t("handin.changes.jump", name=_name(jump.name, words), ratio=ratio))
    _table(comparison.figures, t("handin.changes.figures"), "handin_figures", words)
    moved = sorted(comparison.municipalities, key=lambda one: abs(one.difference or Decimal(0)), reverse=True)
    with st.expander(t("handin.changes.municipalities", count=words.number(len(moved))), key="handin_places"):
        _table(moved[:ROWS], t("handin.changes.by_place"), "handin_moved", words)
        if len(moved) > ROWS:
            st.caption(t("handin.changes.largest", shown=words.number(ROWS)))


def _table(changes: tuple[Change, ...] | list[Change], heading: str, key: str, words: Words) -> None:
    headings = [words.t(f"handin.changes.{name}") for name in ("name", "before", "after", "difference")]
    rows = [
        [
            _name(one.name, words),
            *(_number(cell, one, words) for cell in (one.before, one.after, one.difference)),
        ]
        for one in changes
    ]
    # Of the figures each is counted in a unit of its own; places are compared by one.
    fixed = () if key == "handin_moved" else range(len(headings))
    tables.grid(headings, rows, key=key, alt=heading, right=(1, 2, 3), fixed=fixed)


def _name(name: str, words: Words) -> str:
    if name.isdigit():
        return words.area(name)
    figure, _, stage = name.partition(":")
    return words.t(f"handin.figure.{figure}", stage=words.category(stage) if stage else "")


def _number(cell: Decimal | None, change: Change, words: Words) -> str:
    if cell is None:
        return "."
    if change.name.startswith("funds_eur"):
        return words.eur(cell)
    return words.number(cell, 2 if change.name.endswith("vzae") else 0)
