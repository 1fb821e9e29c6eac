"""What a profile does to values and columns, and what it says of those it doesn't know."""

import pytest

from data.deliveries.format.findings import LISTED_PER_RULE
from tests.deliveries.profiles.conftest import CASES, KNOWN, said


def test_rename_date_pattern_value_map_and_ignored_values(office):
    imported = office.hands_in(office.writes("Export.csv", KNOWN), CASES)

    assert said(imported) == []
    assert office.stored("faelle") == [
        {"fall_id": "F-0001", "ags": "08111000", "aufnahme_am": "2024-01-05", "geschlecht": "männlich"},
        {"fall_id": "F-0002", "ags": "08111000", "aufnahme_am": "2024-12-24"},
    ]
    assert imported.recognised[0].text == "UTF-8, Semikolon, M/D/YYYY, Profil test"


def test_a_limit_is_named_also_where_a_profile_maps_other_values_of_the_column(office):
    talks = """
[[table]]
to = "beratungen"
[table.columns]
beratung_id = "Nr"
fall_id = "Nr"
datum = { column = "Start", date = "M/D/YYYY" }
dauer_min = { column = "Dauer", values = { "kurz" = "10" } }
"""
    path = office.writes(
        "Export.csv", "Nr | Ort | Start | Sex | Dauer\nF-0001 | 08111000 | 1/5/2024 | m | 999"
    )

    (finding,) = office.hands_in(path, CASES + talks).findings

    assert finding.message["en"] == "'Dauer' is '999', which is outside of 1 – 600."


def test_an_unknown_value_is_a_fault_in_the_original_line_and_column(office):
    path = office.writes("Export.csv", KNOWN + "    F-0003 | 08111000 | 2/30/2024 | x")

    imported = office.hands_in(path, CASES)

    assert not imported.accepted
    assert sorted(said(imported)) == [
        ("fault", "date", 4, "Start", "2/30/2024"),
        ("fault", "profile-value", 4, "Sex", "x"),
    ]
    assert (
        "Known are: m · ?." in next(each for each in imported.findings if each.column == "Sex").remedy["en"]
    )


def test_the_profiles_own_values_go_first_and_its_codes_are_not_guessed_at(office):
    path = office.writes("Export.csv", KNOWN + "    F-0003 | 08111000 | 1/5/2024 | Weiblich")

    assert said(office.hands_in(path, CASES)) == [("notice", "synonym", 4, "Sex", "Weiblich")]
    assert [row.get("geschlecht") for row in office.stored("faelle")] == ["männlich", None, "weiblich"]

    path = office.writes("Andere.csv", KNOWN + "    F-0003 | 08111000 | 1/5/2024 | w")
    assert said(office.hands_in(path, CASES)) == [("fault", "profile-value", 4, "Sex", "w")]

    otherwise = CASES.replace('"m" = "männlich"', '"m" = "divers"')
    assert said(office.hands_in(office.writes("Export.csv", KNOWN), otherwise)) == []
    assert office.stored("faelle")[-2]["geschlecht"] == "divers"


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


def test_at_most_a_thousand_rows_of_a_rule_are_kept_and_the_count_is_exact(office):
    rows = "\n".join(f"F-{n:05} | 08111000 | 1/5/2024 | x" for n in range(1_200))
    imported = office.hands_in(office.writes("Export.csv", f"Nr | Ort | Start | Sex\n{rows}"), CASES)

    assert imported.counts == {"profile-value": 1_200}
    assert (len(imported.findings), imported.findings[-1].line) == (LISTED_PER_RULE, LISTED_PER_RULE + 1)


def test_a_column_with_values_and_without_a_name_needs_a_yes(office):
    drawing = KNOWN.replace("| Sex", "| Sex | ").replace("| m", "| m | 5").replace("| ?", "| ? |")
    path = office.writes("liste.csv", drawing)

    imported = office.hands_in(path, CASES)

    assert [each[:4] for each in said(imported)] == [("warning", "column-without-name", 1, "#5")]
