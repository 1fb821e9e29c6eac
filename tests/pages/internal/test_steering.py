"""Steuerung, opened by somebody who reads one Kreis. Its numbers are tested with the questions."""

from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from data.access import audit
from data.foundation.settings import Settings
from data.warehouse import versions
from pages.menu import PARTS
from tests.support import signed, stores
from tests.support.opened import said
from tests.warehouse.measures.test_steering import office

PAGE = str(Path(__file__).parents[3] / "pages" / "internal" / "steering.py")


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = stores.once(tmp_path_factory, "steering", office)
    return stores.copied(made, tmp_path_factory.mktemp("desk")).settings


def opened(where: Settings, patched: pytest.MonkeyPatch, area: str, **address: str) -> AppTest:
    signed.sit(patched, where.store, "chief", ("read", area))
    page = AppTest.from_file(PAGE, default_timeout=120)
    for name, value in address.items():
        page.session_state[name] = value
    page.run()
    assert not page.exception
    return page


def test_each_part_answers_for_the_own_kreis_and_names_no_other(
    where: Settings, monkeypatch: pytest.MonkeyPatch
):
    told = {
        "faelle": "1 ohne Integrationsplan",
        "stellen": "bei 80 Personen je VZÄ sind noch 32 Plätze frei",
        "geld": "rund 120.000",
        "lieferungen": "vom 31.12.2025",
        "veroeffentlichung": "Für **Ulm (Stadtkreis)** ist noch nichts veröffentlicht",
        "kennzahlen": "im Stadtkreis Ulm 8 Personen betreut",
    }
    assert set(told) == set(PARTS["steering"])
    for part, sentence in told.items():
        # The address names a Kreis of somebody else.
        text = said(opened(where, monkeypatch, "08421", part=part, area_code="08111"))
        text = text.replace("\\", "").replace("\N{NO-BREAK SPACE}", " ")
        assert sentence in text, part
        assert "8 Personen auf 0,5 VZÄ" in text, part
        assert "amt-b" not in text, part
        assert "B1--" not in text, part


def test_cases_are_named_by_pseudonym_and_each_file_of_them_stands_in_the_log(
    where: Settings, monkeypatch: pytest.MonkeyPatch
):
    page = opened(where, monkeypatch, "08421", kind="past_deadline")
    assert "A1--" in said(page)
    assert "N1--" not in said(page)
    before = len(audit.entries(where))
    file = next(
        each for each in page.get("download_button") if "cases_past_deadline_xlsx" in str(each.proto.id)
    )
    assert file
    from pages.figures import downloads
    from pages.reading import reader

    downloads._exact(reader.taking(), lambda figure: b"", type("Named", (), {"name": "cases"})())
    (noted,) = audit.entries(where)[before:]
    assert (noted.action, noted.what, noted.result) == ("export", "cases", "done")


def test_figures_of_an_older_program_are_told_as_such(
    where: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    copy = stores.copied(where.store.parent, tmp_path).settings
    built = versions.warehouse(copy.store, versions.current(copy.store).version)
    with duckdb.connect(str(built)) as file:
        for name in ("open_cases", "sender_places", "attention", "spending", "vacant_posts"):
            file.execute(f"drop table marts.{name}")
    text = said(opened(copy, monkeypatch, "08421"))
    assert "python -m data build" in text
    assert "Personen auf" not in text
