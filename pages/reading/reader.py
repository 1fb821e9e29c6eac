"""Who reads, and which figures: exact ones where they are open, else the release that the address names."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from data import publish
from data.access.rights import PUBLIC, Reader, Right
from data.disclosure.published import Edition
from data.foundation import settings
from data.foundation.settings import Settings
from data.releases.notices import Notice
from pages.reading import address

SESSION = "session"
# In a session: the release that its page was opened with, and one that was withdrawn meanwhile.
OPENED, LEFT = "opened_with", "opened_with_gone"


def begin() -> Edition:
    """Decide for this run, so that no page mixes two kinds or two versions of figures. Raises NoFiguresError.

    Exact figures need somebody who may read them, and no release in the address. A release that is not
    known, or not open yet, is the newest. An open page stays with the release that was the newest when it was
    opened, unless that is withdrawn: what is clicked one after the other belongs together.
    """
    who = person()
    exact = not address.read("release") and publish.exact_is_open(who)
    chosen = who if exact else PUBLIC
    edition = publish.edition(chosen, None if exact else named() or _opened_with())
    if not exact and not named():
        st.session_state[OPENED] = edition.version
    st.session_state["audience"] = chosen
    st.session_state["edition"] = edition.version
    st.session_state["newest"] = edition.period
    address.forget()
    return edition


def _opened_with() -> str | None:
    """The release that this page was opened with, while readers may see it."""
    found = st.session_state.get(OPENED)
    if found in {each.name for each in publish.releases()}:
        return str(found)
    if found:
        st.session_state[LEFT] = found
    return None


def go_on(release: str) -> None:
    """Go on with this release, or with the newest where it is empty. Only in a callback."""
    st.session_state.pop(OPENED, None)
    address.write("release", release)


def audience() -> Reader:
    """As whom this run asks. Whoever has not been told apart is the public."""
    found = address.once("audience", lambda: st.session_state.get("audience"))
    return found if isinstance(found, Reader) else PUBLIC


def version() -> str | None:
    """The edition that this run is of."""
    return address.once("edition", lambda: st.session_state.get("edition"))


def sign_out() -> None:
    """End the session of this reader, in every tab. Only in a callback."""
    chosen = settings.from_environment()
    if chosen.signs_in:
        from data.access import audit, sessions

        audit.note(chosen, person().name, "sign out", address=st.context.ip_address or "")
        sessions.end(chosen, _token(chosen))


def taking() -> Callable[[str], None]:
    """What is to be done when whoever looks takes a file of exact figures away: ask whether they still may,
    and write it down. The file is made later, where nobody can be asked who they are, so that is done here.
    """
    who, address_of = person(), st.context.ip_address or ""

    def take(name: str) -> None:
        chosen = publish.inside(who, Right.READ)
        if who.session:
            from data.access import audit

            audit.note(chosen, who.name, "export", name, address=address_of)

    return take


def person(*, used: bool = False) -> Reader:
    """Who looks at this page: who is signed in, else the public.

    The store is asked each time: who signed out in another tab is nobody here. `used`: by a click, so that
    the session goes on.
    """
    chosen = settings.from_environment()
    if chosen.signs_in:
        # Read here alone: a process for the public knows no accounts.
        from data.access import sessions

        found = sessions.of(chosen, _token(chosen), used=used)
        return replace(found, address=st.context.ip_address or "") if found else PUBLIC
    return PUBLIC


def named() -> str | None:
    """The release that the address names, if readers may see it."""
    wanted = address.read("release")
    return wanted if wanted in {each.name for each in publish.releases()} else None


def notice(name: str) -> Notice | None:
    """What readers are told of a release; None for exact figures."""
    return next((each for each in publish.releases() if each.name == name), None)


def withdrawn() -> Notice | None:
    """The release that the address names, or that the page was opened with, if it was withdrawn."""
    wanted = address.read("release") or st.session_state.get(LEFT)
    return next((each for each in publish.withdrawn() if each.name == wanted), None) if wanted else None


def newest() -> Notice | None:
    """The release that serves; None before the first."""
    every = publish.releases()
    return every[-1] if every else None


def address_of_newest() -> str:
    """What the address must say to show the newest release: its name only where exact figures are open."""
    found = newest()
    return found.name if found and publish.exact_is_open(person()) else ""


def smallest_shown() -> int:
    """The smallest count that the release in use shows; that of the newest one beside exact figures."""
    found = _released()
    return found.shown_from if found else Edition.shown_from


def cookie(chosen: Settings, of: str = SESSION) -> str:
    """The name of a cookie: one that browsers take from no other host and no insecure page, where readers
    come by TLS. Installations below several paths of one host have each their own.
    """
    name = of + chosen.base.replace("/", "-")
    return f"__Host-{name}" if chosen.secure else name


def _token(chosen: Settings) -> str:
    return st.context.cookies.get(cookie(chosen), "")


def _released() -> Edition | None:
    try:
        return publish.edition(PUBLIC, version() if audience() == PUBLIC else None)
    except publish.NoFiguresError:
        return None
