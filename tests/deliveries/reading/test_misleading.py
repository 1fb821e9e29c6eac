"""What is found is said as it is: no cause that isn't one, and not two things about one."""

import shutil
import zipfile

import pytest
from openpyxl import load_workbook

from tests.support import books

CASES = "fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 05.01.2024\nF-0002 | 08115003 | 29.02.2024"
FUNDS = """
    buchung_id | haushaltsjahr | stufe           | betrag_eur
    M-0001     | 2018          | Planungsrahmen  | {first}
    M-0002     | 2018          | Planungsrahmen  | 796.08
"""


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_that_is_no_table_is_said_to_be_hidden(office, state):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle=CASES)
    book = load_workbook(path)
    for name in ("Notizen", "Liste"):
        book.create_sheet(name).append(["nur für uns"])
    book["Notizen"].sheet_state = state
    book.save(path)

    said = {each.value or each.message["de"]: each.message["en"] for each in office.hands_in(path).findings}

    assert said["Das ausgeblendete Blatt 'Notizen' heißt wie keine Tabelle des Exportformats und wurde nicht "
                "gelesen."].startswith("The hidden sheet 'Notizen' isn't")  # fmt: skip
    assert "Das Blatt 'Liste' heißt wie keine Tabelle des Exportformats und wurde nicht gelesen." in said


@pytest.mark.parametrize(
    ("write", "named", "kind"),
    [(books.xlsx, "a.ods", "XLSX"), (books.ods, "a.xlsx", "ODS"), (books.xlsx, "a.xls", "XLSX")],
)
def test_a_workbook_named_like_another_kind_is_read_by_its_content(office, write, named, kind):
    made = write(office.folder / f"abgabe.{kind.lower()}", faelle=CASES)
    path = shutil.copy(made, office.folder / named)

    imported = office.hands_in(office.folder / named)

    assert path.exists()
    assert imported.counts == {"other-kind": 1}
    assert imported.accepted
    assert kind in imported.findings[0].message["de"]
    assert office.stored("faelle", "fall_id") == [("F-0001",), ("F-0002",)]


def packed(office, name):
    folder = office.draws(faelle=CASES)
    path = office.folder / "abgabe.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for member in (zipfile.ZipInfo("lieferung.csv"), zipfile.ZipInfo(name)):
            member.filename = member.filename.replace("/", "\\")
            archive.writestr(member, (folder / member.filename.rpartition("\\")[2]).read_bytes())
    return path


def test_backslashes_in_an_archive_are_folders(office):
    path = packed(office, "Export/2026/faelle.csv")
    with zipfile.ZipFile(path) as archive:
        assert "Export\\2026\\faelle.csv" in archive.namelist()

    imported = office.hands_in(path)

    assert (imported.accepted, imported.counts) == (True, {})
    assert imported.recognised[1].file == "Export/2026/faelle.csv"
    assert [each.name for each in office.settings.store.glob("deliveries/*/original/*")] == ["abgabe.zip"]


def test_backslashes_lead_out_of_an_archive_as_little_as_slashes(office):
    assert office.hands_in(packed(office, "../faelle.csv")).counts == {"path-outside": 1}


def test_yes_or_no_where_an_amount_belongs_is_no_name(office):
    path = books.xlsx(office.folder / "abgabe.xlsx", mittel="betrag_eur\n12,00\n13,00")
    book = load_workbook(path)
    cell = next(each for each in book["mittel"][1] if each.value == "betrag_eur")
    book["mittel"].cell(2, cell.column).value = True
    book.save(path)

    assert office.hands_in(path).counts == {"number": 1}


def test_of_an_amount_that_can_be_read_in_two_ways_nothing_is_said_that_reads_it_in_one(office):
    imported = office.hands_in(mittel=FUNDS.format(first="1.592"))
    assert imported.counts == {"thousands-or-decimals": 1}

    imported = office.hands_in(mittel=FUNDS.format(first="1592.00"))
    assert imported.counts == {"odd-unless-multiple": 1}


@pytest.mark.parametrize(
    ("header", "rule", "limit"),
    [
        ("x" * 3_000_000, "header-too-long", "256 KiB"),
        (";".join(f"spalte{n}" for n in range(10_000)), "too-many-columns", "500 (DASHBOARD_LIMIT_COLUMNS)"),
    ],
)
def test_a_header_over_a_limit_names_the_limit(office, header, rule, limit):
    folder = office.draws(faelle=CASES)
    (folder / "ziele.csv").write_text(f"{header}\n1;2\n", encoding="utf-8")

    found = [each for each in office.hands_in(folder).findings if each.severity == "fault"]

    assert [each.rule for each in found] == [rule]
    assert limit in found[0].message["de"]
    assert limit in found[0].message["en"]
