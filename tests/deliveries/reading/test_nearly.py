"""What is named nearly like a table or a column is read and said, or asked about, never left out silently."""

import datetime

import pytest
from openpyxl import Workbook, load_workbook

from data.deliveries.format.names import named
from tests.support import bilingual, books, drawn

CASES = "fall_id\nF1\nF2"
GOALS = "ziel_id | fall_id | zielbereich | zielstatus\nZ1 | F1 | Wohnung | Neu\nZ2 | F2 | Sprache | Neu"
READ = [("Z1--", "Wohnung"), ("Z2--", "Sprache")]


def called(office, name, goals=GOALS):
    """A delivery of cases and goals whose file of goals has this name."""
    folder = office.draws(faelle=CASES, ziele=goals)
    return (folder / "ziele.csv").rename(folder / name).parent


def severities(imported):
    assert not [
        each for each in imported.findings if bilingual.mixed(each) and " der " not in str(each.column)
    ]
    return {each.rule: each.severity for each in imported.findings if each.rule != "not-kept"}


def without(path, *columns):
    """The same file without these columns, which stand at its end."""
    lines = path.read_text(encoding="utf-8").splitlines()
    keep = [at for at, cell in enumerate(lines[0].split(";")) if cell not in columns]
    cut = [";".join(line.split(";")[at] for at in keep) for line in lines]
    path.write_text("\n".join(cut), encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        "ziele (1).csv", "ziele - Kopie.csv", "Kopie von Ziele.csv", "Copy of ziele.csv",
        "ziele_2026-09-30.csv", "2026Q3-LRA-Ziele.txt", "LRAZiele20260930.csv", "Lieferung_Ziele.csv",
        "ziele.csv.bak", "ziele.v2.CSV", "Export 17.csv", "Tabelle1.csv", "ziehle.dat",
    ],
)  # fmt: skip
def test_a_copy_a_date_and_a_prefix_are_read_as_the_table_that_they_are_of(office, name):
    imported = office.hands_in(called(office, name))

    assert severities(imported) == {"table-read-as": "notice"}
    assert imported.findings[0].file == name
    assert imported.accepted
    assert sorted(office.stored("ziele", "ziel_id, zielbereich")) == READ


@pytest.mark.parametrize(
    ("name", "tables"),
    [("Zielgruppen 2026", ()), ("Fälle und Ziele", ("faelle", "ziele")), ("MITTEL-2026", ("mittel",))],
)
def test_a_name_is_one_of_a_table_where_a_word_of_it_is(name, tables):
    assert named(name) == tables


@pytest.mark.parametrize(
    ("name", "lacks", "why"),
    [
        ("Export 17.csv", ["zielstatus"], "es fehlen die Spalten zielstatus"),
        ("Ziele neu.csv", ["ziel_id", "zielbereich", "zielstatus"], "es fehlen die Spalten ziel_id, "),
        ("Mittel 2026.csv", [], "der Name und die Spalten passen nicht sicher zusammen"),
    ],
)  # fmt: skip
def test_what_is_not_certain_is_asked_about_and_nothing_of_it_is_kept(office, name, lacks, why):
    folder = called(office, name, GOALS.replace("Wohnung", "Gesundheit"))
    without(folder / name, *lacks)

    imported = office.hands_in(folder)

    assert severities(imported) == {"table-like": "warning"}
    assert f"und wurde nicht gelesen: {why}" in imported.findings[0].message["de"]
    assert imported.accepted  # with the reason that this office always gives
    assert [file for file in office.settings.store.rglob("*") if file.is_file() and name in file.name] == []


def test_what_half_of_a_table_needs_and_its_name_is_told_as_a_fault_of_that_table(office):
    folder = called(office, "ziele (1).csv")
    without(folder / "ziele (1).csv", "zielstatus")

    assert severities(office.hands_in(folder)) == {"table-read-as": "notice", "column-missing": "fault"}


def test_where_a_file_has_the_exact_name_a_copy_beside_it_is_asked_about(office):
    folder = office.draws(faelle=CASES, ziele=GOALS)
    (folder / "Kopie von ziele.csv").write_text(
        (folder / "ziele.csv").read_text(encoding="utf-8").replace("Z1", "Z9"), encoding="utf-8"
    )

    imported = office.hands_in(folder)

    assert severities(imported) == {"table-like": "warning"}  # and not that it was read
    assert sorted(office.stored("ziele", "ziel_id, zielbereich")) == READ


def test_of_two_copies_none_is_the_right_one(office):
    folder = called(office, "ziele (1).csv")
    (folder / "ziele (2).csv").write_bytes((folder / "ziele (1).csv").read_bytes())

    assert severities(office.hands_in(folder))["table-twice"] == "fault"


def test_a_letter_named_like_a_table_is_asked_about_unless_that_table_is_there(office):
    folder = office.draws(faelle=CASES, ziele=GOALS)
    (folder / "Ziele.pdf").write_bytes(b"%PDF-1.7\0\0")

    assert severities(office.hands_in(folder)) == {"unknown-file": "notice"}

    (folder / "ziele.csv").unlink()

    assert severities(office.hands_in(folder)) == {"table-like": "warning", "table-gone": "warning"}


def book(office, change, **tables):
    path = books.xlsx(office.folder / "abgabe.xlsx", **tables)
    opened = load_workbook(path)
    change(opened)
    opened.save(path)
    return path


@pytest.mark.parametrize("title", ["ziele (2)", "Ziele 2026", "Tabelle1"])
def test_a_sheet_is_known_by_name_and_header_too(office, title):
    path = book(office, lambda book: setattr(book["ziele"], "title", title), faelle=CASES, ziele=GOALS)

    imported = office.hands_in(path)

    assert severities(imported) == {"table-read-as": "notice"}
    assert f"Das Blatt '{title}' heißt nicht genau wie eine Tabelle" in imported.findings[0].message["de"]
    assert len(office.stored("ziele")) == 2


def test_an_empty_sheet_named_after_a_table_is_asked_about(office):
    path = book(
        office, lambda book: (book.create_sheet("Ziele"), book.create_sheet("Tabelle3")), faelle=CASES
    )

    imported = office.hands_in(path)

    assert severities(imported) == {"sheet-empty": "warning"}
    assert imported.findings[0].sheet == "Ziele"
    assert "ziele" not in imported.rows


def test_a_table_of_a_header_alone_is_told(office):
    imported = office.hands_in(faelle=CASES, ziele="fall_id")

    assert severities(imported) == {"header-only": "notice"}
    assert imported.rows["ziele"] == 0


HEADINGS = {
    "Beendet am (Datum)": "notice", "Beendet am*": "notice", "be-\nendet am": "notice",
    "Beendetam:": "notice", "Beendet am (TT.MM.JJJJ)": "notice", "Beendet am (Schule)": "warning",
    "beendet": "warning", "Beendet am Stichtag": "warning", "Ende der Beratung": "warning",
    "beendet_amm": "warning", "Ende": "warning", "Datum Beendigung": "warning", "Abgang": "warning",
    "Kostenstelle": None,
}  # fmt: skip


@pytest.mark.parametrize("heading", HEADINGS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_heading_nearly_of_the_format_is_read_or_asked_about(office, heading, kind):
    header, row = (
        ["fall_id", "ags", "aufnahme_am", heading],
        ["F-0001", "08111000", "01.01.2024", "02.03.2024"],
    )
    if kind == "csv":
        path = office.folder / "faelle.csv"
        path.write_text(drawn.csv([dict(zip(header, row, strict=True))], header), encoding="utf-8")
    else:
        made, path = Workbook(), office.folder / "faelle.xlsx"
        made.active.append(header)
        made.active.append(row)
        made.save(path)

    imported = office.hands_in(path, sender="amt-a", day="30.09.2026")

    rule = {"notice": "column-read-as", "warning": "column-like", None: "unknown-column"}[HEADINGS[heading]]
    assert severities(imported) == {rule: HEADINGS[heading] or "notice"}
    assert imported.findings[0].column == " ".join(heading.split())
    ended = [str(day) if day else None for (day,) in office.stored("faelle", "beendet_am")]
    assert ended == (["2024-03-02"] if HEADINGS[heading] == "notice" else [None])


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff"])
def test_signs_that_nobody_sees_are_no_part_of_a_heading(office, sign):
    headings = f"{sign}herkunftsland{sign} | beendet{sign}_am"
    imported = office.hands_in(faelle=f"{headings}\nSyrien | 02.03.2024")

    assert severities(imported) == {}
    assert office.stored("faelle", "beendet_am, herkunftsland") == [(datetime.date(2024, 3, 2), "SY")]


def test_a_mark_of_the_byte_order_that_was_written_as_text_is_none_of_a_heading(office):
    folder = office.draws(faelle="geschlecht\nweiblich")
    text = (folder / "faelle.csv").read_text(encoding="utf-8").replace("geschlecht", "fall_id2")
    header, row = text.splitlines()
    cases = f"ï»¿geschlecht;{header}\nweiblich;{row}"
    (folder / "faelle.csv").write_text(cases.replace("fall_id2", "Kostenstelle"), encoding="utf-8")

    assert severities(office.hands_in(folder)) == {"unknown-column": "notice"}
    assert office.stored("faelle", "geschlecht") == [("weiblich",)]


def test_where_the_column_itself_is_there_nothing_is_like_it(office):
    imported = office.hands_in(
        faelle="fall_id | beendet_am | Beendet am (Datum)\nF1 | 02.03.2024 | 02.03.2024"
    )

    assert severities(imported) == {"unknown-column": "notice"}


@pytest.mark.parametrize("heading", ["Beendet am (Fatima Al-Hamwi)", "Beendet am (Nachname)"])
def test_what_a_heading_like_a_column_says_of_a_person_is_not_said_again(office, heading):
    imported = office.hands_in(faelle=f"fall_id | {heading}\nF1 | 02.03.2024")

    assert not imported.accepted
    assert {"column-read-as", "column-like"}.isdisjoint(imported.counts)
    assert "Hamwi" not in repr(imported)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_column_with_values_and_without_a_name_is_never_left_out_without_a_word(office, kind):
    folder = office.draws(faelle="fall_id\nF1")
    rows = [["fall_id", "ags", "aufnahme_am", ""], ["F-1", "08111000", "05.01.2024", "03.02.2024"]]
    if kind == "csv":
        rows = [[*row, " "] for row in rows]  # what spreadsheets leave behind at the end of each line
        (folder / "faelle.csv").write_text("".join(f"{';'.join(row)}\n" for row in rows), encoding="utf-8")
    else:
        (folder / "faelle.csv").unlink()
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.active.title = "faelle"
        book.save(folder / "faelle.xlsx")

    imported = office.hands_in(folder)

    assert imported.counts == {"column-without-name": 1}
    (asked,) = imported.findings
    assert (asked.severity, asked.line, asked.column, asked.value) == ("warning", 1, "#4", None)
    assert "03.02.2024" not in repr(imported)
