"""A page as an address opens it, without a browser, and everything that it says."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.menu import LEGAL, MENU, PARTS
from tests.support import written
from tests.support.tabled import tables

FRAME = str(Path(__file__).parents[2] / "pages" / "frame.py")
PAGES = ("overview", "funds", "caseload", "counselling", "goals", "municipality", "methods")

EVERY = [(page, part) for page in PAGES for part in PARTS.get(page, ("",))]


def opened(page: str = "overview", **address: str) -> AppTest:
    """The page under this address, opened at once as a browser does.

    `switch_page` of a test knows the pages of the menu only after another one was drawn.
    """
    tested = AppTest.from_file(FRAME, default_timeout=120)
    for name, code in address.items():
        if not code:
            continue
        tested.query_params[name] = code
    tested._page_hash = calc_hash((MENU | LEGAL)[f"public/{page}"])
    tested.run()
    assert tested._finished_page_script_hash == tested._page_hash, "another page was opened"
    return tested


def parts(page: str, **address: str) -> list[AppTest]:
    """Every part of the page, each under its own address; of a page without parts the page itself."""
    return (
        [opened(page, part=part, **address) for part in PARTS[page]]
        if page in PARTS
        else [opened(page, **address)]
    )


def said(*pages: AppTest) -> str:
    """All that stands on these pages, or parts of one, in words, tables and tiles."""
    return "\n".join(_said(page) for page in pages)


def _said(page: AppTest) -> str:
    kinds = (
        page.header,
        page.subheader,
        page.markdown,
        page.caption,
        page.info,
        page.warning,
        page.error,
        page.text,
    )
    words = [str(element.value) for kind in kinds for element in kind]
    listed = [table.to_string() for table in tables(page)]
    return "\n".join([*words, written.text(page), *listed]).replace("\\", "")
