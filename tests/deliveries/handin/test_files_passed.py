"""How many files of the program somebody reads who follows a delivery."""

import pytest

from tests.support import books
from tests.support.passed import passed

# From the files to the store, and what the command, its settings and its process apart add on both of its
# sides; three more (the Land, its words, the register of areas) are asked once, when the program starts. A
# new job on the way raises them, a small helper does not.
CSV_AT_MOST, WORKBOOK_AT_MOST = 40, 41
WITH_THE_COMMAND = 5


@pytest.mark.parametrize(("kind", "most"), [("CSV", CSV_AT_MOST), ("XLSX", WORKBOOK_AT_MOST)])
def test_a_delivery_passes_no_more_files_than_a_reader_can_follow(office, command, tmp_path, kind, most):
    tables = {
        "faelle": "fall_id | ags | aufnahme_am\nF1 | 08111000 | 05.01.2024",
        "ziele": "fall_id | zielbereich | zielstatus\nF1-- | Sprache | Vereinbart",
    }
    path = office.draws(**tables) if kind == "CSV" else books.xlsx(tmp_path / "book.xlsx", **tables)

    with passed() as files:
        imported = office.hands_in(path)
    with passed() as before_it:  # on the other side it passes the same files as here
        code, _, _ = command("import", path)

    assert (imported.accepted, code) == (True, 0)
    assert len(files) <= most, sorted(files)
    assert len(files | before_it) <= most + WITH_THE_COMMAND, sorted(before_it - files)
