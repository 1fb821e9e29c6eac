"""What can be taken away of a page: every file behind its links and buttons, made as a click makes it."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.testing.v1 import AppTest

from tests.support.answered import answered
from tests.support.opened import parts
from tests.support.written import tags


def links(*shown: AppTest) -> list[str]:
    """The paths of files to which these pages link, in their order: a page says them from where it stands."""
    found = [tag for page in shown for tag in tags(page, "a", "file-link")]
    return [f"/{tag.given['href']}" for tag in found]


def files_of(page: str, **address: str) -> dict[str, bytes]:
    """Every file of numbers to which the parts of a page link, by its name. Pictures have their own tests."""
    shown = parts(page, **address)
    assert not any(each.exception for each in shown)
    found = [(each, answered(each)) for each in links(*shown) if each.startswith("/daten/")]
    assert not [(each, answer.body) for each, answer in found if answer.status != 200]
    files = {answer.name: answer.body for _, answer in found}
    # Two links to one file are one address.
    assert len(files) == len({each for each, _ in found})
    return files


def handed_out(page: str, monkeypatch: pytest.MonkeyPatch, **address: str) -> dict[str, Callable[[], bytes]]:
    """Every file that the session itself hands out, by its name; each is made when it is called.

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
