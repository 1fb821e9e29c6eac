"""The report of an import: for programs as JSON, for those who repair the rows as a workbook."""

import json

import openpyxl
import pytest

from tests.support import drawn


def test_a_report_marks_and_comments_the_faulty_cells_and_holds_no_formula(command, tmp_path):
    folder = drawn.delivery(
        tmp_path / "a",
        faelle="""
            fall_id | aufnahme_am | ags      | geschlecht
            F1      | gestern     | 8111000  | =1+1
            F2      | 05.01.2024  | 08111000 | divers
        """,
    )

    code, _, _ = command("import", folder, "--report", tmp_path / "report.xlsx")

    assert code == 3
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Befunde – Findings", "faelle.csv"]
    listed, rows = book.worksheets
    found = {row[2]: row for row in listed.iter_rows(min_row=2, values_only=True)}
    assert len(found) == 3
    assert found["date"][5:8] == (2, "aufnahme_am", "gestern")
    assert [cell.value for cell in rows[2]] == [2, "F1--", "8111000", "gestern", "'=1+1"]
    assert rows.max_row == 2
    day = rows["D2"]
    assert "gestern" in day.comment.text
    assert day.fill.start_color.rgb.endswith("F4B6B6")
    assert rows["B2"].comment is None
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_report_as_json_is_what_json_prints(command, tmp_path):
    folder = drawn.delivery(tmp_path / "a", faelle="aufnahme_am\ngestern")

    _, out, _ = command("import", folder, "--json", "--report", tmp_path / "report.json")

    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == json.loads(out)


@pytest.mark.parametrize("name", ["report.pdf", "nowhere/report.json", "folder.xlsx"])
def test_a_report_that_can_not_be_is_said_before_anything_is_imported(command, tmp_path, name):
    folder = drawn.delivery(tmp_path / "a", faelle="fall_id\nF1")
    (tmp_path / "folder.xlsx").mkdir()

    code, _, err = command("import", folder, "--report", tmp_path / name)

    assert (code, "Nothing was imported" in err) == (2, True)
    assert not (tmp_path / "store" / "register.sqlite").exists()


def test_of_a_delivery_that_the_guard_refuses_no_report_shows_a_row_and_nothing_is_kept(command, tmp_path):
    folder = drawn.delivery(
        tmp_path / "a",
        faelle="fall_id | Nachname\nF1 | Schneider\nF2 | Müller\nF3 | Hoffmann\nF4 | Fischer\nF5 | Weber",
    )

    code, _, err = command("import", folder, "--report", tmp_path / "report.xlsx")

    assert code == 3, err
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Befunde – Findings"]
    assert any(str(row[2]).startswith("guard") for row in book.active.iter_rows(values_only=True))
    text = " ".join(str(cell) for row in book.active.iter_rows(values_only=True) for cell in row) + err
    assert not any(name in text for name in ("Schneider", "Müller", "Hoffmann", "Fischer", "Weber"))
    left = {path.name for path in (tmp_path / "store").rglob("*") if path.is_file()}
    assert left <= {"lock", "register.sqlite"}
