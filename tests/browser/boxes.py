"""Choosing from a box of the real page, as somebody who types; and what a phone does with wide tables."""

import re

from playwright.sync_api import Page, TimeoutError, expect

from tests.browser.conftest import Reader


def pick(reader: Reader, box: str, letters: str, offered: str) -> None:
    """Type into a box and take the first that is offered, which has to begin like this.

    A page that is drawn anew meanwhile closes the list: then once more, as whoever sits before it would.
    """
    begins = re.compile(f"^{re.escape(offered)}")
    combobox = reader.page.get_by_role("combobox", name=box)
    for again in (True, True, False):
        combobox.click()
        combobox.fill("")
        reader.page.keyboard.type(letters)
        first = reader.page.get_by_role("option").first
        try:
            expect(first).to_have_text(begins, timeout=30_000)
            # Not Enter: before the box has narrowed its list, it marks none of them.
            first.click(timeout=15_000)
        except (AssertionError, TimeoutError):
            if not again:
                raise
            reader.page.keyboard.press("Escape")
            reader.settled()
        else:
            break
    expect(combobox).to_have_value(begins, timeout=30_000)
    reader.settled()


def wide_tables(page: Page) -> None:
    """There are tables, and each that is wider than the page is shaded and takes the keyboard."""
    page.wait_for_function(
        """() => {
            const all = [...document.querySelectorAll('[data-testid="stTable"] > div')]
            const shaded = (t) => getComputedStyle(t).boxShadow !== "none"
            return all.length && all.every((t) => t.scrollWidth <= t.clientWidth
                ? !shaded(t) : t.tabIndex === 0 && shaded(t))
        }""",
        timeout=30_000,
    )
