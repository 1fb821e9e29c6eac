"""What a profile does to files, and what it says of what it doesn't know: in the sender's own words."""

import pytest

from data.deliveries import profiles
from data.deliveries.findings import KEPT_PER_RULE

CASES = """
name = "test"
[[table]]
to = "faelle"
[table.columns]
fall_id = "Nr"
ags = "Ort"
aufnahme_am = { column = "Start", date = "M/D/YYYY" }
geschlecht = { column = "Sex", values = { "m" = "männlich" }, ignore = ["?"] }
"""
GOALS = """
[[table]]
to = "ziele"
repeat = 3
[table.columns]
ziel_id = { key = ["Nr", "{n}"] }
fall_id = "Nr"
zielbereich = "Ziel {n}"
zielstatus = "Stand {n}"
vereinbart_am = "Seit {n}"
"""
KNOWN = """
    Nr     | Ort      | Start     | Sex
    F-0001 | 08111000 | 1/5/2024  | m
    F-0002 | 08111000 | 12/24/2024 | ?
"""


def said(imported):
    return [(each.severity, each.rule, each.line, each.column, each.value) for each in imported.findings]


def test_rename_date_pattern_value_map_and_ignored_values(office):
    imported = office.hands_in(office.writes("Export.csv", KNOWN), CASES)

    assert said(imported) == []
    assert office.stored("faelle") == [
        {"fall_id": "F-0001", "ags": "08111000", "aufnahme_am": "2024-01-05", "geschlecht": "männlich"},
        {"fall_id": "F-0002", "ags": "08111000", "aufnahme_am": "2024-12-24"},
    ]
    assert imported.recognised[0].text == "UTF-8, Semikolon, M/D/YYYY, Profil test"


def test_an_unknown_value_is_a_fault_in_the_original_line_and_column(office):
    path = office.writes("Export.csv", KNOWN + "    F-0003 | 08111000 | 2/30/2024 | x")

    imported = office.hands_in(path, CASES)

    assert not imported.accepted
    assert sorted(said(imported)) == [
        ("fault", "date", 4, "Start", "2/30/2024"),
        ("fault", "profile-value", 4, "Sex", "x"),
    ]
    assert "Known are: m · ?." in next(each for each in imported.findings if each.column == "Sex").remedy_en


def test_a_column_that_the_profile_does_not_know_is_a_warning_and_an_ignored_one_is_not(office):
    wide = KNOWN.replace("Sex", "Sex | Farbe").replace("| m", "| m | rot").replace("| ?", "| ? | blau")
    path = office.writes("Export.csv", wide)

    assert said(office.hands_in(path, CASES)) == [("warning", "profile-column", 1, "Farbe", None)]
    ignoring = CASES.replace('to = "faelle"', 'to = "faelle"\nignore = ["farbe"]')
    assert said(office.hands_in(path, ignoring)) == []


def test_a_column_that_the_profile_expects_and_the_file_does_not_have(office):
    path = office.writes("Export.csv", "Nr | Ort\nF-0001 | 08111000")

    assert said(office.hands_in(path, CASES)) == [
        ("warning", "profile-column-absent", 1, "Sex", None),
        ("fault", "column-missing", 1, "Start", None),
    ]


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
    texts = [each.message_de for each in imported.findings if each.rule == "required-when"]
    assert texts == [
        "'Seit 2' ist leer, obwohl 'Stand 2' es verlangt.",
        "'Seit 1' ist leer, obwohl 'Stand 1' es verlangt.",
    ]


@pytest.mark.parametrize("broken", ["F-0002;08111000", "F-0002;08111000;1/5/2024;m;x;y"])
def test_lines_stay_right_with_quoted_line_breaks_empty_rows_and_rows_that_are_none(office, broken):
    path = office.folder / "Export.csv"
    path.write_text(
        f'"Nr";"Ort";Start;Sex\nF-0001;08111000;1/5/2024;"m\n"\n;;;\n ; ; ; \n{broken}\nF-0003;0811;1/5/2024;m\n',
        encoding="utf-8",
    )

    lines = {(each.rule, each.line, each.column) for each in office.hands_in(path, CASES).findings}

    assert lines == {("row-length", 6, None), ("area-digits", 7, "Ort")}


def test_blanks_around_values_and_headings_and_case_of_headings_do_not_matter(office):
    path = office.folder / "Export.csv"
    path.write_text(" NR ;ort; START;Sex\n F-0001 ; 08111000;1/5/2024 ;m \n", encoding="utf-8")

    office.hands_in(path, CASES)

    assert office.stored("faelle")[0]["geschlecht"] == "männlich"


def test_two_columns_are_put_together_and_a_constant_stands_in_every_row(office):
    joined = CASES.replace('fall_id = "Nr"', 'fall_id = { columns = ["Amt", "Nr"], join = "-" }')
    joined = joined.replace('ags = "Ort"', 'ags = { constant = "08111000" }')
    path = office.writes("Export.csv", "Amt | Nr | Start | Sex\nA1 | 001 | 1/5/2024 | m")

    office.hands_in(path, joined)

    assert [(row["fall_id"], row["ags"]) for row in office.stored("faelle")] == [("A1-001", "08111000")]


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


def test_at_most_a_thousand_rows_of_a_rule_are_kept_and_the_count_is_exact(office):
    rows = "\n".join(f"F-{n:05} | 08111000 | 1/5/2024 | x" for n in range(1_200))
    imported = office.hands_in(office.writes("Export.csv", f"Nr | Ort | Start | Sex\n{rows}"), CASES)

    assert imported.counts == {"profile-value": 1_200}
    assert (len(imported.findings), imported.findings[-1].line) == (KEPT_PER_RULE, KEPT_PER_RULE + 1)


def test_another_profile_makes_another_delivery_of_the_same_file(office):
    path = office.writes("Export.csv", KNOWN)
    office.hands_in(path, CASES)
    again = office.hands_in(path, CASES)
    other = office.hands_in(path, CASES.replace('"männlich"', '"divers"'))

    assert (again.already_stored, other.already_stored) == (True, False)
    assert office.stored("faelle")[0]["geschlecht"] == "divers"


def test_the_profile_is_kept_for_the_sender_and_used_the_next_time(office):
    office.hands_in(office.writes("Export.csv", KNOWN), CASES)
    path = office.writes("Export 2.csv", KNOWN.replace("F-0002", "F-0003"))

    imported = office.hands_in(path)

    assert imported.accepted
    assert [row["fall_id"] for row in office.stored("faelle")] == ["F-0001", "F-0003"]
    assert profiles.of(office.settings, "amt-a").text == CASES


def test_a_saved_profile_stays_out_of_a_table_in_the_format(office):
    office.hands_in(office.writes("Export.csv", KNOWN), CASES)
    path = office.writes("faelle.csv", "fall_id | ags | aufnahme_am\nF-0009 | 08111000 | 01.01.2024")

    assert office.hands_in(path).accepted
    assert [row["fall_id"] for row in office.stored("faelle")] == ["F-0009"]


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
    assert (ziele.columns[3:], ziele.cells[0][0], ziele.cells[0][1][2:]) == (
        ("Stand {n}",),
        2,
        ("Sprache", "Nei"),
    )
    assert len(ziele.cells) == 1
