"""The button on the page of a place: what it hands out is what the command line writes."""

from pathlib import Path

import pytest

from pages.paper import edition, typeset
from pages.paper.button import NotMadeError
from tests.support.opened import opened
from tests.support.taken import files_of


def offered(monkeypatch: pytest.MonkeyPatch, **address: str):
    """The PDFs that the page under this address hands out, by their names."""
    every = files_of("municipality", monkeypatch, **address)
    return {name: made for name, made in every.items() if name.endswith(".pdf")}


def labels(**address: str) -> list[str]:
    return [each.label for each in opened("municipality", **address).get("download_button")]


def test_the_page_hands_out_the_pdf_of_the_command_line(figures: Path, monkeypatch: pytest.MonkeyPatch):
    asked = {"area_code": "08425", "period": "2026-Q1", "compare": "08421", "lang": "en"}
    ((name, made),) = offered(monkeypatch, **asked).items()
    chosen = edition.chosen("08425", "2026-Q1", compare="08421")
    assert name == f"gebiet-08425-2026-Q1-{chosen.edition}-demonstrationsdaten.pdf"
    assert made() == typeset.place(chosen, "en")


def test_beside_exact_figures_it_hands_out_released_ones(figures: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DASHBOARD_INTERNAL", "1")
    ((name, made),) = offered(monkeypatch, area_code="08425072").items()
    assert "nicht-zur-veroeffentlichung" not in name
    assert made() == typeset.place(edition.chosen("08425072"), "de")
    assert "PDF der veröffentlichten Zahlen" in labels(area_code="08425072")


def test_whoever_has_to_wait_too_long_is_told_in_a_sentence(figures: Path, monkeypatch: pytest.MonkeyPatch):
    full = typeset.Kept(most_bytes=10, at_once=1, wait_seconds=0)
    monkeypatch.setattr(typeset, "_KEPT", full)
    ((_, made),) = offered(monkeypatch, area_code="08", lang="en").items()
    full.places.acquire()
    with pytest.raises(NotMadeError, match="Please try again shortly"):
        made()


def test_why_it_fails_is_for_the_log_and_not_for_readers(figures: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(typeset, "_KEPT", typeset.Kept(most_bytes=10, at_once=1, wait_seconds=0))
    monkeypatch.setattr(typeset, "TEMPLATE", figures / "no such template")
    ((_, made),) = offered(monkeypatch, area_code="08").items()
    with pytest.raises(NotMadeError) as told:
        made()
    assert str(figures) not in str(told.value)
