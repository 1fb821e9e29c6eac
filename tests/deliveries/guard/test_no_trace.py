"""A delivery that the guard refuses leaves nothing of its content on the disk, whichever way it came."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data.deliveries.handin import uploads
from data.deliveries.handin.work import import_delivery
from data.deliveries.store.unusable import UnforeseenError
from data.foundation.settings import Settings
from tests.deliveries.guard.planted import AS_WRITTEN, drawing

ROOT = Path(__file__).parents[3]
PLANTED = ["Xaver Quastenflosser", "Quittenweg 4711", AS_WRITTEN["e-mail"][0], *AS_WRITTEN["free-text"]]


def delivery(office, shape):
    """A delivery with planted details, as a folder, an archive or a workbook, outside of store and TMPDIR."""
    rows = {"fall_id": ["x7k2-99q"] * 6, "spalte": PLANTED, "geschlecht": PLANTED}
    folder = office.draws(faelle=drawing(rows))
    if shape == "folder":
        return folder
    if shape == "archive":
        path = folder.with_suffix(".zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.iterdir()):
                archive.write(file, file.name)
        return path
    book = openpyxl.Workbook()
    book.remove(book.active)
    for file in sorted(folder.iterdir()):
        sheet = book.create_sheet(file.stem)
        for line in file.read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(";"))
    book.save(folder.with_suffix(".xlsx"))
    return folder.with_suffix(".xlsx")


def traces(*folders):
    """The files below these folders that hold a planted text in any encoding."""
    wanted = [text.encode(name) for text in PLANTED for name in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file for file in files if any(text in file.read_bytes() for text in wanted)]


@pytest.mark.parametrize("shape", ["folder", "archive", "workbook"])
def test_a_refusal_by_command_leaves_no_trace(office, temporary, shape):
    done = subprocess.run(
        [sys.executable, "-m", "data", "import", "--json", str(delivery(office, shape))],
        cwd=ROOT,
        env=os.environ | {"DASHBOARD_STORE": str(office.settings.store), "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 3, done.stderr
    assert "guard-" in done.stdout
    assert not [text for text in PLANTED if text in done.stdout or text in done.stderr]
    assert traces(office.settings.store, temporary) == []


@pytest.mark.parametrize("shape", ["folder", "archive", "workbook"])
def test_a_refusal_on_the_page_leaves_no_trace(office, temporary, shape):
    examined = uploads.examine(delivery(office, shape), office.settings)

    assert examined.token is None
    assert examined.faulty == ()
    assert not [text for text in PLANTED if text in repr(examined)]
    assert traces(office.settings.store, temporary) == []


def test_the_search_for_traces_finds_what_is_kept(office):
    """The test above would be empty if it looked in the wrong place."""
    (office.settings.store / "incoming").mkdir(parents=True)
    (office.settings.store / "incoming" / "x").write_text(PLANTED[0], encoding="utf-16")

    assert traces(office.settings.store) == [office.settings.store / "incoming" / "x"]


def test_an_error_of_the_database_says_no_value(office, monkeypatch):
    import duckdb

    def fails(*_):
        raise duckdb.InvalidInputException(f"CSV Error on Line: 3 Original Line: {PLANTED[0]}")

    monkeypatch.setattr("data.deliveries.handin.work.look", fails)

    with pytest.raises(UnforeseenError) as error:
        import_delivery(office.draws(faelle="fall_id\nF1"), Settings(office.settings.store, "localhost", 0))

    assert PLANTED[0] not in str(error.value)
    assert error.value.__suppress_context__
