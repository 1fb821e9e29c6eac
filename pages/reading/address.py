"""The choices in the address of a page: codes, under the names of `Filters`."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

T = TypeVar("T")
# Where the fields of the run stand, all of them in one place.
_FIELDS: ContextVar[DeltaGenerator | None] = ContextVar("fields", default=None)
_RUN: ContextVar[dict[str, Any] | None] = ContextVar("run", default=None)


@contextmanager
def one_run() -> Iterator[None]:
    """In here what follows from the address is worked out once. A page asks for it some hundred times, and
    only `bind` and the edition that the run begins with change it meanwhile: both `forget`.
    """
    before = _RUN.set({})
    try:
        yield
    finally:
        _RUN.reset(before)


def once(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, kept under this name until the run ends or something is forgotten; without a run
    (in a callback, in a part that is drawn alone) it is made each time.
    """
    kept = _RUN.get()
    if kept is None:
        return make()
    if name not in kept:
        kept[name] = make()
    found: T = kept[name]
    return found


def forget() -> None:
    """What was worked out in this run may be another one from now on."""
    if (kept := _RUN.get()) is not None:
        kept.clear()


def begin() -> None:
    """At the beginning of a run: no name is tied yet. What holds the names stands where this is called."""
    st.session_state["bound"] = ()
    _FIELDS.set(st.container(key="address"))


def bind(*names: str) -> None:
    """Tie these names to the address.

    A bound selectbox writes its *label* into the address, and a label changes with the language. So an
    unseen text field holds the code and is bound, and the boxes that readers see copy from and to it.
    Streamlit then carries the names over to every page, and to the back button.
    """
    st.session_state["bound"] = (*st.session_state.get("bound", ()), *names)
    forget()
    with _FIELDS.get() or st.container(key="address"):
        for name in names:
            st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")


def read(name: str) -> str:
    """What the address says under this name; empty if it says nothing."""
    return once(f"address {name}", lambda: str(st.session_state.get(name) or "").strip())


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
