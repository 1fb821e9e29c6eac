"""Who is signed in, on the page: their name, the way out, and which internal pages are theirs."""

from html import escape

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.access.rights import PUBLIC, Entrance, Reader, Right
from data.foundation import settings
from pages.menu import INTERNAL, NEEDED, OPEN_ID_END, SIGN_IN
from pages.reading import reader
from pages.reading.language import chosen, words

LOOKS_EVERY_SECONDS = 15


def put_down() -> None:
    """Keep no file any more that was chosen on this page: it was handed on, left, or its session has ended.

    Streamlit would keep each until its browser takes it back or goes.
    """
    page = get_script_run_ctx()
    manager = page.uploaded_file_mgr if page else None
    if page and isinstance(manager, MemoryUploadedFileManager):
        manager.remove_session_files(page.session_id)


def over(who: Reader) -> bool:
    """Whether this process lets nobody in without a sign-in, and nobody is signed in (any more)."""
    return who == PUBLIC and settings.from_environment().signs_in


def signed_out() -> None:
    """All that is left of a page whose session has ended: the way in."""
    t = words().t
    put_down()
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
    """Who is signed in, and the way out. A page that nobody clicks on is emptied when its session ends, and
    of what is theirs no more when their rights change.
    """
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
    _look(who)


def pages_of(who: Reader) -> dict[str, str]:
    """The internal pages that somebody may open, as the menu has them."""
    if who.entrance is Entrance.PUBLIC:
        return {}
    return {file: path for file, path in INTERNAL.items() if who.may(NEEDED[path])}


def needed(path: str) -> Right:
    """The right without which an internal page stays closed."""
    return NEEDED[path]


@st.fragment(run_every=LOOKS_EVERY_SECONDS)
def _look(drawn_for: Reader) -> None:
    """Signed out in another tab, locked, idle for too long, or with other rights than those that the page was
    drawn for: then the whole page is drawn anew.
    """
    if reader.person() != drawn_for:
        st.rerun()
