"""Pictures of a release under its embargo, each with its address."""

from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from data.questions import figures
from pages.figures import downloads
from pages.files.addresses import EMBARGOED
from pages.named import every
from pages.text.words import Words


def draw_links(name: str, words: Words) -> None:
    """Those of the Land; other places by other parameters."""
    drawn = [
        each
        for each in figures.register().values()
        if each.has_picture and not every.recipe(each.name).grouped
    ]
    st.markdown(words.t("publishing.shelf.pictures_note"))
    query = urlencode({"release": name, "lang": words.lang})
    st.html(
        "".join(
            downloads.link(words.pick(each.title), f"{EMBARGOED}{each.name}.png?{query}") for each in drawn
        )
    )


def moment(at: datetime, words: Words) -> str:
    """Day and time of the clock here."""
    local = at.astimezone()
    return words.t("publishing.moment", date=words.date(local.date()), time=f"{local:%H:%M}")
