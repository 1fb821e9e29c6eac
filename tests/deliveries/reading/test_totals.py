"""Totals and counts at the end of a table or between its rows are left out, or told as what they are."""

import pytest
from openpyxl import load_workbook

from tests.deliveries.reading.test_margins import HEAD, ROWS, cases, found
from tests.support import bilingual, books


def test_a_total_between_the_rows_is_told_as_that_and_with_nothing_else(office):
    lines = [ROWS[0], "Zwischensumme Ulm;;;1", ROWS[1], ";Summe;;", "Gesamt;08111000;05.01.2024;divers"]

    imported = office.hands_in(cases(office, HEAD, *lines, ROWS[0].replace("0001", "0004")))

    assert imported.counts == {"total-inside": 2}
    assert [each.line for each in imported.findings] == [3, 5]


POSTS = "stelle_id;monat;ags;vzae_bewilligt;vzae_besetzt"
OF_POSTS = ["S1;01.01.2026;08111000;0,50;0,50", "S2;01.01.2026;08111000;1,00;0,75"]
BOOKED = "buchung_id;ags;haushaltsjahr;programm;stufe;betrag_eur;gebucht_am"
BOOKINGS = [
    "B1;08111000;2024;PIK Integrationsmanagement;bewilligt;1.500,00 €;05.01.2024",
    "B2;08111000;2024;PIK Integrationsmanagement;ausgezahlt;500,25 €;06.01.2024",
]
TABLES = {"stellen": (POSTS, OF_POSTS), "mittel": (BOOKED, BOOKINGS)}


def with_table(office, name, *last, hours=()):
    head, rows = TABLES[name]
    lines = [head, *rows, *last]
    if hours:
        lines = [f"{line};{more}" for line, more in zip(lines, ["Stunden", *hours], strict=True)]
    folder = office.draws(faelle="fall_id\nF1")
    (folder / f"{name}.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "last", "hours"),
    [
        ("stellen", ";;;1,50;1,25", ()),
        ("stellen", ";;;1,5;", ()),
        ("stellen", ";;;1,50;1,25", ("19,5", "39", "58,5")),
        ("mittel", ";;;;;2.000,25 €;", ()),
        ("stellen", "2;;;1,50;1,25", ()),  # how many there are
        ("mittel", "Summe:;08111000;2024;;;2.000,25 €;", ()),
        ("mittel", "Σ;08111000;;;;2.000,25 €;", ()),
        ("stellen", "Summe:;01.01.2026;;1,50;1,25", ()),
    ],
)
def test_a_last_row_without_a_key_whose_numbers_are_sums_is_left_out_and_said(office, name, last, hours):
    imported = office.hands_in(with_table(office, name, last, hours=hours))

    said = {"lines-below": 4} | ({"unknown-column": 1} if hours else {})
    assert (imported.accepted, found(imported), imported.rows[name]) == (True, said, 2)


@pytest.mark.parametrize(
    "last",
    [";;;1,50;1,24", ";;;0,75;0,63", ";;;1,50;keine"],
)
def test_a_last_row_without_a_key_that_is_no_sum_is_never_lost_and_told_with_its_remedy(office, last):
    imported = office.hands_in(with_table(office, "stellen", last))

    (fault,) = imported.findings
    assert (imported.accepted, fault.rule, fault.file, fault.line) == (False, "no-record", "stellen.csv", 4)
    assert "stelle_id / monat" in fault.message["en"]
    assert not bilingual.mixed(fault)


@pytest.mark.parametrize(
    ("name", "last", "said"),
    [
        (
            "stellen",
            "AS;01.01.2026;;1,00;1,00",
            "one-of-none",
        ),  # a post called by initials, and a word of notes
        ("stellen", "AS;;08111000;1,00;1,00", "required"),
        (
            "mittel",
            "Export 7;;2024;PIK Integrationsmanagement;bewilligt;2.000,25 €;06.01.2024",
            "one-of-none",
        ),
    ],
)
def test_a_row_whose_key_is_a_word_of_notes_too_stays_one_though_it_lacks_something(office, name, last, said):
    imported = office.hands_in(with_table(office, name, last))

    assert (imported.accepted, said in imported.counts) == (False, True)


@pytest.mark.parametrize("last", ["S3;;;1,50;1,25", ";01.01.2026;08111000;1,50;1,25", ";;08111000;1,50;1,25"])
def test_a_row_with_anything_by_which_it_is_known_stays_one_though_its_numbers_are_sums(office, last):
    imported = office.hands_in(with_table(office, "stellen", last))

    assert (imported.accepted, "required" in imported.counts) == (False, True)


def test_of_a_workbook_too_a_total_without_a_word_is_left_out(office):
    path = books.xlsx(office.folder / "abgabe.xlsx", faelle="fall_id\nF-0001")
    book = load_workbook(path)
    sheet = book.create_sheet("stellen")
    for row in (POSTS.split(";"), *(each.split(";")[:3] for each in OF_POSTS), []):
        sheet.append(row)
    for row, (granted, filled) in enumerate([(0.1, 0.1), (0.2, 0.2), (0.1 + 0.2, 0.3)], start=2):
        sheet.cell(row, 4, granted + 0.3 * (row < 4))
        sheet.cell(row, 5, filled)
    sheet["D4"] = 0.1 + 0.2 + 0.6
    book.save(path)

    imported = office.hands_in(path)

    assert (imported.accepted, found(imported), imported.rows["stellen"]) == (True, {"lines-below": 4}, 2)


@pytest.mark.parametrize(
    "last",
    [
        ["3;;;;1,50;1,25"],
        ["2;;;;1,50;1,25"],
        ["3;Summe:;;;1,50;1,25"],
        ["3;;;Summe:;1,50;1,25"],
        [f"{number};;;;;" for number in range(3, 80)],
    ],
)
def test_the_running_number_of_the_rows_makes_no_row_of_a_total_nor_of_an_empty_line(office, last):
    lines = [f"Nr.;{POSTS}", *(f"{at};{row}" for at, row in enumerate(OF_POSTS, start=1)), *last]
    folder = office.draws(faelle="fall_id\nF1")
    (folder / "stellen.csv").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")

    imported = office.hands_in(folder)

    assert (imported.accepted, found(imported)) == (True, {"unknown-column": 1, "lines-below": 4})
    assert imported.rows["stellen"] == 2


def test_a_total_between_the_rows_is_told_behind_their_running_number_too(office):
    lines = ["1;" + ROWS[0], "2;Zwischensumme;;;1", "3;" + ROWS[1]]

    assert office.hands_in(cases(office, f"Nr.;{HEAD}", *lines)).counts["total-inside"] == 1


def test_a_row_of_numbers_between_the_rows_is_told_once_with_its_remedy(office):
    folder = with_table(office, "stellen", ";;;1,50;1,25", OF_POSTS[0].replace("S1", "S3"))

    imported = office.hands_in(folder)

    assert found(imported) == {"no-record": 4}


def test_a_header_between_the_rows_is_told_once_and_the_other_rows_are_judged(office):
    wrong = "F-0003;08111000;32.01.2024;divers"

    imported = office.hands_in(cases(office, HEAD, ROWS[0], HEAD, ROWS[1], wrong))

    assert (imported.accepted, found(imported)) == (False, {"header-inside": 3, "date": 5})


def test_another_table_below_the_first_is_told_as_that_and_with_nothing_else(office):
    other = ["ziel_id;fall_id;zielbereich;zielstatus", "Z1;F-0001;Sprache;Neu", "Z2;F-0001;Kinder;Neu"]

    imported = office.hands_in(cases(office, HEAD, *ROWS, "", *other))

    assert (imported.accepted, found(imported)) == (False, {"table-inside": 5})


def test_the_number_of_the_cases_below_them_is_told_once_with_its_remedy(office):
    imported = office.hands_in(cases(office, HEAD, *ROWS, "2;;;"))

    assert (imported.accepted, found(imported)) == (False, {"no-record": 4})
    assert "a count" in imported.findings[0].message["en"]


@pytest.mark.parametrize(("last", "missing"), [("3;;;", 2), ("2;08111000;;", 1), ("2;;;divers", 2)])
def test_what_may_be_a_case_is_told_what_it_lacks(office, last, missing):
    imported = office.hands_in(cases(office, HEAD, *ROWS, last))

    assert imported.counts == {"required": missing}
