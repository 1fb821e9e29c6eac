"""The commands round the store, by their exit codes, results and messages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data.commands import main
from tests.support import drawn

ROOT = Path(__file__).parents[3]
ODD = "fall_id | integrationsplan_am | aufnahme_am | beendet_am\nF1 | 01.02.2024 | 01.01.2024 | 15.01.2024"
SHAPE = {
    "accepted", "needs_confirmation", "already_stored", "sha256", "recognised", "findings", "counts",
    "values",
}  # fmt: skip


def stored(command):
    return json.loads(command("status", "--json")[1])["deliveries"]


def test_warnings_are_taken_over_only_with_a_reason(command, tmp_path):
    folder = drawn.delivery(tmp_path / "a", faelle=ODD)

    code, out, err = command("import", folder)
    assert code == 5
    assert "1 warning, nothing was taken over yet" in out
    assert '--confirm "reason"' in out
    assert "warning: faelle.csv, line 2" in err
    assert stored(command) == []

    code, out, err = command("import", folder, "--json")
    result = json.loads(out)
    assert (code, set(result)) == (5, SHAPE)
    assert (result["accepted"], result["needs_confirmation"], result["already_stored"]) == (
        False,
        True,
        False,
    )
    assert "--confirm" in err

    assert command("import", folder, "--confirm", "Plan lag vor")[0] == 0
    (delivery,) = stored(command)
    assert delivery["confirmed"] == "Plan lag vor"
    assert delivery["handed_in_by"]


def test_undo_restores_the_delivery_before_it_and_the_same_files_can_come_again(command, tmp_path):
    first = drawn.delivery(tmp_path / "a", reporting_date="30.06.2026", faelle="fall_id\nF1")
    second = drawn.delivery(tmp_path / "b", reporting_date="30.09.2026", faelle="fall_id\nF1\nF2")
    command("import", first, second)

    code, out, err = command("undo", "amt-a", "--reason", "wrong export", "--json")
    result = json.loads(out)

    assert (code, result["reporting_date"]) == (0, "2026-09-30")
    assert [each["state"] for each in stored(command)] == ["accepted", "taken_back"]
    assert result["standing"] == [stored(command)[0]["sha256"]]
    assert "build" in err

    assert command("import", second)[0] == 0
    assert [each["state"] for each in stored(command)] == ["replaced", "taken_back", "accepted"]
    assert command("verify")[0] == 0
    assert command("undo", stored(command)[2]["sha256"][:12])[0] == 0
    assert command("undo", "amt-a")[0] == 0
    code, _, err = command("undo", "amt-a")
    assert (code, "status" in err) == (2, True)


def test_a_delivery_that_a_later_single_table_leans_on_is_not_taken_back(command, tmp_path):
    whole = drawn.delivery(tmp_path / "a", reporting_date="30.06.2026", faelle="fall_id\nF-0001")
    goals = drawn.delivery(tmp_path / "b", ziele="ziel_id\nZ-01") / "ziele.csv"
    command("import", whole)
    command("import", goals, "--sender", "amt-a", "--reporting-date", "30.09.2026")
    sha256 = stored(command)[0]["sha256"]

    code, _, err = command("undo", sha256)
    assert (code, stored(command)[1]["sha256"][:12] in err) == (2, True)
    assert command("undo", "amt-a")[0] == 0
    assert command("undo", sha256)[0] == 0


def test_verify_names_what_is_damaged_with_what_was_expected_and_found(command, tmp_path):
    command("import", drawn.delivery(tmp_path / "a", faelle="fall_id\nF1"))
    assert command("verify")[:2] == (0, "1 delivery, 4 files: all sound\n")
    folder = tmp_path / "store" / "deliveries" / stored(command)[0]["sha256"]
    with (folder / "original" / "faelle.csv").open("a") as file:
        file.write("x")
    (folder / "faelle.parquet").unlink()

    code, out, _ = command("verify", "--json")
    damages = {each["file"].rpartition("/")[2]: each for each in json.loads(out)["damages"]}

    assert code == 6
    assert set(damages) == {"faelle.csv", "faelle.parquet"}
    assert damages["faelle.parquet"]["found"] == "no file"
    assert len(damages["faelle.csv"]["expected"]) == len(damages["faelle.csv"]["found"]) == 64
    assert "2 damaged" in command("verify")[1]


def test_verify_names_a_damaged_register_and_never_cleans_what_it_would_have_listed(command, tmp_path):
    command("import", drawn.delivery(tmp_path / "a", faelle="fall_id\nF1"))
    for file in (tmp_path / "store").glob("register.sqlite*"):
        file.unlink()

    code, out, _ = command("verify", "--clean")

    assert (code, "register.sqlite" in out) == (6, True)
    assert list((tmp_path / "store" / "deliveries").iterdir())
    (tmp_path / "store" / "register.sqlite").write_bytes(b"no database at all" * 100)
    assert command("verify")[0] == 6


def test_leftovers_are_harmless_and_go_with_clean(command, tmp_path):
    command("import", drawn.delivery(tmp_path / "a", faelle="fall_id\nF1"))
    names = ["deliveries/half", "incoming/left", "warehouse-1.new", "current.json.7.new"]
    for name in names[:2]:
        (tmp_path / "store" / name / "original").mkdir(parents=True)
    for name in names[2:]:
        (tmp_path / "store" / name).touch()

    code, out, _ = command("verify")
    assert code == 0
    assert all(f"left over, harmless (--clean removes it): {name}" in out for name in names)
    assert json.loads(command("verify", "--clean", "--json")[1])["removed"] == sorted(names)
    assert json.loads(command("verify", "--json")[1])["leftovers"] == []
    assert len(stored(command)) == 1


def test_two_stored_deliveries_of_a_sender_are_compared(command, tmp_path):
    for day, cases in {"30.06.2026": "F1\nF2", "30.09.2026": "F2\nF3\nF4"}.items():
        command("import", drawn.delivery(tmp_path / day, reporting_date=day, faelle=f"fall_id\n{cases}"))
    command("import", drawn.delivery(tmp_path / "b", sender="amt-b", faelle="fall_id\nF1"))
    first, other, second = (each["sha256"] for each in stored(command))
    if stored(command)[1]["sender"] == "amt-a":
        other, second = second, other

    code, out, _ = command("compare", first, second[:10], "--json")
    compared = json.loads(out)

    assert (code, compared["cases"]) == (0, {"new": 2, "gone": 1, "changed": 0, "same": 1})
    assert compared["figures"][0] == {"name": "cases", "before": "2", "after": "3", "least": 0}
    assert "cases" in compared["jumps"]
    assert "2 new, 1 gone" in command("compare", first, second)[1]
    code, _, err = command("compare", first, other)
    assert (code, "one sender" in err) == (2, True)


def test_a_reader_that_stops_reading_gets_no_stack_trace(tmp_path):
    environment = {"DASHBOARD_STORE": str(tmp_path / "store"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "data", "status"], cwd=ROOT, env=environment,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(), said) == (141, b"")


def test_help_names_the_exit_codes(capsys):
    for arguments in (["--help"], ["import", "--help"], ["verify", "--help"], ["watch", "--help"]):
        with pytest.raises(SystemExit):
            main(arguments)
        assert "exit codes" in capsys.readouterr().out


def test_a_command_starts_without_what_only_the_others_stand_on():
    shown = "print(*sys.modules)"
    asked = f"import sys\nfrom data.commands import main\ntry: main(['status', '--help'])\nfinally: {shown}"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    read = set(done.stdout.split())
    assert "data.commands.status" in read
    assert not {"data.commands.demo", "data.commands.release", "scipy", "openpyxl"} & read
