"""A release under an embargo: the one before it serves until then, and nothing of the new one is readable."""

from datetime import UTC, datetime, timedelta

import pytest

from data import publish
from data.access.rights import PUBLIC
from data.publish import NoFiguresError, ask
from data.questions.filters import Filters
from data.releases import shelf
from tests.releases.conftest import LANGENAU
from tests.support.asked import command

CHOSEN = Filters(area_code=LANGENAU, period="2018-Q4")


@pytest.fixture
def figures(previewed, monkeypatch):
    """An office whose first release waits to be published."""
    figures, _ = previewed
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    return figures


def names():
    return [entry.name for entry in publish.releases()]


@pytest.fixture
def clock(monkeypatch):
    """Sets the clock by which releases begin to serve."""

    def at(moment):
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return moment.astimezone(tz)

        monkeypatch.setattr(shelf, "datetime", Clock)

    return at


def test_the_release_before_serves_until_the_embargo_ends_and_then_the_new_one(
    second_waiting, clock, monkeypatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(second_waiting.settings.store))
    ends = datetime.now(UTC) + timedelta(days=1)
    made = second_waiting.release(embargo=ends)
    assert datetime.fromisoformat(made.serves_from) == ends
    for moment in (datetime.now(UTC), ends - timedelta(microseconds=1)):
        clock(moment)
        assert names() == ["2018-Q4"]
        assert ask("goals/plans", CHOSEN, PUBLIC).edition.version == "2018-Q4"
        with pytest.raises(NoFiguresError):
            ask("goals/plans", Filters(area_code=LANGENAU, edition=made.name), PUBLIC)
    clock(ends)
    assert names() == ["2018-Q4", "2018-Q4-2"]
    assert ask("goals/plans", CHOSEN, PUBLIC).edition.version == "2018-Q4-2"
    assert ask("goals/plans", Filters(edition="2018-Q4"), PUBLIC).edition.version == "2018-Q4"


def test_nothing_of_a_first_release_under_an_embargo_is_readable(figures):
    made = figures.release(embargo=datetime.now(UTC) + timedelta(days=1))
    for edition in (None, made.name, f"../releases/{made.name}"):
        with pytest.raises(NoFiguresError):
            ask("goals/plans", Filters(edition=edition), PUBLIC)
    done = command("ask", "goals/plans", "area_code=08")
    assert (done.returncode, done.stdout) == (4, "")
    assert "python -m data release" in done.stderr


def test_no_release_serves_before_the_one_it_is_compared_with(figures):
    """Readers would be told of changes against figures that they can't see."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    figures.release(embargo=tomorrow)
    with pytest.raises(shelf.ServesBeforeLastError, match="Give --embargo") as refused:
        figures.release(name="2018-Q4-richtig")
    assert refused.value.exit_code == 2
    figures.release(name="2018-Q4-richtig", embargo=tomorrow)
    assert [entry.name for entry in shelf.entries(figures.settings.store)] == ["2018-Q4", "2018-Q4-richtig"]
    assert names() == []


def test_an_embargo_that_is_over_already_is_none(figures):
    made = figures.release(embargo=datetime(2020, 1, 1, tzinfo=UTC))
    assert made.serves_from == made.created_at
    assert names() == ["2018-Q4"]


def test_the_command_reads_a_time_of_this_machine_and_refuses_what_is_none(second_waiting, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(second_waiting.settings.store))
    done = command("release", "--embargo", "morgen")
    assert (done.returncode, "2026-10-15T09:00" in done.stderr) == (2, True)
    done = command("release", "--embargo", "2099-01-01T09:00", "--json")
    assert done.returncode == 0, done.stderr
    local = datetime(2099, 1, 1, 9).astimezone(UTC).isoformat()
    assert f'"serves_from": "{local}"' in done.stdout
