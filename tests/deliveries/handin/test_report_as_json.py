"""Every command says its result as JSON on stdout, and everything else on stderr."""

import json

import pytest

from data.commands import COMMANDS, main
from tests.support import drawn

CASES = {"faelle": "fall_id | ags | aufnahme_am\nF1 | 08421000 | 05.01.2018"}
OPTIONS = {
    "profile": ["list", "show", "check", "save", "export", "propose"],
    "account": ["add", "rights", "lock", "unlock", "reset", "remove", "list"],
}


def result(command, *arguments, code=0):
    """What a command prints, as JSON; it has to end with this exit code."""
    found, out, err = command(*arguments, "--json")
    assert found == code, err
    assert "Traceback" not in err
    return json.loads(out)


def test_every_command_has_json(capsys):
    for name in COMMANDS:
        command = name.rpartition(".")[2].strip("_")
        for arguments in [[command, each] for each in OPTIONS.get(command, [])] or [[command]]:
            with pytest.raises(SystemExit):
                main([*arguments, "--help"])
            assert "--json" in capsys.readouterr().out, arguments


def test_one_delivery_through_all_commands(command, tmp_path):
    first = drawn.delivery(tmp_path / "1", reporting_date="31.03.2018", **CASES)
    second = drawn.delivery(tmp_path / "2", reporting_date="30.06.2018", **CASES)

    one, two = result(command, "import", first, second)
    compared = result(command, "compare", one["sha256"], two["sha256"])
    built = result(command, "build")
    stored = result(command, "status")
    released = result(command, "release")
    verified = result(command, "verify")
    questions = result(command, "ask")
    answer = result(command, "ask", "caseload/by_period", "area_code=08421000")
    undone = result(command, "undo", "amt-a")
    profile = result(command, "profile", "propose", first)

    assert (one["accepted"], two["accepted"]) == (True, True)
    assert compared["cases"]["same"] == 1
    assert stored["warehouse"] == built
    assert (verified["deliveries"], verified["damages"]) == (2, [])
    assert "caseload/by_period" in [each["query"] for each in questions]
    assert (answer["query"], answer["version"]) == ("caseload/by_period", released["name"])
    assert (undone["taken_back"], undone["standing"]) == (two["sha256"], [one["sha256"]])
    assert {each["to"] for each in profile["tables"]} == {"lieferung", "faelle"}


def test_demonstration_deliveries_are_listed(command, tmp_path):
    made = result(command, "demo", "--cases", 44, "--out", tmp_path / "out")

    assert sorted(made["deliveries"]) == sorted(str(path) for path in (tmp_path / "out").iterdir())


def test_a_store_that_is_filled_is_not_filled_again(command, tmp_path):
    command("import", drawn.delivery(tmp_path / "1", **CASES))

    assert result(command, "demo", "--prepare") == {"filled": False}


def test_what_is_dropped_into_a_folder_is_one_line_each(command, tmp_path):
    drawn.delivery(tmp_path / "drop" / "1", **CASES)

    watched = result(command, "watch", tmp_path / "drop", "--once", "--settle", 0)

    assert (watched["path"], watched["accepted"]) == ("1", True)


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (2, ["demo", "--out", "/proc/none"]),
        (3, ["profile", "propose", "/proc/none"]),
        (2, ["watch", "/proc/none"]),
        (2, ["undo", "amt-a"]),
        (2, ["compare", "1c010f4c9c09", "8b4cbb7240f0"]),
        (2, ["ask", "caseload/by_period", "colour=red"]),
        (4, ["ask", "caseload/by_period"]),
        (4, ["build"]),
    ],
)
def test_what_can_not_be_done_is_said_on_stderr_alone(command, code, arguments):
    found, out, err = command(*arguments, "--json")

    assert (found, out) == (code, "")
    assert err.strip()
    assert "Traceback" not in err
