"""Several tables from one sheet, goals in columns, and who hands in."""

from openpyxl import Workbook

from data.deliveries.handin import results
from data.deliveries.profiles import proposing, saved
from tests.deliveries.profiles.conftest import CASES, GOALS, KNOWN, said


def test_a_table_that_no_file_fits_is_a_fault(office):
    path = office.writes("Export.csv", KNOWN)
    elsewhere = CASES.replace('to = "faelle"', 'to = "faelle"\nfile = "Fall*.csv"')

    imported = office.hands_in(path, elsewhere)

    assert "profile-table-missing" in imported.counts


def test_repeated_columns_become_rows_with_keys_that_stay_the_same(office):
    sheet = """
        Nr     | Ort      | Start    | Sex | Ziel 1  | Stand 1    | Seit 1     | Ziel 2  | Stand 2 | Seit 2
        F-0001 | 08111000 | 1/5/2024 | m   | Sprache | Vereinbart | 05.01.2024 | Wohnung | Neu     |
        F-0002 | 08111000 | 1/5/2024 | m   |         |            |            |         |         |
        F-0003 | 08111000 | 1/5/2024 | m   |         |            |            | Kinder  | Neu     |
    """
    # Dates of one file in two ways are a fault of the format, unless the profile reads each.
    both = CASES + GOALS.replace('"Seit {n}"', '{ column = "Seit {n}", date = "TT.MM.JJJJ" }')
    office.hands_in(office.writes("Export.csv", sheet), both)
    before = office.stored("ziele")
    again = office.writes("Neu.csv", "\n".join(reversed(sheet.strip("\n").splitlines()[1:])).join(
        [sheet.strip("\n").splitlines()[0] + "\n", "\n"]
    ))  # fmt: skip
    office.hands_in(again, both)

    assert [(row["fall_id"], row["zielbereich"], row["zielstatus"]) for row in before] == [
        ("F-0001", "Sprache", "Vereinbart"),
        ("F-0001", "Wohnung", "Neu"),
        ("F-0003", "Kinder", "Neu"),
    ]
    keys = {row["ziel_id"] for row in before}
    assert len(keys) == 3
    assert {row["ziel_id"] for row in office.stored("ziele")} == keys


def test_a_fault_in_repeated_columns_names_the_column_with_its_number_and_the_line_of_the_case(office):
    sheet = """
        Nr     | Ort      | Start    | Sex | Ziel 1  | Stand 1    | Seit 1     | Ziel 2  | Stand 2    | Seit 2
        F-0001 | 08111000 | 1/5/2024 | m   | Sprache | Neu        |            | Wohnung | Neu        |
        F-0002 | 08111000 | 1/5/2024 | m   | Sprache | Neu        |            | Wohnung | Vereinbart |
        F-0003 | 08111000 | 1/5/2024 | m   | Sprache | Vereinbart |            | Wohnung | Nei        |
    """

    imported = office.hands_in(office.writes("Export.csv", sheet), CASES + GOALS)

    assert sorted(said(imported)) == [
        ("fault", "required-when", 3, "Seit 2", None),
        ("fault", "required-when", 4, "Seit 1", None),
        ("fault", "value-list", 4, "Stand 2", "Nei"),
    ]
    texts = [each.message["de"] for each in imported.findings if each.rule == "required-when"]
    assert texts == [
        "'Seit 2' ist leer, obwohl 'Stand 2' es verlangt.",
        "'Seit 1' ist leer, obwohl 'Stand 1' es verlangt.",
    ]


def test_the_head_of_a_delivery_comes_from_the_profile_and_from_what_is_given(office):
    head = """
[[table]]
to = "lieferung"
[table.columns]
absender_id = { given = "sender" }
absender_name = { constant = "Amt A" }
absender_art = { constant = "Landkreis" }
stichtag = { given = "reporting-date" }
format_version = { constant = "1" }
"""
    path = office.writes("Export.csv", KNOWN)

    imported = office.hands_in(path, CASES + head)

    assert imported.accepted, imported.findings
    assert (imported.head.name, imported.head.complete) == ("Amt A", True)
    other = office.writes("Morgen.csv", KNOWN.replace("F-0002", "F-0003"))
    late = office.hands_in(other, CASES + head, sender="amt-a", reporting_date="31.12.2050")
    assert [(each.rule, each.file, each.line) for each in late.findings] == [("after-today", "test.toml", 11)]


def test_a_head_that_stands_in_every_row_is_one_row(office):
    head = """
[[table]]
to = "lieferung"
[table.columns]
absender_id = "Amt"
absender_name = "Amt"
absender_art = { constant = "Landkreis" }
stichtag = { column = "Stand", date = "M/D/YYYY" }
format_version = { constant = "1" }
"""
    sheet = "Nr | Ort | Start | Sex | Amt | Stand\n" + "\n".join(
        f"F-000{n} | 08111000 | 1/5/2024 | m | lra-x | 9/30/2026" for n in range(3)
    )

    imported = office.hands_in(office.writes("Export.csv", sheet), CASES + head, sender="lra-x")

    assert (imported.rows, imported.head.sender) == ({"lieferung": 1, "faelle": 3}, "lra-x")
    two = office.writes("Zwei.csv", sheet + "\nF-0009 | 08111000 | 1/5/2024 | m | lra-y | 9/30/2026")
    assert "one-row" in office.hands_in(two, CASES + head, sender="lra-x").counts


def test_files_in_the_format_lie_beside_those_that_are_mapped(office):
    folder = office.folder / "both"
    folder.mkdir()
    office.writes("both/Export.csv", KNOWN)
    office.writes(
        "both/verlauf.csv", "fall_id | datum | merkmal | wert\nF-0001 | 01.02.2024 | sprachniveau | A1"
    )

    imported = office.hands_in(folder, CASES)

    assert imported.rows == {"faelle": 2, "verlauf": 1}


def test_faulty_rows_of_two_tables_from_one_sheet_are_those_of_each_table(office):
    sheet = """
        Nr     | Ort      | Start    | Sex | Ziel 1  | Stand 1
        F-0001 | 08111000 | 1/5/2024 | m   | Sprache | Nei
        F-0002 | 08111000 | 1/5/2024 | m   |         |
        F-0003 | 08111000 | 1/5/2024 | m   | Kinder  | Neu
        F-0004 | 08111000 | 1/5/2024 | x   |         |
    """
    goals = GOALS.replace('vereinbart_am = "Seit {n}"\n', "")

    cases, ziele = office.hands_in(office.writes("Export.csv", sheet), CASES + goals, with_rows=True).faulty

    assert cases.cells == ((5, ("F-0004", "08111000", "1/5/2024", "x")),)
    assert ziele.columns == ("Nr", "Ziel {n}", "Stand {n}")
    assert ziele.cells == ((2, ("F-0001", "Sprache", "Nei")),)


MONTHS = {"Januar": "F-1", "Februar": "F-2", "März": "F-3"}


def by_month(office, **months):
    book = Workbook()
    book.remove(book.active)
    for month, case in months.items():
        sheet = book.create_sheet(month)
        for row in (["Nr", "Ort", "Start", "Sex"], [case, "08111000", "1/5/2024", "m"]):
            sheet.append(row)
    book.save(office.folder / "liste.xlsx")
    return office.folder / "liste.xlsx"


def test_sheets_with_the_columns_of_the_profile_that_it_does_not_read_need_a_yes(office):
    profile = CASES.replace('to = "faelle"', 'to = "faelle"\nsheet = "Januar"')

    imported = office.hands_in(by_month(office, **MONTHS), profile)

    asked = [(each.severity, each.rule, each.sheet) for each in imported.findings]
    assert asked == [("warning", "profile-not-meant", month) for month in ("Februar", "März")]
    assert imported.rows == {"faelle": 1}


def test_of_sheets_with_the_same_headings_one_is_proposed_and_no_other_table_is_made_of_the_next(office):
    proposal = proposing.propose(by_month(office, **MONTHS), office.settings)

    assert [table.to for table in proposal.tables] == ["faelle"]
    assert len(proposal.fits_no_table) == 2


def test_a_saved_profile_stays_out_of_a_workbook_of_which_it_means_no_sheet(office):
    profile = CASES.replace('to = "faelle"', 'to = "faelle"\nsheet = "Januar"')
    saved.save(office.settings, "amt-a", profile)

    imported = office.hands_in(by_month(office, Oktober="F-1"))

    assert imported.counts == {"unknown-sheet": 1, "nothing-read": 1}
    assert results.is_other(imported)
