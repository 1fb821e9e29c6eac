"""Who reads, and which figures: exact ones where they are open, else the release that the address names."""

import streamlit as st

from data import publish
from data.disclosure.published import Edition
from data.publish import Audience
from data.releases.notices import Notice
from pages.reading import address


def begin() -> Edition:
    """Decide for this run, so that no page mixes two kinds or two versions of figures. Raises NoFiguresError.

    Exact figures need the setting, a store with nothing but demonstration data, and no release in the
    address. A release that is not known, or not open yet, is the newest.
    """
    exact = not address.read("release") and publish.exact_is_open()
    chosen = Audience.INTERNAL if exact else Audience.PUBLIC
    edition = publish.edition(chosen, None if exact else named())
    st.session_state["audience"] = chosen
    st.session_state["edition"] = edition.version
    st.session_state["newest"] = edition.period
    return edition


def audience() -> Audience:
    """Who asks in this run. Whoever has not been told apart is the public."""
    found = st.session_state.get("audience")
    return found if isinstance(found, Audience) else Audience.PUBLIC


def only_made_up() -> bool:
    """Whether all that readers may see is made up: a demonstration's texts will do. Not without figures."""
    found = _released()
    return found is not None and found.only_synthetic


def named() -> str | None:
    """The release that the address names, if readers may see it."""
    wanted = address.read("release")
    return wanted if wanted in {each.name for each in publish.releases()} else None


def notice(name: str) -> Notice | None:
    """What readers are told of a release; None for exact figures."""
    return next((each for each in publish.releases() if each.name == name), None)


def newest() -> Notice | None:
    """The release that serves; None before the first."""
    every = publish.releases()
    return every[-1] if every else None


def address_of_newest() -> str:
    """What the address must say to show the newest release: its name only where exact figures are open."""
    found = newest()
    return found.name if found and publish.exact_is_open() else ""


def smallest_shown() -> int:
    """The smallest count that the release in use shows; that of the newest one beside exact figures."""
    found = _released()
    return found.shown_from if found else Edition.shown_from


def _released() -> Edition | None:
    try:
        return publish.edition(Audience.PUBLIC, named() if audience() is Audience.PUBLIC else None)
    except publish.NoFiguresError:
        return None
