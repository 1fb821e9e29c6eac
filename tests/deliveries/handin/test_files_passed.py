"""How many files of the program somebody reads who follows a delivery."""

import pytest

from tests.support import books
from tests.support.passed import passed

# From the files to the store; the command, its process apart and its settings are some ten more. A new job on
# the way raises them, a small helper does not.
CSV_AT_MOST, WORKBOOK_AT_MOST = 44, 45


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
