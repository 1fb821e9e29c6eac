"""What somebody does with a mouse: choose from a box, take a file away, scroll a wide table on a phone."""

import re
from pathlib import Path

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
            const all = [...document.querySelectorAll(".listing-box")]
            const shaded = (t) => getComputedStyle(t).boxShadow !== "none"
            return all.length && all.every((t) => t.scrollWidth <= t.clientWidth + 1
                ? !shaded(t) : t.tabIndex === 0 && t.ariaLabel && shaded(t))
        }""",
        timeout=30_000,
    )


def taken(page: Page, figure: str, ending: str) -> Path:
    """Take a file of a figure away by its menu; the file has the name that the page gives it."""
    menu = page.locator(f".st-key-figure_{figure} .over:has(.file-link) > summary")
    menu.or_(page.locator(f".st-key-{figure}_download button")).first.click()
    link = page.locator(f'.st-key-figure_{figure} .over[open] a[href*=".{ending}?"]')
    offered = link.or_(page.locator(f".st-key-{figure}_{ending} button"))
    with page.expect_download() as waiting:
        offered.click()
    page.keyboard.press("Escape")
    expect(offered).to_be_hidden()
    assert waiting.value.suggested_filename.endswith(f".{ending}")
    path = Path(waiting.value.path()).with_name(waiting.value.suggested_filename)
    waiting.value.save_as(path)
    return path
