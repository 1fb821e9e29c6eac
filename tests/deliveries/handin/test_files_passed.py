"""How many files of the program somebody reads who follows a delivery: a job cut into pieces adds to it."""

import sys
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import books

DATA = f"{Path(__file__).parents[3] / 'data'}/"
IS_FUNCTION = 2  # flag of its code (CO_NEWLOCALS); modules and bodies of classes have none
# From the files to the store; the command, its process apart and its settings are some ten more. A new job on
# the way raises them, a small helper does not.
CSV_AT_MOST, WORKBOOK_AT_MOST = 47, 51


@contextmanager
def passed():
    """The files of `data/` of which a function is called meanwhile."""
    found = set()

    def called(frame, event, _):
        if event == "call" and frame.f_code.co_flags & IS_FUNCTION:
            found.add(frame.f_code.co_filename)

    before = sys.getprofile()
    threading.setprofile(called)
    sys.setprofile(called)
    try:
        yield (files := set())
    finally:
        sys.setprofile(before)
        threading.setprofile(before)
        files.update(each.removeprefix(DATA) for each in found if each.startswith(DATA))


@pytest.mark.parametrize(("kind", "most"), [("CSV", CSV_AT_MOST), ("XLSX", WORKBOOK_AT_MOST)])
def test_a_delivery_passes_no_more_files_than_a_reader_can_follow(office, tmp_path, kind, most):
    tables = {
        "faelle": "fall_id | ags | aufnahme_am\nF1 | 08111000 | 05.01.2024",
        "ziele": "fall_id | zielbereich | zielstatus\nF1-- | Sprache | Vereinbart",
    }
    path = office.draws(**tables) if kind == "CSV" else books.xlsx(tmp_path / "book.xlsx", **tables)

    with passed() as files:
        imported = office.hands_in(path)

    assert imported.accepted
    assert len(files) <= most, sorted(files)
