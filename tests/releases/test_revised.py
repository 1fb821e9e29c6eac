"""A release that changes what was published: with a note, and with a list of every changed cell."""

import csv

import pytest

from data.releases import draft, manifest, shelf
from data.releases.make import MissingNoteError
from tests.releases.conftest import COUNTED, LANGENAU, STUTTGART, ULM, cases, faelle, goals, office, prepared
from tests.releases.content import count


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """The first quarter of two offices is published; then one of them knows of more people in it.

    A preview of the next release waits.
    """
    figures = office(tmp_path_factory.mktemp("late"))
    more = faelle(cases(range(5000, 5040), "08425033"))
    figures.hand_in(sender="lra-b", reporting_date="31.12.2018", faelle=more)
    figures.release()
    figures.hand_in(
        sender="lra-b", reporting_date="31.03.2019", faelle=faelle(cases(range(5000, 5090), "08425033"))
    )
    prepared(figures)
    return figures


def test_a_late_delivery_that_changes_closed_periods_is_not_published_without_a_note(late):
    for note in ("", "   "):
        with pytest.raises(
            MissingNoteError, match=r"2018-Q4 has published.*in cases.*--note.*Nothing was"
        ) as caught:
            late.release(note=note)
        assert caught.value.exit_code == 5
    store = late.settings.store
    assert [entry.name for entry in shelf.entries(store)] == ["2018-Q4"]
    left = {path.name for path in (store / "releases").iterdir()} - {draft.FOLDER}  # the preview still waits
    assert left == {"2018-Q4", "published.json", "signed.json"}


def test_with_a_note_it_is_published_and_every_changed_cell_is_listed(late):
    made = late.release(note="Nachlieferung des Alb-Donau-Kreises")
    assert made.note == "Nachlieferung des Alb-Donau-Kreises"
    (cell,) = [
        each
        for each in made.revisions
        if (each["table"], each.get("area_code"), each.get("period"), each["count"])
        == ("cases", "08425033", "2018-Q1", "opened")
    ]
    assert abs(cell["before"] - 40) <= 5
    assert abs(cell["after"] - 90) <= 5
    assert cell["before"] == count(late, "2018-Q4", "opened", "08425033", "2018-Q1")
    assert made.revised["cases"] == len([each for each in made.revisions if each["table"] == "cases"])
    with shelf.revisions(late.settings.store, made.name).open(encoding="utf-8") as file:
        listed = list(csv.DictReader(file))
    assert len(listed) == sum(made.revised.values())
    assert made.revisions_sha256 == manifest.sha256(shelf.revisions(late.settings.store, made.name))
    untouched = {each["area_code"] for each in made.revisions if "area_code" in each}
    assert not untouched & {ULM, "08421", STUTTGART, LANGENAU}
    assert not [each for each in made.revisions if each.get("period", "").startswith("2019")]


def test_what_becomes_of_goals_is_no_revision(released_once):
    figures = released_once
    people = faelle(
        cases(range(1000, 1080), ULM),
        cases(range(1080, 1120), ULM, plan="", group="27-44"),
        cases(range(2000, 2030), LANGENAU),
        cases(range(3000, 3060), STUTTGART, group="27-44"),
    )
    agreed = (
        goals(range(1000, 1040), "Sprache"),
        goals(range(1040, 1080), "Wohnung", "Ziel verfehlt"),
        goals(range(1000, 1020), "Arbeitsmarkt"),
        goals(range(1020, 1040), "Arbeitsmarkt", "In Umsetzung"),
        goals(range(3000, 3060), "Sprache"),
    )
    figures.hand_in(
        reporting_date="31.01.2019", faelle=people, ziele="\n".join((COUNTED, *agreed)),
    )  # fmt: skip
    assert figures.release().revised == {}
