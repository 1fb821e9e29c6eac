"""Workbooks as offices have them, and as only an attacker has them."""

import datetime
import os
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from data.foundation.limits import Limits
from data.foundation.settings import Settings
from tests.support import books

CASES = "fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 05.01.2024\nF-0002 | 08115003 | 29.02.2024"
READ = [("F-0001", datetime.date(2024, 1, 5)), ("F-0002", datetime.date(2024, 2, 29))]
SHEET = "xl/worksheets/sheet2.xml"


def rules(imported):
    return [(each.rule, each.sheet, each.line) for each in imported.findings if each.rule != "not-kept"]


def test_an_ods_reads_like_a_workbook(office):
    imported = office.hands_in(books.ods(office.folder / "abgabe.ods", faelle=CASES))

    assert imported.accepted, imported.findings
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ
    assert imported.recognised[1].text.startswith("ODS")


def test_a_workbook_may_lie_in_an_archive_with_folders(office):
    book = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    with zipfile.ZipFile(office.folder / "abgabe.zip", "w") as archive:
        archive.write(book, "Export/2026/abgabe.xlsx")

    assert office.hands_in(office.folder / "abgabe.zip").accepted
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ


def test_the_header_may_stand_below_titles_and_be_merged_over_two_rows(office):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    book = load_workbook(path)
    sheet = book["faelle"]
    sheet.insert_rows(1, 4)
    sheet["A2"] = "Fälle des Amtes"
    for row in (4, 5):
        for column in (1, 2, 3):
            sheet.cell(row, column).value = None
    sheet["A4"], sheet["B4"], sheet["B5"], sheet["C5"] = "fall_id", "Wohnort und Beginn", "ags", "aufnahme_am"
    sheet.merge_cells("A4:A5")
    sheet.merge_cells("B4:C4")
    sheet["B6"] = "0811"
    book.save(path)

    assert rules(office.hands_in(path)) == [("lines-above", "faelle", 2), ("area-digits", "faelle", 6)]


def test_a_formula_counts_with_its_value_and_without_one_is_a_fault(office):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    book = load_workbook(path)
    book["faelle"]["A2"] = '="F-"&"0001"'
    book.save(path)

    assert ("formula-without-value", "faelle", 2) in rules(office.hands_in(path))

    books.with_member(
        path, SHEET, lambda xml: xml.replace(b"<v />", b"<v>F-0001</v>").replace(b"<v></v>", b"<v>F-0001</v>")
    )
    books.with_member(path, SHEET, lambda xml: xml.replace(b'<c r="A2">', b'<c r="A2" t="str">'))

    assert office.hands_in(path).accepted
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ


def test_a_formula_where_a_number_belongs_is_a_fault_in_a_csv(office):
    assert office.hands_in(mittel="betrag_eur\n=SUMME(A1:A9)").counts == {"number": 1}


def test_a_hidden_sheet_is_read_and_named(office):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    book = load_workbook(path)
    book["faelle"].sheet_state = "hidden"
    book.save(path)

    imported = office.hands_in(path)

    assert rules(imported) == [("hidden-sheet", "faelle", None)]
    assert imported.accepted


def test_what_a_file_is_is_told_by_its_content_and_not_by_its_name(office):
    book = books.xlsx(office.folder / "abgabe.csv", faelle=CASES)
    folder = office.draws(faelle=CASES, sender="amt-b")
    (folder / "faelle.csv").rename(folder / "faelle.xlsx")

    for path in (book, folder):
        imported = office.hands_in(path)
        assert imported.accepted
        assert "other-kind" in imported.counts


@pytest.mark.parametrize("write", [books.xlsx, books.ods])
def test_entities_are_refused(office, write):
    path = write(office.folder / "abgabe.x", faelle=CASES)
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    member = SHEET if write is books.xlsx else "content.xml"
    books.with_member(
        path,
        member,
        lambda xml: laughs + xml if b"?>" not in xml[:80] else xml.replace(b"?>", b"?>" + laughs, 1),
    )

    assert rules(office.hands_in(path)) == [("xml-entities", None, None)]


def test_two_cells_in_opposite_corners_are_too_vast(office):
    book = Workbook()
    book.active["A1"], book.active["ZZ1048576"] = "fall_id", "F-0001"
    book.save(office.folder / "abgabe.xlsx")
    repeated = books.ods(office.folder / "abgabe.ods", faelle="fall_id | x\nF-0001 | =90000000*x")

    for path in (office.folder / "abgabe.xlsx", repeated):
        (finding,) = office.hands_in(path).findings
        assert finding.rule == "too-large"
        assert "DASHBOARD_LIMIT_CELLS" in finding.message["de"]


FAR = {
    "as programs write it": b'<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row>',
    "blanks in the tag": b"<row><c\n r \n=\n'ZZ1048576' ><v>1</v></c></row>",
    "behind another attribute": b'<row><c s="1" r="ZZ1048576"><v>1</v></c></row>',
    "behind a > in an attribute": b'<row><c x=">" r="ZZ1048576"><v>1</v></c></row>',
    "in a tag longer than a chunk": b'<row><c x="' + b"a" * 2**19 + b'" r="ZZ1048576"><v>1</v></c></row>',
    "with a prefix": b'<x:row xmlns:x="x"><x:c r="ZZ1048576"><x:v>1</x:v></x:c></x:row>',
    "by its row alone": b'<row r="1048576">' + b"<c/>" * 30 + b"<c><v>1</v></c></row>",
    "by empty cells before it": b"<row>" + b"<c/>" * 300_000 + b'<c><v>1</v></c></row><row r="99999">'
    b'<c r="A99999"><v>1</v></c></row>',
    "by empty rows before it": b"<row/>" * 1_000_000 + b"<row>" + b"<c/>" * 25 + b"<c><v>1</v></c></row>",
}


@pytest.mark.parametrize("writing", FAR)
def test_a_far_cell_is_seen_however_it_is_written(office, writing):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    books.with_member(path, SHEET, lambda xml: xml.replace(b"</sheetData>", FAR[writing] + b"</sheetData>"))

    assert rules(office.hands_in(path)) == [("too-large", None, None)]


def test_a_cell_with_two_addresses_is_no_workbook(office):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    twice = b'<row><c r="A9" r="ZZ1048576"><v>1</v></c></row></sheetData>'
    books.with_member(path, SHEET, lambda xml: xml.replace(b"</sheetData>", twice))

    assert rules(office.hands_in(path)) == [("broken-workbook", None, None)]


def test_far_cells_without_a_value_and_pictures_that_look_like_cells_do_no_harm(office):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    formatted = b'<row r="1048576" s="1"><c r="ZZ1048576" s="1"/></row></sheetData>'
    books.with_member(path, SHEET, lambda xml: xml.replace(b"</sheetData>", formatted))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/image1.png", b'\x89PNG <c r="ZZ1048576"><v>1</v></c> ' * 10)

    imported = office.hands_in(path)

    assert imported.accepted, imported.findings
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.95])
def test_a_truncated_workbook_is_one_finding(office, cut):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    os.truncate(path, int(path.stat().st_size * cut))

    assert [rule for rule, *_ in rules(office.hands_in(path))] in (["broken-archive"], ["broken-workbook"])


def test_a_limit_is_a_setting_and_named_in_the_error(office, monkeypatch):
    monkeypatch.setattr(
        office,
        "settings",
        Settings(office.settings.store, "localhost", 0, limits=Limits(members=1, columns=3)),
    )
    many = office.draws(faelle=CASES)
    wide = (
        office.draws(faelle="fall_id | ags | aufnahme_am | geschlecht\nF1 | 08111000 | 05.01.2024 |")
        / "faelle.csv"
    )

    assert "DASHBOARD_LIMIT_MEMBERS" in office.hands_in(many).findings[0].message["en"]
    assert (
        "DASHBOARD_LIMIT_COLUMNS"
        in office.hands_in(wide, sender="amt-a", day="30.09.2026").findings[0].message["en"]
    )
