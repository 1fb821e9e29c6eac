"""Konten: who may sign in and for what; invite, change rights, lock, reset, remove."""

import streamlit as st

from data.access.accounts import Account
from data.access.rights import EVERY_SENDER, WITHOUT_SCOPE, Grant, Right
from data.foundation import areas
from data.foundation.errors import DashboardError
from pages.figures import tables
from pages.reading import language
from pages.text.words import plain
from pages.work import accounting

SAID, CHOSEN, NAME = "members_said", "members_chosen", "members_name"
# Areas whose exact figures an office answers for; a single municipality is one of its Kreis.
LEVELS = ("land", "regierungsbezirk", "kreis")

words = language.words()
t = words.t


def _say(kind: str, text: str, address: str = "") -> None:
    st.session_state[SAID] = (kind, text, address)


def _draw_said() -> None:
    """What came of the last click, once: the address of an invitation is shown to nobody again."""
    kind, text, address = st.session_state.pop(SAID, ("", "", ""))
    if kind:
        {"error": st.error, "success": st.success}[kind](text)
    if address:
        st.code(address, language=None)
        st.caption(t("members.invitation"))


def _rights(key: str, held: frozenset[Grant] = frozenset()) -> None:
    """The fields in which rights are given; `held` are those of now."""
    scopes = {right: sorted(each.scope for each in held if each.right is right) for right in Right}
    offered = [code for code, area in areas.register().items() if area.level in LEVELS]
    st.multiselect(
        t("members.read"),
        [*offered, *(code for code in scopes[Right.READ] if code not in offered)],
        default=scopes[Right.READ],
        format_func=words.area,
        key=f"{key}_read",
        help=t("members.read_help"),
        placeholder=t("members.none_chosen"),
    )
    st.text_input(
        t("members.send"),
        value=" ".join(scopes[Right.SEND]),
        key=f"{key}_send",
        max_chars=400,
        help=t("members.send_help", all=EVERY_SENDER),
    )
    with st.container(horizontal=True):
        for right in WITHOUT_SCOPE:
            st.checkbox(t(f"members.{right.value}"), value=bool(scopes[right]), key=f"{key}_{right.value}")


def _given(key: str) -> list[tuple[str, str]]:
    state = st.session_state
    found = [("read", code) for code in state.get(f"{key}_read", ())]
    found += [("send", sender) for sender in str(state.get(f"{key}_send") or "").replace(",", " ").split()]
    return found + [(each.value, "") for each in WITHOUT_SCOPE if state.get(f"{key}_{each.value}")]


def _tried(act: str, name: str) -> None:
    """Do one thing to an account, and keep what is to be said of it."""
    try:
        match act:
            case "invite":
                address = accounting.invite(name, _given("members_new"))
                _say("success", t("members.done.invite", name=plain(name)), address)
                st.session_state[NAME] = ""
                return
            case "reset":
                _say("success", t("members.done.reset", name=plain(name)), accounting.reset(name))
                return
            case "rights":
                accounting.change_rights(name, _given(f"members_{name}"))
            case "remove":
                accounting.remove(name)
                st.session_state.pop(CHOSEN, None)
            case _:
                accounting.lock(name, act == "lock")
    except DashboardError as error:
        known = type(error).__name__ in words.table("members", "error")
        _say("error", t(f"members.error.{type(error).__name__ if known else 'other'}"))
        return
    _say("success", t(f"members.done.{act}", name=plain(name)))


def _invite() -> None:
    _tried("invite", str(st.session_state.get(NAME) or "").strip())


def _row(one: Account) -> list[str]:
    state = "locked" if one.locked else "ready" if one.ready else "invited"
    named = sorted(f"{t(f'members.right.{each.right.value}')} {_scope(each)}".strip() for each in one.grants)
    return [one.name, t(f"members.state.{state}"), ", ".join(named) or "–", one.made_by or "–"]


def _scope(grant: Grant) -> str:
    if grant.right is Right.READ:
        return words.area(grant.scope)
    return t("members.every_sender") if grant.scope == EVERY_SENDER else grant.scope


def _change(one: Account) -> None:
    if accounting.is_own(one.name):
        st.info(t("members.error.OwnAccountError"))
        return
    key = f"members_{one.name}"
    _rights(key, one.grants)
    with st.container(horizontal=True):
        st.button(
            t("members.do.rights"),
            key=f"{key}_do",
            type="primary",
            on_click=_tried,
            args=("rights", one.name),
        )
        act = "unlock" if one.locked else "lock"
        for each in (act, "reset", "remove"):
            sure = each != "remove" or bool(st.session_state.get(f"{key}_sure"))
            st.button(
                t(f"members.do.{each}"),
                key=f"{key}_{each}",
                disabled=not sure,
                on_click=_tried,
                args=(each, one.name),
            )
    st.checkbox(t("members.sure"), key=f"{key}_sure")


with st.container(key="members_heading"):
    st.header(t("members.heading"), anchor=False)
st.markdown(t("members.explained"))
_draw_said()
every = accounting.every()
columns = [t(f"members.column.{name}") for name in ("name", "state", "rights", "by")]
tables.grid(columns, [_row(one) for one in every], key="members_list", alt=t("members.heading"))

st.subheader(t("members.change"), anchor=False)
names = [one.name for one in every]
if st.session_state.get(CHOSEN) not in names:
    st.session_state.pop(CHOSEN, None)
chosen = st.selectbox(t("members.which"), names, index=None, key=CHOSEN, placeholder=t("members.none_chosen"))
if chosen:
    _change(next(one for one in every if one.name == chosen))

st.subheader(t("members.new"), anchor=False)
name = st.text_input(t("members.name"), key=NAME, max_chars=60, help=t("members.name_help"))
_rights("members_new")
st.button(
    t("members.do.invite"), key="members_invite", type="primary", on_click=_invite, disabled=not name.strip()
)
