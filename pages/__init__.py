"""What a reader sees. Who imports it serves it, so the settings learn here where the server is reached."""

from urllib.parse import urlsplit

import streamlit as st

from data.foundation import settings

# Without an address Streamlit listens on every one that the machine has.
settings.serve(
    st.get_option("server.address") or "*",
    *st.get_option("server.allowedHosts"),
    *([urlsplit(url).hostname or "*"] if (url := settings.url()) else []),
    *(urlsplit(origin).hostname or "*" for origin in st.get_option("server.corsAllowedOrigins")),
)
