"""What stood on a page of a release is sent again as it was: put together once, for all readers.

Streamlit alone can send elements again, so this is the one place that lets it keep something. It counts
entries and not bytes, so no entry is larger than `LARGEST`. Only what is `known` (`workedout.known`) is kept:
no exact figure is, and nothing with a widget, which belongs to a session.
"""

from collections.abc import Callable

import streamlit as st

MOST, LARGEST = 800, 64_000  # figures, and bytes of the chart in each: 51 MB at most
SMALL = 4_000  # of texts and tiles, some kB each: 16 MB


def chart(known: str | None, draw: Callable[[], int]) -> None:
    """Put on the page what `draw` puts there; it returns how many bytes it is about."""
    if known is None:
        draw()
    elif _chart(known, draw) > LARGEST:
        _chart.clear(known)


def texts(known: str | None, draw: Callable[[], None]) -> None:
    """The same for what is never large."""
    if known is None:
        draw()
    else:
        _texts(known, draw)


@st.cache_resource(show_spinner=False, max_entries=MOST)
def _chart(known: str, _draw: Callable[[], int]) -> int:
    return _draw()


@st.cache_resource(show_spinner=False, max_entries=SMALL)
def _texts(known: str, _draw: Callable[[], None]) -> None:
    _draw()
