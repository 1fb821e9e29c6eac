"""Small files that ask for gigabytes are uploaded on the page: each is a finding, and the server goes on."""

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.internal.handin import upload
from pages.work import jobs
from tests.support import bombs, books, effort, peaks, signed
from tests.support.opened import said

PAGE = Path(__file__).parents[3] / "pages" / "internal" / "deliveries.py"
CASES = "fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 05.01.2024\nF-0002 | 08115003 | 29.02.2024"
SOME = ("rows-by-columns.ods", "shared-text.xlsx", "overlapping.zip")
UNFORESEEN = "ließ sich nicht zu Ende lesen"


@pytest.fixture
def page(tmp_path, monkeypatch) -> AppTest:
    """*Daten abgeben*, open in one tab."""
    signed.sit(monkeypatch, tmp_path / "store")
    return AppTest.from_file(str(PAGE), default_timeout=120).run()


def examined(page: AppTest, path: Path) -> str:
    """What the page says once a file was chosen, the button pressed, and the work is done."""
    page.file_uploader[0].set_value([(path.name, path.read_bytes(), "application/octet-stream")])
    page.run()
    page.button(key="handin_examine").click().run()
    until = time.monotonic() + 120
    while time.monotonic() < until and upload.JOB in page.session_state:
        job = jobs.find(page.session_state[upload.JOB])
        while not job.done and time.monotonic() < until:
            time.sleep(0.05)
        page.run()
    assert not page.exception
    return said(page)


@pytest.mark.long
def test_the_page_goes_on_after_uploads_that_would_end_the_program(page, tmp_path):
    made = [bombs.MEASURED[kind][0](tmp_path / kind) for kind in effort.of(SOME, tuple(bombs.MEASURED))]
    made.append(bombs.unforeseen(tmp_path / "unforeseen.xlsx"))  # all before the memory is looked at
    grown = peaks.since_now()
    for _ in range(effort.of(1, 10)):
        for path in made:
            text = examined(page, path)

            assert path.name in text
            assert (UNFORESEEN in text) == (path.name == "unforeseen.xlsx")
    assert grown() < 200

    good = books.xlsx(tmp_path / "gut.xlsx", faelle=CASES)
    text = examined(page, good)
    assert "Amt A" in text
    assert page.button(key="handin_accept")
