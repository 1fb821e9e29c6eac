"""What is worked out of a release serves everybody; nothing exact is kept, nothing of what is withdrawn."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from data import publish
from data.access.rights import COMMAND, PUBLIC
from data.foundation import settings
from data.questions.filters import Filters
from data.releases import shelf
from pages.figures.wanted import Wanted
from pages.lasting import workedout
from pages.named import every
from pages.text import claims, words
from tests.support import written
from tests.support.opened import opened

DE = words.of("de")
pytestmark = pytest.mark.usefixtures("figures")


def wanted(area_code: str = "08") -> Wanted:
    edition = publish.edition(PUBLIC)
    return Wanted(Filters(area_code, period=edition.period, edition=edition.version), DE)


@contextmanager
def listening() -> Iterator[None]:
    level = claims.LOG.level
    claims.LOG.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        claims.LOG.setLevel(level)


def test_a_figure_of_a_release_is_made_once_for_everybody():
    first, second = (every.of("caseload_active", wanted())[0] for _ in range(2))
    assert first is second
    assert every.of("caseload_active", wanted("08421"))[0] is not first
    assert every.of("caseload_active", replace(wanted(), words=words.of("en")))[0].heading != first.heading


def test_nothing_exact_is_kept_and_nothing_while_somebody_listens():
    exact = replace(wanted(), audience=COMMAND)
    assert workedout.known(wanted()) is not None
    assert workedout.known(exact) is None
    assert workedout.known(replace(wanted(), chosen=replace(wanted().chosen, edition="1999-Q1"))) is None
    made: list[int] = []
    for _ in range(2):
        workedout.under("exact", exact, lambda: made.append(1))
    assert len(made) == 2
    with listening():
        assert workedout.known(wanted()) is None


def test_another_list_of_releases_is_another_key():
    store, before = settings.from_environment().store, workedout.known(wanted())
    listed = store / shelf.FOLDER / shelf.LIST
    written = listed.read_bytes()
    listed.with_suffix(".again").write_bytes(written)
    listed.with_suffix(".again").replace(listed)
    assert workedout.known(wanted()) not in (before, None)


def test_what_is_kept_is_bounded_by_bytes():
    for number in range(110):
        workedout.under(f"large {number}", wanted(), lambda: "x" * 1_000_000)
    assert workedout._kept.currsize <= workedout.BYTES
    made: list[int] = []
    workedout.under("large 0", wanted(), lambda: made.append(1))
    assert made


def test_a_page_that_somebody_opened_before_says_the_same_again():
    here = {"area_code": "08421", "lang": "en"}
    with listening():
        fresh = opened("caseload", **here)
    kept = [opened("caseload", **here) for _ in range(2)]
    assert written.charts(fresh)
    told = [written.bodies(page) for page in (fresh, *kept)]
    assert told[0] == told[1] == told[2]


def test_settings_are_those_of_the_beginning_of_a_run(monkeypatch: pytest.MonkeyPatch):
    with settings.read_once():
        monkeypatch.setenv("DASHBOARD_PORT", "8999")
        assert settings.from_environment().port != 8999
    assert settings.from_environment().port == 8999
