"""Fördermittel: what was planned, approved, paid and used, who got it, and what changed in 2025."""

import streamlit as st

from data.foundation import land
from data.questions.filters import Filters
from pages.figures import show
from pages.figures.wanted import Wanted
from pages.named import funds, shown
from pages.reading import language, notes, tabs

words = language.words()


def _wanted(level: str = Filters.level) -> Wanted:
    """The choices of this page; the headline is never of a year that is still running."""
    programme = shown.choose("programme", funds.programme(shown.wanted()))
    return shown.wanted(programme=programme, level=level).of_full_year()


def years() -> None:
    """Planned, applied for, approved, paid and used, year by year; the comparison and the Land beside it."""
    wanted = _wanted()
    with show.pairs():
        shown.draw("funds_stages", wanted)
    notes.funds_with_kreis(wanted.chosen)


def use() -> None:
    """What arrived of what was planned, what was drawn down, and what is left."""
    wanted = _wanted()
    with show.pairs():
        shown.figures(("funds_arrived", "funds_drawdown"), wanted)
    notes.funds_with_kreis(wanted.chosen)


def costs() -> None:
    """What a post cost, and what was added and recovered."""
    wanted = _wanted()
    with show.pairs():
        if funds.has_posts(wanted):
            shown.draw("funds_per_post", wanted)
        else:
            st.info(words.t("funds.per_post.other", programme=words.category(land.own().main)))
        shown.draw("funds_own_share", wanted)
    notes.funds_with_kreis(wanted.chosen)


def recipients() -> None:
    """Who received how much, with rank, and what became of it."""
    left, right = st.columns(2)
    with right:
        level = shown.choose("level", funds.received(shown.wanted()))
    with left:
        wanted = _wanted(level=level)
    if rank := funds.rank(wanted):
        st.markdown(rank)
    shown.draw("funds_recipients", wanted)


def kreise() -> None:
    """Every Kreis with its municipalities, year by year."""
    shown.draw("funds_kreise", _wanted())


def change() -> None:
    """What the rule of 2025 changed, Kreis by Kreis."""
    shown.draw("funds_change", shown.wanted())


def sources() -> None:
    """Amounts that are published, each with its source."""
    shown.draw("funds_published", shown.wanted())


tabs.show(
    "funds",
    {
        "jahre": years,
        "verwendung": use,
        "kosten": costs,
        "empfaenger": recipients,
        "kreise": kreise,
        "veraenderung": change,
        "quellen": sources,
    },
)
