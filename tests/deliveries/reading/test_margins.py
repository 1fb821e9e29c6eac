"""Titles above a table and totals, notes, signatures below it are left out, said, and seen by the guard."""

import datetime

import pytest
from openpyxl import load_workbook

from data.deliveries.format.findings import Place
from data.deliveries.guard.look import outside_faults
from data.foundation import areas
from tests.support import bilingual, books

HEAD = "fall_id;ags;aufnahme_am;geschlecht"
ROWS = ["F-0001;08111000;05.01.2024;divers", "F-0002;08115003;29.02.2024;weiblich"]
READ = [("F-0001", datetime.date(2024, 1, 5)), ("F-0002", datetime.date(2024, 2, 29))]
TITLES = {
    "a title": ["Fallübersicht 2026"],
    "with separators": ["Fallübersicht;;;", "Stand 30.09.2026;;;", ";;;"],
    "with a column's name": ["Stichtag;30.09.2026;;", "", "Geschlecht;alle"],
    "a header of groups": ["Person;Wohnort und Beginn;;Angaben"],
}
FOOTERS = {
    "a total": ["Summe;;;2"],
    "a count without separators": ["", "Gesamt: 2 Fälle"],
    "a sum without a word": [";;;2"],
    "a note": [";;;", "Hinweis: Angaben zum Stichtag;;;", "Quelle: Fachverfahren"],
    "a signature": ["gez. Amtsleitung;;;"],
    "a page": ["Seite 1 von 1", "Druckdatum 02.10.2026 08:15"],
    "with a colon": ["Summe:;;;2"],
    "a sign": ["Ø;;;2"],
    "spaced": ["S u m m e ;;;2"],
    "an average": ["Summe;;;2", "Mittelwert;;;1"],
    "counts alone": ["2;2;2;2"],
}


def cases(office, *lines, ends="\r\n"):
    folder = office.draws(faelle="fall_id\nF1", ziele="fall_id\nF-0001")
    (folder / "faelle.csv").write_bytes((ends.join(lines) + ends).encode("cp1252"))
    return folder


def found(imported):
    assert not [each for each in imported.findings if bilingual.mixed(each)]
    return {each.rule: each.line for each in imported.findings if each.rule != "not-kept"}


def kept(office):
    return [path for path in office.settings.store.glob("deliveries/*/original/*") if "faelle" in path.name]


@pytest.mark.parametrize("titles", TITLES)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_titles_above_a_header_are_left_out_and_the_lines_stay_right(office, titles, ends):
    wrong = "F-0003;08111000;32.01.2024;divers"

    imported = office.hands_in(cases(office, *TITLES[titles], HEAD, *ROWS, ends=ends))

    assert (imported.accepted, found(imported)) == (True, {"lines-above": 1})
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ
    faulty = found(office.hands_in(cases(office, *TITLES[titles], HEAD, *ROWS, wrong, ends=ends)))
    assert faulty == {"lines-above": 1, "date": len(TITLES[titles]) + 4}


@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_stands_below_a_table_is_left_out_and_said_with_its_line(office, footer, ends):
    imported = office.hands_in(cases(office, HEAD, *ROWS, *FOOTERS[footer], ends=ends))

    blank = sum(not line.strip(";") for line in FOOTERS[footer][:1])
    assert (imported.accepted, found(imported)) == (True, {"lines-below": 4 + blank})
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ
    assert imported.rows["faelle"] == 2


def test_nothing_of_it_is_kept_nor_said(office):
    imported = office.hands_in(cases(office, "Fallkonferenz Apfelbaum", HEAD, *ROWS, "Summe Apfelbaum;;;2"))

    assert imported.accepted
    assert "Apfelbaum" not in repr(imported)
    assert [b"Apfelbaum" in path.read_bytes() for path in kept(office)] == [False]
    assert "not-kept" in imported.counts


ROWS_OF_A_TABLE = {
    "without an id": (";08111000;05.01.2024;divers", {"required": 4}),
    "with an id alone": ("F-0003;;;", {"required": 4}),
    "with a municipality alone": (";08111000;;", {"required": 4}),
    "with an id that begins like a word": ("Stand-3;08111000;;", {"required": 4}),
    "with too few fields": ("F-0003;08111000", {"row-length": 4}),
    "called like a total, and whole": ("Summe;08111000;05.01.2024;divers", {}),
    "with a value of a list alone": (";;;divers", {"required": 4}),
}


@pytest.mark.parametrize("row", ROWS_OF_A_TABLE)
def test_a_last_row_that_may_be_one_of_the_table_is_no_footer(office, row):
    line, expected = ROWS_OF_A_TABLE[row]

    imported = office.hands_in(cases(office, HEAD, *ROWS, line))

    assert {rule: at for rule, at in found(imported).items() if rule != "reference-unchecked"} == expected


def test_a_line_inside_of_a_value_is_no_footer(office):
    last = 'F-0003;08111000;05.01.2024;divers;"eins\nSumme 3\n"'

    imported = office.hands_in(cases(office, f"{HEAD};x", *(f"{row};" for row in ROWS), last))

    assert (imported.rows["faelle"], found(imported)) == (3, {"unknown-column": 1})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("Erstellt von: Fatima Al-Hamwi", "Namen"),
        ("Ansprechpartnerin Frau Schneider", "Namen"),
        ("Rückfragen: 0711 2161234", "Telefonnummern"),
        ("gez. f.alhamwi@beispiel.de", "E-Mail-Adressen"),
        ("Akte geb. 12.03.1987", "Geburtsdaten"),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_the_guard_looks_at_what_is_left_out(office, kind, line, holds, above):
    lines = [line, HEAD, *ROWS] if above else [HEAD, *ROWS, "Summe;;;2", line]
    if kind == "csv":
        path = cases(office, *lines)
    else:
        path = books.xlsx(office.folder / "abgabe.xlsx", ziele="fall_id\nF-0001")
        book = load_workbook(path)
        sheet = book.create_sheet("faelle")
        for each in lines:
            sheet.append(each.split(";"))
        book.save(path)

    imported = office.hands_in(path)

    faults = [each for each in imported.findings if each.rule == "guard-outside"]
    assert [(each.line, holds in each.message["de"]) for each in faults] == [(1 if above else 5, True)]
    assert not imported.accepted
    assert not [piece for piece in ("Hamwi", "Schneider", "2161234", "12.03.1987") if piece in repr(imported)]


def test_of_a_workbook_too_titles_and_totals_are_left_out(office):
    path = books.xlsx(
        office.folder / "abgabe.xlsx", faelle="fall_id | ags | aufnahme_am\nF-0001 | 08111000 | 05.01.2024"
    )
    book = load_workbook(path)
    sheet = book["faelle"]
    sheet.insert_rows(1, 2)
    sheet["A1"] = "Fallübersicht"
    sheet["A6"], sheet["C6"] = "Gesamt", 1
    book.save(path)

    imported = office.hands_in(path)

    assert (imported.accepted, found(imported)) == (True, {"lines-above": 1, "lines-below": 6})
    assert office.stored("faelle", "fall_id") == [("F-0001",)]


HEADERS = {
    "the form of each": ["Text, höchstens 64 Zeichen;8-stellig, Text;TT.MM.JJJJ;Liste"],
    "mandatory or not": ["Pflichtfeld;Pflichtfeld;Pflichtfeld;freiwillig"],
    "the same in English, and a blank line": ["case;municipality;start of counselling;sex", ";;;"],
    "two of them": ["Pseudonym;Gemeinde;Beginn;Angabe", "(Pflicht);(Pflicht);(Datum);(Auswahl)"],
    "the number of each": ["1;2;3;4"],
    "words and numbers": ["(Pflicht);(Pflicht);(Datum);(Auswahl)", "(1);(2);(3);(4)"],
}


@pytest.mark.parametrize("headers", HEADERS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_that_goes_on_below_the_names_is_left_out_and_the_lines_stay_right(office, headers, kind):
    wrong = "F-0003;08111000;32.01.2024;divers"

    def hands_in(*lines):
        if kind == "csv":
            return office.hands_in(cases(office, *lines))
        path = books.xlsx(office.folder / "abgabe.xlsx", ziele="fall_id\nF-0001")
        book = load_workbook(path)
        sheet = book.create_sheet("faelle")
        for each in lines:
            sheet.append([cell or None for cell in each.split(";")])
        book.save(path)
        return office.hands_in(path)

    imported = hands_in(HEAD, *HEADERS[headers], *ROWS)

    assert (imported.accepted, found(imported)) == (True, {"header-goes-on": 2})
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ
    faulty = found(hands_in(HEAD, *HEADERS[headers], *ROWS, wrong))
    assert faulty == {"header-goes-on": 2, "date": len(HEADERS[headers]) + 4}


def test_the_names_once_more_are_no_row(office):
    assert office.hands_in(cases(office, HEAD, HEAD, *ROWS)).counts == {"header-goes-on": 1, "not-kept": 1}
    assert office.stored("faelle", "fall_id, aufnahme_am") == READ


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("F-0003;Ulm;unbekannt;", {"area-digits": 2, "required": 2}),
        ("1;2;;", {"area-digits": 2, "required": 2}),
        ("1;2;4;3", {"area-digits": 2, "date": 2, "value-list": 2}),
        ("F-0003;Ulm;demnächst;", {"area-digits": 2, "date": 2}),
        ("Neu;Ulm;demnächst;divers", {"area-digits": 2, "date": 2}),
        ("Neu;08111000;demnächst;", {"date": 2}),
        ("Neu;;demnächst;", {"required": 2, "date": 2}),
    ],
)
def test_a_first_row_that_may_be_one_of_the_table_is_no_header(office, row, expected):
    assert found(office.hands_in(cases(office, HEAD, row, *ROWS))) == expected


HARMLESS = [
    "Fallübersicht", "Stand 30.09.2026", "Auswertung vom 30.09.2026 08:15:00", "Seite 1 von 3", "Summe",
    "Gesamt: 24 Fälle", "Quelle: Fachverfahren", "Integrationsmanagement Baden-Württemberg 2026",
    "Alle Fälle des Landkreises, ohne Gewähr", "Bericht des Sozialdezernats", "Erstellt am 30.09.2026",
    "Amt für Migration und Integration", "Zeitraum: 01.07.2026 - 30.09.2026", "Anzahl der Personen: 1.234",
]  # fmt: skip


def kinds(*cells):
    return [each.findings[0].message["de"] for each in outside_faults(Place("x"), ((1, cells),))]


@pytest.mark.parametrize("line", HARMLESS)
def test_harmless_lines_raise_no_alarm(line):
    assert kinds(line) == kinds(line, "", "24") == []


@pytest.mark.parametrize("form", ["{}", "Stadt {}", "Landratsamt {}, Stand 30.09.2026", "Gemeinde {}: Fälle"])
def test_places_raise_no_alarm(form):
    names = [area.name for area in areas.register().values()]
    assert [name for name in names if kinds(form.format(name))] == []


HIDDEN = b'table:visibility="filter"'


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_hidden_rows_are_read_and_told_how_many_they_are(office, kind):
    drawing = "fall_id | ags | aufnahme_am\n" + "\n".join(
        f"F-000{at} | 08111000 | 05.01.2024" for at in range(1, 5)
    )
    path = (books.xlsx if kind == "xlsx" else books.ods)(office.folder / f"abgabe.{kind}", faelle=drawing)
    if kind == "xlsx":
        book = load_workbook(path)
        for row in (2, 4, 200):  # nothing stands in the last one
            book["faelle"].row_dimensions[row].hidden = True
        book.save(path)
    else:
        for case in (b"F-0001", b"F-0003"):
            books.with_member(path, "content.xml", lambda xml, case=case: with_hidden(xml, case))

    imported = office.hands_in(path)

    assert found(imported) == {"hidden-rows": None}
    assert "(Anzahl: 2)" in imported.findings[0].message["de"]
    assert len(office.stored("faelle")) == 4


def with_hidden(xml, case):
    start = xml.rindex(b"<table:table-row", 0, xml.index(case))
    return xml[:start] + b"<table:table-row " + HIDDEN + xml[start + len(b"<table:table-row") :]
