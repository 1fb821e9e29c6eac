"""Round every page: language, filters, menu, and the notes that no page may forget."""

from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data import publish
from data.access.rights import Reader
from data.foundation import settings
from data.foundation.errors import DashboardError
from pages.figures.browser import scripts
from pages.groupings import views
from pages.menu import INTERNAL, LEGAL, MENU, TAKES_FILES
from pages.named import shown
from pages.reading import address, filters, head, language, notes, reader, released, tabs
from pages.work import signed_in


def whole(me: Reader) -> None:
    """The page that the address names, with all that stands round it.

    It ends by returning: after `st.stop()` Streamlit keeps the parts of the page before that draw themselves
    anew, and one that does so into a shorter page breaks it in the browser.
    """
    t = language.words().t
    page = st.navigation(
        [
            st.Page(
                f"{file}.py",
                title=t(f"frame.menu.{file.split('/')[1]}"),
                url_path=path,
                default=not path,
                visibility="hidden" if file in LEGAL else "visible",
            )
            for file, path in (MENU | LEGAL | signed_in.pages_of(me)).items()
        ],
        position="top",
    )
    st.set_page_config(page_title=t("frame.title", page=page.title, heading=language.words().heading))

    in_menu = page.url_path not in LEGAL.values()
    if me.session:
        with st.container(key="head", horizontal=True, vertical_alignment="center"):
            head.draw(page.title, scripts.told(language.words()), named=in_menu)
            signed_in.button(me)
        if page.url_path != TAKES_FILES:
            signed_in.put_down()
    else:
        head.draw(page.title, scripts.told(language.words()), named=in_menu)

    if page.url_path in INTERNAL.values():
        notes.inside(page.run, me, signed_in.needed(page.url_path))
        notes.footer(inside=True)
        return

    if page.url_path in LEGAL.values():
        notes.guarded(page.run)
        notes.footer()
        return

    with publish.one_list():
        of_figures(page)


def of_figures(page: StreamlitPage) -> None:
    """A page of figures below its head."""
    try:
        edition = reader.begin()
    except DashboardError:
        notes.no_figures()
        return

    released.which(edition)
    notes.withdrawn(reader.withdrawn(), edition.version)
    shown.cited_here()
    notes.synthetic(edition)
    filters.boxes()
    paper = st.container(key="printed")
    released.state(edition, page.url_path)
    notes.unknown(filters.unknown(), filters.chosen())
    notes.quarter_instead(filters.month_asked(), filters.chosen())
    notes.beside(page.url_path, filters.beside(), filters.chosen())
    notes.unknown_page(str(st.query_params.get("page", "")))
    notes.guarded(views.instead(page.url_path, page.run))
    # Only now it is known what the page has chosen by itself.
    with paper:
        said = filters.printed(page.url_path) + released.printed(edition) + notes.of_all()
        st.html(f'<div class="on-paper">{said}</div>')
    notes.footer()


def run() -> None:
    """One run, from the address to the foot of the page."""
    st.set_page_config(layout="wide", page_icon=head.SIGN)
    address.begin()
    address.bind(*filters.SHARED, tabs.NAME)
    me = reader.person(used=True)
    if signed_in.over(me):
        signed_in.signed_out()
    else:
        notes.whole(partial(whole, me))


with settings.read_once(), address.one_run():
    run()
