"""The choices in the address of a page: codes, under the names of `Filters`."""

from collections.abc import Collection

import streamlit as st


def forget() -> None:
    """At the beginning of a run: no name is tied yet."""
    st.session_state["bound"] = ()


def bind(*names: str) -> None:
    """Tie these names to the address.

    A bound selectbox writes its *label* into the address, and a label changes with the language. So an
    unseen text field holds the code and is bound, and the boxes that readers see copy from and to it.
    Streamlit then carries the names over to every page, and to the back button.
    """
    st.session_state["bound"] = (*st.session_state.get("bound", ()), *names)
    for name in names:
        with st.container(key=f"address_{name}"):
            st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")


def read(name: str) -> str:
    """What the address says under this name; empty if it says nothing."""
    return str(st.session_state.get(name) or "").strip()


def bound() -> tuple[str, ...]:
    """The names that have been tied in this run."""
    return tuple(st.session_state.get("bound", ()))


def own(shared: Collection[str]) -> dict[str, str]:
    """What the address says under the names that this page has tied itself, beside those that all share."""
    names = [name for name in bound() if name not in shared]
    return {name: read(name) for name in names if read(name)}


def write(name: str, code: str) -> None:
    """Put a code into the address. Only in a callback: Streamlit takes it up in the next run."""
    st.session_state[name] = code
