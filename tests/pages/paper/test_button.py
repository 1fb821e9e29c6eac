"""The link on the page of a place: what it gives is what the command line writes."""

from pathlib import Path

import pytest

from pages.files.kept import Kept
from pages.paper import edition, typeset
from pages.server import answers
from pages.server.ready import Ready
from tests.support import signed
from tests.support.answered import Answer, answered
from tests.support.opened import opened
from tests.support.taken import links


def linked(**address: str) -> Answer:
    """The PDF to which the page under this address links."""
    ((pdf),) = [each for each in links(opened("municipality", **address)) if each.startswith("/papier/")]
    return answered(pdf)


def test_the_page_links_to_the_pdf_of_the_command_line(figures: Path):
    asked = {"area_code": "08425", "period": "2026-Q1", "compare": "08421", "lang": "en"}
    answer = linked(**asked)
    chosen = edition.chosen("08425", "2026-Q1", compare="08421")
    assert answer.name == f"gebiet-08425-2026-Q1-{chosen.edition}-demonstrationsdaten.pdf"
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body == typeset.place(chosen, "en")


def test_beside_exact_figures_it_leads_to_released_ones(figures: Path, monkeypatch: pytest.MonkeyPatch):
    signed.sit(monkeypatch, figures)
    answer = linked(area_code="08425072")
    assert "nicht-zur-veroeffentlichung" not in answer.name
    assert answer.body == typeset.place(edition.chosen("08425072"), "de")
    page = opened("municipality", area_code="08425072")
    assert "PDF der veröffentlichten Zahlen" in "".join(each.proto.body for each in page.get("html"))


def test_whoever_has_to_wait_too_long_is_told_when_to_come_again(
    figures: Path, monkeypatch: pytest.MonkeyPatch
):
    full: Kept[bytes] = Kept(most_bytes=10, at_once=1, wait_seconds=0)
    monkeypatch.setattr(typeset, "_KEPT", full)
    monkeypatch.setattr(answers, "_READY", Ready(0))
    full.places.acquire()
    answer = linked(area_code="08", lang="en")
    assert answer.status == 503
    assert int(answer.headers["retry-after"]) > 0
    assert "Please try again shortly" in answer.body.decode()


def test_why_it_fails_is_for_the_log_and_not_for_readers(
    figures: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.setattr(typeset, "_KEPT", Kept[bytes](most_bytes=10, at_once=1, wait_seconds=0))
    monkeypatch.setattr(answers, "_READY", Ready(0))
    # What is ordered can't be set: the process that draws says so, and where.
    monkeypatch.setattr(typeset.sheets, "of", lambda *_: {"drawn": {"figures": [{"chart": "none"}]}})
    answer = linked(area_code="08")
    assert answer.status == 500
    assert "pages/drawing" not in answer.body.decode()
    assert "_with_chart" in caplog.text
    reference = next(each.args[0] for each in caplog.records if each.name == "dashboard")
    assert reference in answer.body.decode()
