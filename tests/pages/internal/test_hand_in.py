"""An examination that ends just while its page is being drawn is shown all the same."""

import threading
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.deliveries.format.sender import SYNTHETIC
from pages.internal.handin import messages, upload
from pages.work import actions, jobs
from tests.support import drawn, signed, stores
from tests.support.opened import said
from tests.support.tabled import tables

PAGE = Path(__file__).parents[3] / "pages" / "internal" / "deliveries.py"


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[jobs.Job, threading.Event]:
    """An examination that ends once it may."""
    signed.sit(monkeypatch, stores.made_up(tmp_path / "store"))
    folder = drawn.delivery(
        tmp_path / "amt-a",
        sender="amt-a",
        software=SYNTHETIC,
        reporting_date="31.03.2018",
        faelle="""
        fall_id | ags      | aufnahme_am
        F001    | 08421000 | 05.01.2018
        """,
    )
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    may_end = threading.Event()

    def work(tell):
        may_end.wait(60)
        return actions._examined(actions.me(), files, "", "", tell)

    return jobs.start("anna", work), may_end


def shown(job: jobs.Job) -> AppTest:
    page = AppTest.from_file(str(PAGE), default_timeout=120)
    page.session_state[upload.JOB] = job.id
    return page.run()


def ended(job: jobs.Job) -> None:
    while not job.done:
        time.sleep(0.05)


def test_what_ended_before_the_page_is_drawn_is_shown(begun):
    job, may_end = begun
    may_end.set()
    ended(job)
    page = shown(job)
    assert not page.exception
    assert "amt-a" in said(page)
    assert page.button(key="handin_accept")


def test_what_ends_while_the_page_is_drawn_is_shown(begun, monkeypatch):
    job, may_end = begun
    said_last = messages.draw_last

    def draw_last() -> None:
        said_last()
        may_end.set()
        ended(job)

    monkeypatch.setattr(messages, "draw_last", draw_last)
    page = shown(job)
    assert not page.exception
    assert page.button(key="handin_accept")


def test_a_file_that_was_handed_on_or_left_lies_in_memory_no_longer(tmp_path, monkeypatch):
    """Streamlit would keep it until the browser takes it back or goes: a day, where nobody closes the tab."""
    signed.sit(monkeypatch, stores.made_up(tmp_path / "store"))

    def opened(page: str) -> None:
        import runpy

        import streamlit as st
        from streamlit.runtime.scriptrunner import get_script_run_ctx

        st.session_state["kept"] = 0
        runpy.run_path(page)
        this = get_script_run_ctx()
        kept = this.uploaded_file_mgr.file_storage.get(this.session_id, {})
        st.session_state["kept"] = sum(len(file.data) for file in kept.values())

    page = AppTest.from_function(opened, args=(str(PAGE),), default_timeout=120).run()
    page.file_uploader[0].set_value([("brief.txt", b"Sehr geehrte Damen und Herren", "text/plain")])
    assert page.run().session_state["kept"] == 29
    page.button(key="handin_examine").click().run()
    assert not page.exception
    assert page.session_state["kept"] == 0
    assert page.file_uploader[0].value == []
    ended(jobs.find(page.session_state[upload.JOB]))


def test_findings_of_one_column_are_told_apart_while_they_are_closed(tmp_path, monkeypatch):
    signed.sit(monkeypatch, stores.made_up(tmp_path / "store"))
    folder = drawn.delivery(
        tmp_path / "amt-a",
        software=SYNTHETIC,
        reporting_date="31.03.2018",
        faelle="""
        fall_id | ags         | aufnahme_am | geschlecht
        F001    | 8421000     | 05.01.2018  | Mann (1)
        F002    | 08 4 21 000 | 05.01.2018  | Mann (1)
        F003    | 08421000    | 05.01.2018  | Mann (2)
        """,
    )
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    job = jobs.start("anna", lambda tell: actions._examined(actions.me(), files, "", "", tell))
    ended(job)
    page = shown(job)

    labels = [each.label.replace("\\", "") for each in page.expander]
    of_ags = [each for each in labels if each.startswith("Hinweis: faelle.csv · ags: ")]
    assert len(set(of_ags)) == len(of_ags) == 2, (labels, said(page))
    assert any("führende Null" in each for each in of_ags)
    (fault,) = [each for each in labels if each.startswith("Fehler: faelle.csv · geschlecht")]
    assert "'geschlecht' ist …, das" in fault or "'geschlecht' ist … und" in fault
    assert "Mann (1) (2) · Mann (2) (1)" in said(page).replace("\\", "")


def test_several_columns_of_one_rule_are_one_thing_to_open_with_a_row_for_each(tmp_path, monkeypatch):
    signed.sit(monkeypatch, stores.made_up(tmp_path / "store"))
    folder = drawn.delivery(
        tmp_path / "amt-a",
        reporting_date="31.03.2018",
        faelle="Farbe | Ampel | Stimmung\nrot | gelb | gut",
        ziele="Farbe\nrot",
    )
    files = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    job = jobs.start("anna", lambda tell: actions._examined(actions.me(), files, "", "", tell))
    ended(job)
    page = shown(job)

    found = [each for each in page.expander if "Hinweis" in each.label]
    assert [each.label.replace("\\", "") for each in found] == [
        "Hinweis: faelle.csv: 3 Spalten gehören nicht zum Exportformat und wurden weggelassen",
        "Hinweis: ziele.csv · Farbe: Die Spalte 'Farbe' gehört nicht zum Exportformat und wurde weggelassen",
    ]
    (listed,) = tables(found[0])
    assert list(listed["Spalte"]) == ["Ampel", "Farbe", "Stimmung"]
