"""The minimal page behind the same middleware as ours."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from pages.server.browsers import Headers, OwnPages

app = st.App(
    "minimal_page.py",
    middleware=[
        Middleware(Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1"], www_redirect=False),
        Middleware(OwnPages, others=()),
        Middleware(GZipMiddleware, minimum_size=1000),
    ],
)
