"""Lines and rows are those of the file, whatever ends a line and wherever one breaks."""

import pytest


def test_lines_are_those_of_the_file_with_line_breaks_in_quotes_and_empty_lines(office):
    folder = office.draws(faelle="fall_id\nF1")
    (folder / "faelle.csv").write_text(
        'fall_id;ags;aufnahme_am;"grup\npe"\n'
        'F-0001;08111000;05.01.2024;"eins\nzwei"\n'
        "\n;;;\n"
        'F-0002;08111000;32.01.2024;"drei"\n',
        encoding="utf-8",
    )

    findings = {each.rule: each.line for each in office.hands_in(folder).findings}

    assert findings == {"unknown-column": 1, "date": 7}


def test_an_empty_table_has_no_rows(office):
    folder = office.draws(faelle="fall_id\nF1", ziele="")

    assert office.hands_in(folder).rows == {"lieferung": 1, "faelle": 1, "ziele": 0}


@pytest.mark.parametrize(
    ("above", "line"), [("", 4), ("\n", 5), (";;;;\r\n", 5), ('"F-0009";08111000;05.01.2024;;\n', 5)]
)
def test_lines_are_right_in_plain_files_and_in_others(office, above, line):
    folder = office.draws(faelle="fall_id\nF1")
    (folder / "faelle.csv").write_text(
        "fall_id;ags;aufnahme_am;geschlecht;altersgruppe\nF-0001;08111000;05.01.2024;;\n"
        f"{above}F-0002;08111000;05.01.2024;;\nF-0003;08111000;32.01.2024;;",
        encoding="utf-8",
    )

    assert [each.line for each in office.hands_in(folder).findings] == [line]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("inside", ["\n", "\r\n", "\r"])
def test_a_line_break_inside_a_heading_loses_no_row_however_lines_end(office, ends, inside):
    folder = office.draws(faelle="fall_id\nF1")
    lines = [
        "fall_id;ags;aufnahme_am;|grup~pe|",
        "F-0001;08111000;05.01.2024;|a~b|",
        "F-0002;08111000;05.01.2024;",
    ]
    text = ends.join([*lines, ""]).replace("|", '"').replace("~", inside)
    (folder / "faelle.csv").write_bytes(text.encode())

    assert office.hands_in(folder).rows["faelle"] == 2
    assert office.stored("faelle", "fall_id") == [("F-0001",), ("F-0002",)]
