"""`python -m data import` and `status`: results on stdout, messages on stderr, exit codes."""

import json

import openpyxl
import pytest

from data.commands import main
from tests.support import drawn

KEYS = {"severity", "rule", "file", "sheet", "line", "column", "value"} | {
    f"{text}_{language}" for text in ("message", "remedy") for language in ("de", "en")
}


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Run a command on an empty store; gives exit code, stdout, stderr."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize("sheets", [("Tabelle1",), ("faelle", "ziele"), ("Notizen",)])
def test_a_workbook_without_a_table_is_not_taken_over_though_its_sender_is_given(command, tmp_path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        book.create_sheet(name)
    if sheets == ("Notizen",):
        book["Notizen"].append(["nur Text"])
    book.save(tmp_path / "leer.xlsx")
    given = ("--sender", "amt-a", "--reporting-date", "30.09.2026")

    code, out, _ = command("import", tmp_path / "leer.xlsx", *given, "--json")

    expected = {"empty-workbook"} if sheets != ("Notizen",) else {"unknown-sheet", "nothing-read"}
    assert (code, {each["rule"] for each in json.loads(out)["findings"]}) == (3, expected)


def test_an_accepted_delivery_is_one_line_with_its_ways_of_writing(command, tmp_path):
    code, out, err = command("import", drawn.delivery(tmp_path / "a", faelle="fall_id\nF1"))

    assert code == 0
    assert "taken over (Amt amt-a (amt-a), 30.09.2026): 1 faelle" in out
    assert "faelle.csv: UTF-8, Semikolon, TT.MM.JJJJ" in out
    assert err == ""


def test_a_refused_delivery_says_what_where_how_often_and_what_to_do(command, tmp_path):
    folder = drawn.delivery(tmp_path / "a", faelle="aufnahme_am\n05.01.2024\n31.02.2024\n32.01.2024")

    code, out, err = command("import", folder)

    assert code == 3
    assert "refused, 2 faults, nothing was taken over" in out
    assert "fault: faelle.csv, line 3: 'aufnahme_am' is '31.02.2024', which is no date." in err
    assert "2 of 3 rows have this (lines 3, 4). Nothing of this delivery was taken over." in err
    assert "Write dates as TT.MM.JJJJ, correct the rows and hand the file in again." in err


def test_results_as_json_hold_every_finding_in_both_languages(command, tmp_path):
    good = drawn.delivery(tmp_path / "good", faelle="ags\n8111000")
    bad = drawn.delivery(tmp_path / "bad", faelle="ags\n")
    (bad / "faelle.csv").write_text("fall_id;ags;aufnahme_am\nF-0001;;gestern\n", encoding="utf-8")

    code, out, _ = command("import", bad, "--json")
    result = json.loads(out)

    assert (code, result["accepted"], result["counts"]) == (3, False, {"required": 1, "date": 1})
    assert all(set(finding) == KEYS for finding in result["findings"])
    assert result["recognised"]["faelle.csv"]["encoding"] == "UTF-8"

    code, out, _ = command("import", good, bad, "--json")

    assert code == 3
    assert [each["accepted"] for each in json.loads(out)] == [True, False]


def test_what_is_not_in_a_delivery_is_said_to_be_unknown_and_not_zero(command, tmp_path):
    folder = drawn.delivery(tmp_path / "a", faelle="fall_id | beendet_am\nF1 | 05.02.2024")

    _, out, _ = command("import", folder)

    (line,) = [line for line in out.splitlines() if "Not in it, so unknown and not zero" in line]
    assert "ziele, beratungen, verlauf, stellen, mittel, kontext; " in line
    assert "faelle: " in line
    assert "integrationsplan_am" in line
    assert "beendet_am" not in line


def test_status_says_what_is_stored_and_that_nothing_is_built(command, tmp_path):
    assert json.loads(command("status", "--json")[1]) == {
        "kind": "undecided",
        "deliveries": [],
        "waiting": [],
        "warehouse": None,
        "release": None,
        "releases": [],
        "official_lists": [],
    }
    command("import", drawn.delivery(tmp_path / "a", faelle="fall_id\nF1\nF2"))

    told = json.loads(command("status", "--json")[1])
    (delivery,) = told["deliveries"]

    assert told["kind"] == "real"
    assert delivery["sender"] == "amt-a"
    assert delivery["reporting_date"] == "2026-09-30"
    assert delivery["state"] == "accepted"
    assert delivery["rows"] == {"lieferung": 1, "faelle": 2}
    assert "amt-a" in command("status")[1]


def test_a_single_table_with_sender_and_date_on_the_command_line(command, tmp_path):
    cases = drawn.delivery(tmp_path / "a", faelle="fall_id\nF1") / "faelle.csv"

    code, out, _ = command("import", cases, "--sender", "amt-a", "--reporting-date", "30.09.2026")

    assert (code, "1 faelle" in out) == (0, True)


def test_a_store_that_cannot_be_written_is_a_message_and_no_stack_trace(command, tmp_path):
    folder = drawn.delivery(tmp_path / "a", faelle="fall_id\nF1")
    (tmp_path / "store").write_text("no folder", encoding="utf-8")

    code, _, err = command("import", folder)

    assert code == 1
    assert "Nothing was taken over." in err
    assert "Traceback" not in err
