"""Steuerung: what a head of department looks at on Monday, exact, for the areas of whoever looks."""

from functools import partial

import streamlit as st

from pages.figures import show
from pages.internal.desk import attention, deliveries, keyfigures, money, publication, scope, staffing
from pages.reading import language, tabs

t = language.words().t

with st.container(key="steering_area"):
    desk = scope.chosen()
if desk.is_outdated:
    st.warning(t("steering.outdated"))
else:
    show.message(*attention.message(desk))
    tabs.show(
        "steering",
        {
            "faelle": partial(attention.draw, desk),
            "stellen": partial(staffing.draw, desk),
            "geld": partial(money.draw, desk),
            "lieferungen": partial(deliveries.draw, desk),
            "veroeffentlichung": partial(publication.draw, desk),
            "kennzahlen": partial(keyfigures.draw, desk),
        },
    )
