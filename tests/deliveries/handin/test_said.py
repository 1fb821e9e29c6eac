"""What is said helps: nothing that only follows from something else, every value at once, and no sign that a
terminal would obey.
"""

import json
import zipfile

import openpyxl
import pytest

from data.commands import visible
from tests.support import drawn

CASES = "fall_id\nF1\nF2"
GOALS = "fall_id | zielbereich\nF1 | Wohnung\nF2 | Sprache"
WHOLE = {"faelle": CASES, "ziele": GOALS, "beratungen": "fall_id\nF1\nF2"}
GIVEN = ("--sender", "lra-ulm", "--reporting-date", "30.09.2026")


def with_cases(office, content):
    folder = office.draws(**WHOLE)
    (folder / "faelle.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


UNREAD = {
    "no-text": b"\x89PNG\0\0",
    "header-below": "Titel;;\n" * 30 + "fall_id;ags;aufnahme_am\nF1--;08111000;05.01.2024\n",
    "row-length": "fall_id;ags;aufnahme_am\nF1--;08111000;05.01.2024\nF2--;08111000\n",
    "column-missing": "fall_nummer;ags;aufnahme_am\nF1--;08111000;05.01.2024\nF2--;08111000;05.01.2024\n",
}


@pytest.mark.parametrize("rule", UNREAD)
def test_no_reference_is_missed_in_a_table_that_was_not_read(office, rule):
    imported = office.hands_in(with_cases(office, UNREAD[rule]))

    assert [each.rule for each in imported.findings if each.severity == "fault"] == [rule]
    assert imported.counts["reference-unchecked"] == 2  # one for the goals, one for the consultations
    assert "reference" not in imported.counts


def test_goals_without_any_cases_are_one_fault_for_each_table_and_not_for_each_row(office):
    imported = office.hands_in(ziele=GOALS, beratungen="fall_id\nF1\nF2")

    assert imported.counts == {"parent-missing": 2}
    assert imported.findings[0].remedy["de"].startswith("Legen Sie 'faelle' dazu")


def test_the_guard_looks_at_keys_that_could_be_looked_for_nowhere(office):
    names = ["Schneider", "Hoffmann", "Fischer", "Weber", "Wagner", "Becker", "Schulz", "Lehmann"]
    goals = "\n".join(f"{name}-{at}" for at, name in enumerate(names))
    folder = with_cases(office, UNREAD["no-text"])
    drawn.delivery(folder, ziele=f"fall_id\n{goals}")
    (folder / "faelle.csv").write_bytes(UNREAD["no-text"])

    assert office.hands_in(folder).counts["guard-name"] == 8


def test_the_line_that_is_probably_the_header_is_named(office):
    (fault,) = [
        each for each in office.hands_in(with_cases(office, UNREAD["header-below"])).findings
        if each.severity == "fault"
    ]  # fmt: skip

    assert (fault.line, "wohl Zeile 31" in fault.message["de"]) == (31, True)
    assert "über Zeile 31" in fault.remedy["de"]


def letter(path):
    kinds = {
        ".docx": {"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"},
        ".odt": {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"},
    }
    if path.suffix == ".doc":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600)
        return
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in kinds[path.suffix].items():
            archive.writestr(name, text)


@pytest.mark.parametrize("name", ["Anschreiben.docx", "Anschreiben.odt", "Anschreiben.doc"])
def test_a_letter_beside_the_files_is_a_letter(office, name):
    folder = office.draws(**WHOLE)
    letter(folder / name)

    imported = office.hands_in(folder)

    assert (imported.accepted, imported.counts) == (True, {"unknown-file": 1, "not-kept": 1})


def test_a_zip_in_a_zip_is_not_called_damaged(office):
    folder = office.draws(**WHOLE)
    with zipfile.ZipFile(office.folder / "innen.zip", "w") as archive:
        for file in folder.iterdir():
            archive.write(file, file.name)
    with zipfile.ZipFile(office.folder / "aussen.zip", "w") as archive:
        archive.write(office.folder / "innen.zip", "innen.zip")

    imported = office.hands_in(office.folder / "aussen.zip")

    assert imported.counts == {"nested-archive": 1}
    assert "Archiv in einem Archiv" in imported.findings[0].message["de"]


def test_the_summary_names_who_and_when_as_they_were_given(command, tmp_path):
    (tmp_path / "faelle.csv").write_bytes(b"\x89PNG\0\0")

    code, out, _ = command("import", tmp_path / "faelle.csv", *GIVEN)

    assert (code, "(lra-ulm (lra-ulm), 30.09.2026)" in out) == (3, True)


def wrong(rows):
    """Cases in which row 1, 4, 7 … has another wrong sex than the rows between."""
    sexes = ["weibl.?", "m/w", *(f"unklar {number}" for number in range(30))]
    return "geschlecht\n" + "\n".join(sexes[at % 2] if at % 3 else sexes[at // 3 % 32] for at in range(rows))


@pytest.mark.parametrize("rows", [96, 1500])
def test_every_rule_says_its_commonest_values_with_exact_counts(command, tmp_path, rows):
    path = drawn.delivery(tmp_path / "a", faelle=wrong(rows))

    code, out, err = command("import", path, "--json")
    (said,) = json.loads(out)["values"]

    third = rows // 3
    assert (code, said["column"], said["different"]) == (3, "geschlecht", 32)
    assert len(said["values"]) == 20
    assert said["values"]["m/w"] == third + -(-third // 32)
    assert f"'m/w' ({third + -(-third // 32):,})" in err
    assert ", … (32 different ones)." in err


def test_values_of_a_column_in_which_the_guard_finds_something_are_in_no_list(command, tmp_path):
    names = ["Schneider", "Hoffmann", "Fischer", "Weber", "Wagner", "Becker", "Schulz", "Lehmann"]
    path = drawn.delivery(tmp_path / "a", faelle="geschlecht\n" + "\n".join(names))

    code, out, err = command("import", path, "--json")

    assert (code, json.loads(out)["values"]) == (3, [])
    assert not [name for name in names if name in out + err]


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_no_control_character_of_a_name_reaches_the_terminal(command, tmp_path, as_json):
    folder = drawn.delivery(tmp_path / "a\x1b[2J", faelle="fall_id | x\x07y\x9bz\nF1 | 1")
    (folder / "ziele\x1b]0;neu\x07\u202e.csv").write_text("ziel_id;thema\n", encoding="utf-8")

    code, out, err = command("import", folder, *as_json)

    assert code == 5, err
    assert not [sign for sign in out + err if not sign.isprintable() and sign != "\n"]
    assert "ziele\\u001b]0;neu\\u0007\\u202e.csv" in err
    assert "x\\u0007y\\u009bz" in err
    if as_json:
        files = {each["file"] for each in json.loads(out)["findings"]}
        assert "ziele\x1b]0;neu\x07\u202e.csv" in files


def test_what_is_shown_is_the_text_itself_where_it_has_no_control_character():
    assert visible("Fälle – Ortenau\t(1)\nß €") == "Fälle – Ortenau\t(1)\nß €"


def test_the_report_as_a_workbook_stands_with_such_names(command, tmp_path):
    folder = drawn.delivery(tmp_path / "a", faelle="aufnahme_am | \x07y\ngestern | 1")

    code, _, _ = command("import", folder, "--report", tmp_path / "report.xlsx")

    assert (code, openpyxl.load_workbook(tmp_path / "report.xlsx").sheetnames[0][:7]) == (3, "Befunde")


# Twelve headings with a remark or a hyphen, three that nobody knows, two that are only like one.
RENAMED = (
    "Fall-ID*", "Ags*", "Aufnahme am (Datum)", "Beendet am (TT.MM.JJJJ)", "Beendigungs-grund",
    "Alters-gruppe",
    "Geschlecht*", "Herkunfts-land", "Aufenthalts-status", "Haushalts-typ", "Schul-abschluss",
    "Sprach-niveau",
)  # fmt: skip
OTHERS = ("Farbe", "Stimmung", "Ampel", "Unterbringungsart", "Anerkennungs")


def renamed(folder):
    folder.mkdir()
    cases = ["F-0001", "08111000", "05.01.2024", *[""] * 9, "rot", "gut", "gelb", "", ""]
    lines = [";".join((*RENAMED, *OTHERS)), ";".join(cases)]
    (folder / "faelle.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "faelle.csv"


def test_what_one_rule_says_of_several_columns_of_a_file_is_one_paragraph_with_a_list(command, tmp_path):
    path = renamed(tmp_path / "a")

    code, _, err = command("import", path, *GIVEN)

    paragraphs = [each for each in err.split("\n\n") if each.startswith(("warning", "notice"))]
    assert (code, [each.partition(":")[0] for each in paragraphs]) == (5, ["warning", "notice", "notice"])
    like, read, unknown = paragraphs
    for heading in RENAMED:
        assert f"'{heading}' as '" in read
    assert "12 columns are named a little otherwise" in read
    assert "3 columns are no part of the export format and were left out: 'Farbe', 'Stimmung'" in unknown
    assert "'Unterbringungsart' like 'unterbringung', 'Anerkennungs' like 'anerkennung'." in like
    assert len(err.splitlines()) < 20


def test_programs_are_told_each_column_by_itself(command, tmp_path):
    _, out, _ = command("import", renamed(tmp_path / "a"), *GIVEN, "--json")

    said = json.loads(out)
    assert said["counts"] == {"column-read-as": 12, "column-like": 2, "unknown-column": 3}
    assert len(said["findings"]) == 17


def test_columns_of_two_files_are_two_paragraphs(command, tmp_path):
    folder = drawn.delivery(
        tmp_path / "a", faelle="Farbe | Ampel\nrot | gut", ziele="Farbe | Ampel\nrot | gut"
    )

    _, _, err = command("import", folder)

    assert [line.partition(", line")[0] for line in err.splitlines() if "2 columns are no part" in line] == [
        "notice: faelle.csv",
        "notice: ziele.csv",
    ]
