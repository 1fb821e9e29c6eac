"""Each way of writing reads back the same values, and is reported back to the sender."""

import datetime
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from tests.support import drawn

CASES = """
    fall_id | ags      | aufnahme_am | geschlecht | herkunftsland | sprache_zertifiziert | kompetenzen
    F-0001  | 08111000 | 05.01.2024  | männlich   | Türkei        | ja                   | IT, Pflege
    F-0002  | 08115003 | 29.02.2024  |            | SY            | nein                 |
    F-0003  | 08115003 | 31.12.2023  | weiblich   | Ukraine       |                      | weitere Sprachen
"""
FUNDS = """
    betrag_eur   | gebucht_am
    1.234,56     | 02.01.2024
    -0,5         | 03.01.2024
    1.234.567,00 | 04.01.2024
    12           | 05.01.2024
"""
FIRST = datetime.date(2024, 1, 5)
READ = [
    ("F-0001", "08111000", FIRST, "männlich", "TR", True, "IT,Pflege"),
    ("F-0002", "08115003", datetime.date(2024, 2, 29), None, "SY", False, None),
    ("F-0003", "08115003", datetime.date(2023, 12, 31), "weiblich", "UA", None, "weitere Sprachen"),
]
COLUMNS = "fall_id, ags, aufnahme_am, geschlecht, herkunftsland, sprache_zertifiziert, kompetenzen"
AMOUNTS = [(Decimal("1234.56"),), (Decimal("-0.50"),), (Decimal("1234567.00"),), (Decimal("12.00"),)]


def rewritten(folder, change, encoding="utf-8", bom=b""):
    """The files of a delivery with their text changed and in another encoding."""
    for file in folder.iterdir():
        text = file.read_bytes().decode("utf-8")
        file.write_bytes(bom + change(text).encode(encoding))
    return folder


def separated(sign):
    """A way to write the same rows with another separator."""

    def change(text):
        lines = [line.split(";") for line in text.splitlines()]
        return "\r\n".join(sign.join(drawn._quoted(cell, sign) for cell in line) for line in lines)

    return change


@pytest.mark.parametrize(
    ("change", "encoding", "bom", "told"),
    [
        (str, "utf-8", b"", "UTF-8, Semikolon, Dezimalkomma, TT.MM.JJJJ"),
        (str, "utf-8-sig", b"", "UTF-8 mit BOM, Semikolon, Dezimalkomma, TT.MM.JJJJ"),
        (str, "cp1252", b"", "Windows-1252, Semikolon, Dezimalkomma, TT.MM.JJJJ"),
        (str, "utf-16", b"", "UTF-16, Semikolon, Dezimalkomma, TT.MM.JJJJ"),
        (str, "utf-16-be", b"\xfe\xff", "UTF-16, Semikolon, Dezimalkomma, TT.MM.JJJJ"),
        (str, "iso-8859-15", b"", "Semikolon"),
        (separated("\t"), "utf-8", b"", "UTF-8, Tabulator, Dezimalkomma, TT.MM.JJJJ"),
        (separated(","), "cp1252", b"", "Windows-1252, Komma, Dezimalkomma, TT.MM.JJJJ"),
        (separated("|"), "utf-8", b"", "UTF-8, Senkrechter Strich, Dezimalkomma, TT.MM.JJJJ"),
        (lambda text: text.replace("\r\n", "\n"), "utf-8", b"", "UTF-8"),
        (lambda text: text.replace("\r\n", "\r"), "cp1252", b"", "Windows-1252"),
        (lambda text: text.replace(";", " ; "), "utf-8", b"", "UTF-8"),
        (lambda text: text + "\r\n\r\n", "utf-8", b"", "UTF-8"),
        (lambda text: "sep=;\r\n" + text, "utf-8", b"", "Semikolon"),
        (lambda text: text.replace("05.01.2024", '"05.01.2024"'), "utf-8", b"", "UTF-8"),
    ],
)  # fmt: skip
def test_every_dialect_reads_back_the_same_values(office, change, encoding, bom, told):
    folder = rewritten(office.draws(faelle=CASES, mittel=FUNDS), change, encoding, bom)

    imported = office.hands_in(folder)

    assert imported.accepted, imported.findings[:2]
    assert office.stored("faelle", COLUMNS) == READ
    assert office.stored("mittel", "betrag_eur") == AMOUNTS
    by_table = {each.table: each.text for each in imported.recognised}
    assert told.partition(", ")[2] in by_table["mittel"]
    assert by_table["faelle"].startswith(told.partition(",")[0]) or told == "Semikolon"


def test_names_of_files_and_columns_are_known_in_any_case_and_with_umlauts(office):
    folder = office.draws(faelle=CASES)
    text = (folder / "faelle.csv").read_text(encoding="utf-8")
    (folder / "faelle.csv").unlink()
    (folder / "Fälle.CSV").write_text(text.replace("fall_id", " FALL_ID ", 1), encoding="utf-8")
    (folder / "lieferung.csv").rename(folder / "LIEFERUNG.csv")

    office.hands_in(folder)

    assert office.stored("faelle", COLUMNS) == READ


@pytest.mark.parametrize("packed_as", ["", "Export 2026/"])
def test_a_zip_reads_like_a_folder(office, packed_as):
    folder = office.draws(faelle=CASES)
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, packed_as + file.name)

    office.hands_in(folder.with_suffix(".zip"))

    assert office.stored("faelle", COLUMNS) == READ


def test_a_workbook_with_real_dates_and_numbers_reads_like_a_folder(office):
    book = Workbook()
    book.remove(book.active)
    heads = office.draws(faelle=CASES) / "lieferung.csv"
    head = [line.split(";") for line in heads.read_text(encoding="utf-8").splitlines()]
    tables = {
        "Lieferung": head,
        "Fälle": [list(drawn.rows(CASES)[0]), *(list(row.values()) for row in drawn.rows(CASES))],
        "mittel": [
            ["buchung_id", "ags", "haushaltsjahr", "programm", "stufe", "betrag_eur", "gebucht_am"],
            *(
                [f"M-{n}00", 8111000, 2024, "PIK Integrationsmanagement", "bewilligt", amount, FIRST]
                for n, amount in enumerate([1234.56, -0.5, 1234567, "12,00 €"])
            ),
        ],
        "Notizen": [["nur für uns"]],
    }
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(cell) for cell in row])
    path = office.folder / "abgabe.xlsx"
    book.save(path)

    imported = office.hands_in(path)

    assert imported.accepted, imported.findings
    assert office.stored("faelle", COLUMNS) == READ
    assert office.stored("mittel", "betrag_eur") == AMOUNTS
    assert imported.counts == {"unknown-sheet": 1, "leading-zero": 4, "not-kept": 1}
    assert [each.sheet for each in imported.findings if each.line == 5] == ["mittel"]


def _cell(cell):
    if isinstance(cell, str) and len(cell) == 10 and cell[2] == cell[5] == ".":
        return datetime.datetime.strptime(cell, "%d.%m.%Y")
    return cell or None


def test_a_column_that_the_format_does_not_know_is_left_out_with_a_notice(office):
    imported = office.hands_in(faelle="fall_id | lieblingsfarbe\nF1 | blau")

    assert imported.accepted
    assert [(each.rule, each.column) for each in imported.findings] == [("unknown-column", "lieblingsfarbe")]


def test_a_euro_sign_tells_iso_8859_15_from_windows_1252(office):
    for encoding, told in (("iso-8859-15", "ISO 8859-15"), ("cp1252", "Windows-1252")):
        folder = rewritten(office.draws(mittel="betrag_eur\n12,00 €"), str, encoding)

        imported = office.hands_in(folder)

        assert [each.encoding for each in imported.recognised if each.table == "mittel"] == [told]
        assert office.stored("mittel", "betrag_eur") == [(Decimal("12.00"),)]
