"""Work that ends just while its page is being drawn is shown all the same."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.foundation.errors import DashboardError
from data.releases import preview
from data.releases.preview import Preview
from pages.text import words
from pages.work import actions, jobs, releasing
from tests.support import signed
from tests.support.figures import Figures

PAGE = Path(__file__).parents[3] / "pages" / "internal" / "publishing.py"


def test_whoever_comes_back_just_when_the_work_ends_sees_what_came_of_it(
    released_once: Figures, monkeypatch: pytest.MonkeyPatch
):
    figures = released_once
    signed.sit(monkeypatch, figures.settings.store)
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


@pytest.mark.parametrize(("page", "work"), [("handin", actions), ("publishing", releasing)])
def test_every_error_that_a_page_has_a_sentence_for_is_one_that_the_program_can_raise(page, work):
    """A page finds the sentence by the name of the class; under another name readers get the general one."""
    assert work
    named = set(words.of("de").table(page, "error")) - {"other"}
    assert named <= _names_below(DashboardError)


def _names_below(error: type[DashboardError]) -> set[str]:
    return {error.__name__}.union(*(_names_below(each) for each in error.__subclasses__()))
