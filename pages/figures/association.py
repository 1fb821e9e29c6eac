"""The association of a municipality on its page, and the members of an association on the page of that."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from data.foundation import areas
from data.questions.filters import Filters
from pages.figures import finest, tiles
from pages.figures.finest import Finest
from pages.reading import filters, language
from pages.text.words import plain

TILES = ("active_cases", "plan_rate", "attainment_in_12")


def ask(chosen: Filters) -> dict[str, list[Finest]]:
    """The figures of the association that the chosen municipality is in, by column; none if it is in none."""
    code = areas.above(chosen.area_code, areas.ASSOCIATION)
    if code is None:
        return {}
    # Beside itself it needs no comparison.
    its = replace(chosen, area_code=code, compare=None if chosen.compare == code else chosen.compare)
    return {column: finest.answer("overview/key_figures", its, column) for column in TILES}


def draw(chosen: Filters, figures: dict[str, list[Finest]]) -> None:
    """Of a municipality its association, with figures and a way there; of an association its members."""
    words = language.words()
    code = areas.within(chosen.area_code, areas.ASSOCIATION)
    if code is None:
        return
    members = sorted(areas.inside(code, areas.GEMEINDE), key=words.area)
    if code == chosen.area_code:
        st.header(words.t("municipality.association.members", count=words.number(len(members))), anchor=False)
        st.markdown(words.t("municipality.association.choose"))
        _ways({member: words.area(member) for member in members})
        return
    name = words.area(code).removeprefix("Verwaltungsgemeinschaft ")  # the heading says it already
    st.header(plain(words.t("municipality.association.yours", name=name)), anchor=False)
    others = [words.area(member) for member in members if member != chosen.area_code]
    kind = "verband" if areas.register()[code].kind == "Gemeindeverwaltungsverband" else "agreed"
    st.markdown(
        plain(
            words.t(
                f"municipality.association.{kind}",
                place=words.area(chosen.area_code),
                others=words.listed(others),
            )
        )
    )
    tiles.draw(
        tiles.key_figure(found[-1], column, key=f"association_{column}") for column, found in figures.items()
    )
    _ways({code: words.t("municipality.association.open", label=words.area(code))})


def _ways(labels: Mapping[str, str]) -> None:
    """Buttons that choose another area, by its code."""
    with st.container(key="association_ways", horizontal=True):
        for code, label in labels.items():
            st.button(plain(label), key=f"association_{code}", on_click=filters.select_area, args=(code,))
