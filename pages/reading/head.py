"""What stands above every page, as one element: whose dashboard it is, the ways to paper and to other
languages, and which page it is.
"""

import json
from html import escape
from pathlib import Path

import streamlit as st

from data.foundation import areas
from pages.reading import address, language

SIGN = Path(__file__).with_name("frame.svg").read_text(encoding="utf-8")  # Of every page, in the browser.


def draw(page: str, told: str, *, named: bool) -> None:
    """`page` is its name; `named`: the menu names it too, where it has room. `told` is what the script of the
    pages has to know, as JSON.
    """
    words = language.words()
    others = "".join(
        f'<a class="quiet" lang="{escape(lang)}" data-turn data-set="lang={escape(lang)}" '
        f'href="?lang={escape(lang)}">{sign("translate")}{escape(name)}</a>'
        for lang, name in language.offered().items()
        if lang != words.lang
    )
    st.html(
        f'<div class="head" data-lang="{escape(words.lang)}" data-told="{escape(told)}" '
        f'data-own="{escape(json.dumps(_own(), ensure_ascii=False))}">'
        f"<h1>{escape(words.heading)}</h1>"
        f'<button type="button" class="quiet print">{escape(words.t("frame.print"))}</button>{others}</div>'
        f'<h2 class="page-name{" in-menu" if named else ""}">{escape(page)}</h2>'
    )


def _own() -> list[str]:
    """What the place in the address is called, and its Kreis: tables of many places look for their rows."""
    known, code = areas.register(), address.read("area_code")
    own = dict.fromkeys((code, areas.within(code, areas.KREIS))) if code in known else ()
    return [known[each].label for each in own if each in known]


def sign(name: str) -> str:
    """A picture of the font that Streamlit has for them, for `st.html`."""
    return f'<span class="file-icon" aria-hidden="true">{escape(name)}</span>' if name else ""


def link(path: str, label: str) -> str:
    """A link to another page of this dashboard that keeps the choices of all pages, for `st.html`."""
    return f'<a data-turn href="./{escape(path)}">{escape(label)}</a>'
