"""Who is signed in, on the page: their name, the way out, and which internal pages are theirs."""

from html import escape

import streamlit as st

from data.access.rights import PUBLIC, Entrance, Reader, Right
from data.foundation import settings
from pages.menu import INTERNAL, NEEDED, OPEN_ID_END, SIGN_IN
from pages.reading import reader
from pages.reading.language import chosen, words

LOOKS_EVERY_SECONDS = 15


def over(who: Reader) -> bool:
    """Whether this process lets nobody in without a sign-in, and nobody is signed in (any more)."""
    return who == PUBLIC and settings.from_environment().signs_in


def signed_out() -> None:
    """All that is left of a page whose session has ended: the way in."""
    t = words().t
    # Without it the menu of before stays.
    st.navigation([st.Page(lambda: None, title=words().heading, default=True)], position="hidden")
    st.html(f'<h1 data-lang="{chosen()}">{escape(words().heading)}</h1>')
    st.warning(t("signin.ended"))
    where = settings.from_environment()
    st.html(f'<p><a href="{where.base}{SIGN_IN}?lang={chosen()}" target="_self">{t("signin.again")}</a></p>')
    if where.open_id:
        house = escape(where.open_id.name or t("signin.openid.house"))
        too = t("signin.provider_too", house=house)
        st.html(f'<p><a href="{where.base}{OPEN_ID_END}?lang={chosen()}" target="_self">{too}</a></p>')


def button(who: Reader) -> None:
    """Who is signed in, and the way out. A page that nobody clicks on is emptied when its session ends."""
    if not who.session:
        return
    t = words().t
    st.button(
        t("signin.sign_out"),
        key="sign_out",
        type="tertiary",
        icon=":material/logout:",
        help=t("signin.signed_in", name=who.name),
        on_click=reader.sign_out,
    )
    _look()


def pages_of(who: Reader) -> dict[str, str]:
    """The internal pages that somebody may open, as the menu has them."""
    if who.entrance is Entrance.PUBLIC:
        return {}
    return {file: path for file, path in INTERNAL.items() if who.may(NEEDED[path])}


def needed(path: str) -> Right:
    """The right without which an internal page stays closed."""
    return NEEDED[path]


@st.fragment(run_every=LOOKS_EVERY_SECONDS)
def _look() -> None:
    """Signed out in another tab, locked, or idle for too long: then the whole page is drawn anew."""
    if reader.person() == PUBLIC:
        st.rerun()
