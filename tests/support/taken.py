"""What can be taken away of a page: every file behind its buttons, made as a click makes it."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager

from tests.support.opened import parts


def files_of(page: str, monkeypatch: pytest.MonkeyPatch, **address: str) -> dict[str, Callable[[], bytes]]:
    """Every file that the parts of a page offer, by its name; each is made when it is called.

    Streamlit keeps what makes a file until a browser asks for it, and a page without one forgets it.
    """
    offered: dict[str, Callable[[], bytes]] = {}
    add = MediaFileManager.add_deferred

    def kept(self: MediaFileManager, made: Callable[[], bytes], *args: Any, **named: Any) -> str:
        offered[named["file_name"]] = made
        return add(self, made, *args, **named)

    with monkeypatch.context() as patched:
        patched.setattr(MediaFileManager, "add_deferred", kept)
        shown = parts(page, **address)
    assert not any(each.exception for each in shown)
    return offered
