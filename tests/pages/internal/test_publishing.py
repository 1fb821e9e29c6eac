"""Work that ends just while its page is being drawn is shown all the same."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.releases import preview
from data.releases.preview import Preview
from pages.work import jobs, releasing
from tests.support.figures import Figures

PAGE = Path(__file__).parents[3] / "pages" / "internal" / "publishing.py"


def test_whoever_comes_back_just_when_the_work_ends_sees_what_came_of_it(
    released_once: Figures, monkeypatch: pytest.MonkeyPatch
):
    figures = released_once
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    monkeypatch.setenv("DASHBOARD_INTERNAL", "1")
    looked = threading.Event()

    def prepare(tell: Callable[[str, str], None]) -> Preview:
        looked.wait(60)
        return preview.prepare(figures.settings, lambda step: None)

    def look() -> Preview | None:
        """The page looks, and then the work ends."""
        found = preview.waiting(figures.settings)
        looked.set()
        while not job.done:
            time.sleep(0.05)
        return found

    job = jobs.start(releasing.BY, prepare)
    monkeypatch.setattr(releasing, "previewed", look)
    shown = AppTest.from_file(str(PAGE), default_timeout=120).run()
    assert not shown.exception
    assert shown.button(key="publishing_do")
