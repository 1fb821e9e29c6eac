"""The sentences round the figures: demonstration data, state, unknown choices, what went wrong."""

import logging
import secrets
from collections.abc import Callable, Sequence

import streamlit as st

from data import publish
from data.access.rights import PUBLIC, Reader, Right
from data.disclosure.published import Edition
from data.foundation import areas, settings
from data.questions.filters import Filters
from data.releases.notices import Notice
from pages.menu import LEGAL, MENU, METHODS, PLACE
from pages.reading import head, reader
from pages.reading.filters import Unknown
from pages.reading.language import words
from pages.text import markup
from pages.text.legal import statements
from pages.text.words import Words, plain, spoken

_LOG = logging.getLogger("dashboard")
AGAIN = "begun_again"  # in a session: a page lost its figures while it was put together


def synthetic(edition: Edition) -> None:
    """On every page while any figure is made up."""
    if edition.synthetic:
        st.html(f'<div class="synthetic">{markup.block(words().t("notes.synthetic"))}</div>')


def unknown(choices: list[Unknown], shown: Filters) -> None:
    """What in the address was not known, and what is shown instead."""
    w = words()
    instead = {
        "area_code": w.area(shown.area_code),
        "grouping": w.area(shown.area_code),
        "period": w.period(shown.period or ""),
        "compare": w.t("notes.no_comparison"),
        "lang": w.t("notes.this_language"),
        "release": shown.edition or "",
    }
    lines = []
    for choice in choices:
        value, name = plain(choice.value[:40]), choice.name
        lines.append(w.t(f"notes.unknown.{name}", value=value, instead=plain(instead[name])))
    if lines:
        st.warning("  \n".join(lines))


def beside(path: str, others: Sequence[str], shown: Filters) -> None:
    """Which of several places to compare with stand on this page, and where all of them do."""
    alone = others == (shown.compare,) and not shown.grouping
    if path in (MENU[PLACE], MENU[METHODS]) or not others or alone:
        return
    w, known = words(), shown.compare and not shown.grouping
    if known:
        st.caption(plain(w.t("municipality.side.elsewhere", area=w.area(str(shown.compare)))))
    else:
        st.caption(w.t("municipality.side.nowhere"))


def withdrawn(gone: Notice | None, shown: str) -> None:
    """Why the release in the address is not shown, and which one is."""
    if gone and gone.withdrawn:
        said = withdrawal(gone, words())
        st.warning(f"{said} {words().t('notes.withdrawn.instead', newest=plain(shown))}")


def withdrawal(gone: Notice, w: Words) -> str:
    """When a release was withdrawn and why, as Markdown that does nothing."""
    if gone.withdrawn is None:
        return ""
    return w.t(
        "notes.withdrawn.text",
        name=plain(gone.name),
        on=w.date(gone.withdrawn.at.astimezone().date()),
        reason=plain(gone.withdrawn.reason),
    )


def unknown_page(name: str) -> None:
    """An address that led here because it is no page."""
    if name:
        st.warning(words().t("notes.unknown_page", name=plain(name[:40])))


def quarter_instead(month: str | None, shown: Filters) -> None:
    """Why a month was asked for and its quarter is shown."""
    if month:
        w = words()
        st.info(w.t("notes.quarter_instead", month=w.period(month), quarter=w.period(shown.period or "")))


def funds_with_kreis(shown: Filters) -> None:
    """Why a municipality has no money and few posts of its own since 2025, and where they are."""
    if shown.kreis_holds_funds:
        w = words()
        st.info(
            w.t(
                "notes.funds_with_kreis",
                place=plain(w.area(shown.area_code)),
                kreis=plain(w.area(areas.within(shown.area_code, areas.KREIS) or areas.LAND)),
            )
        )


def no_figures() -> None:
    """Before the first build."""
    t = words().t
    st.header(t("notes.no_figures.heading"))
    if gone := publish.withdrawn():
        st.markdown(withdrawal(gone[-1], words()))
        return
    st.markdown(t("notes.no_figures.text"))


def inside(run: Callable[[], None], who: Reader, right: Right) -> None:
    """Run an internal page for somebody who may do what it is for."""
    if door := publish.closed(who, right):
        closed(door)
        return
    st.caption(words().t(f"notes.store.{publish.store_is()}"))
    guarded(run)


def closed(door: publish.Door) -> None:
    """Why the inside is closed, and what to do instead."""
    st.info(words().t(f"notes.closed.{door.value}"))


def whole(run: Callable[[], None]) -> None:
    """Run all of a page of one edition. If that is withdrawn meanwhile, it begins again, of what readers see
    then; once, so that nothing that lacks figures for good goes round for ever.
    """
    try:
        run()
    except publish.NoFiguresError as error:
        if st.session_state.get(AGAIN):
            failed(error)
            return
        st.session_state[AGAIN] = True
        st.rerun()
    st.session_state.pop(AGAIN, None)


def guarded(run: Callable[[], None]) -> None:
    """Run a page; what nobody foresaw becomes a sentence. Raises NoFiguresError the first time (`whole`)."""
    try:
        run()
    except Exception as error:
        if isinstance(error, publish.NoFiguresError) and not st.session_state.get(AGAIN):
            raise
        failed(error)


def failed(error: Exception) -> bool:
    """An error that nobody foresaw: a sentence for the reader, everything else for the log.

    The inside may close while somebody looks at it; that is foreseen. True tells Streamlit that the reader
    has been told.
    """
    if isinstance(error, publish.InternalClosedError):
        closed(error.door)
        return True
    reference = secrets.token_hex(3).upper()
    _LOG.error("reference %s: a page failed", reference, exc_info=error)
    st.error(words().t("notes.failed", reference=reference))
    return True


def statement(name: str) -> None:
    """A text of the installation, with what readers have to know of it: a model, of a demonstration, not
    complete, in another language.
    """
    w = words()
    shown = statements.statement(name, w.lang)
    if shown.is_model and publish.is_demonstration():
        with st.container(key="model"):
            st.markdown(w.t("notes.legal.demonstration"))
    elif shown.is_model or shown.blanks:
        st.warning(w.t("notes.legal.missing"))
    if shown.lang != w.lang:
        st.caption(w.t("notes.legal.only_german"))
    st.html(f'<article lang="{shown.lang}">{shown.html}</article>')


def footer(*, inside: bool = False) -> None:
    """`of_all` and the ways to the legal pages, below a page."""
    t = words().t
    links = "".join(head.link(path, t(f"frame.menu.{file.split('/')[1]}")) for file, path in LEGAL.items())
    st.html(f'<div class="footer">{of_all(inside=inside)}<nav class="legal">{links}</nav></div>')


def of_all(*, inside: bool = False) -> str:
    """Where the figures come from, how they may be used, and who says so, as HTML. `inside`: the page is
    internal.
    """
    t = words().t
    exact = inside or reader.audience() != PUBLIC
    lacking = statements.open_points() and not (
        settings.from_environment().only_from_here or publish.is_demonstration()
    )
    said = ["footer.source", "footer.exact" if exact else "footer.licence", "footer.cause"]
    lines = [t(f"notes.{each}") for each in [*said, *["legal.lacking"] * bool(lacking)]]
    if since := publish.behind():
        local = since.astimezone()
        lines.append(t("notes.footer.copy", on=words().date(local.date()), at=f"{local:%H:%M}"))
    return markup.block("\n\n".join(lines))


def unsaid() -> tuple[str, ...]:
    """What is to be said to the operator when the server starts: which texts the law asks for are missing or
    not filled in. Nothing on a server that only its own machine reaches, or while all that it shows is made
    up.
    """
    if settings.from_environment().only_from_here or publish.is_demonstration():
        return ()
    if not (found := statements.open_points(tuple(spoken()))):
        return ()
    head = (
        "Readers can't see who is responsible for this dashboard (README: imprint, privacy, accessibility)."
    )
    return (head, *found)
