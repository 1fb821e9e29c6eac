"""The minimal page behind the same middleware as ours."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from pages.lasting.beginning import Beginning
from pages.server.browsers import Headers
from pages.server.reached import Names, OwnNames

app = st.App(
    "minimal_page.py",
    middleware=[
        Middleware(Headers),
        Middleware(OwnNames, names=Names.of("", (), ())),
        Middleware(GZipMiddleware, minimum_size=1000),
        Middleware(
            Beginning,
            known=[""],
            needed=("PlotlyChart", "BidiComponent", "TextInput", "Selectbox", "PageLink", "Html"),
        ),
    ],
)
