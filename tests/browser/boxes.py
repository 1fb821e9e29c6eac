"""Choosing from a box of the real page, as somebody who types."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Reader


def pick(reader: Reader, box: str, letters: str, offered: str) -> None:
    """Type into a box and take the first that is offered, which has to begin like this."""
    begins = re.compile(f"^{re.escape(offered)}")
    combobox = reader.page.get_by_role("combobox", name=box)
    combobox.click()
    reader.page.keyboard.type(letters)
    first = reader.page.get_by_role("option").first
    expect(first).to_have_text(begins, timeout=30_000)
    # Not Enter: before the box has narrowed its list, it marks none of them.
    first.click()
    expect(combobox).to_have_value(begins, timeout=30_000)
    reader.settled()
