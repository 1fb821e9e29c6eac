"""What commands say of the next step: only where there is one, and never among results for programs."""

import json

import pytest

from data.commands import main
from tests.support import drawn

OTHER = "Fall-Nr. | AGS | Zugang am | {extra}\nF-0001 | 08111000 | 05.01.2024 | {value}"
GIVEN = ("--sender", "amt-a", "--reporting-date", "30.09.2026")


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Run a command on an empty store; gives exit code, stdout, stderr."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def sheet(tmp_path):
    """Writes a drawn file of another shape than the format's."""

    def write(extra="Alter", value="34", name="Liste 1.csv"):
        rows = drawn.rows(OTHER.format(extra=extra, value=value))
        (tmp_path / name).write_text(drawn.csv(rows, list(rows[0])), encoding="utf-8")
        return tmp_path / name

    return write


def test_files_of_another_shape_are_led_to_a_profile_with_what_was_said_beside_them(command, sheet):
    path = sheet()

    code, out, _ = command("import", path, *GIVEN)

    assert code == 3
    profile = path.with_name("liste-1.toml")
    assert f"python -m data profile propose '{path}' --out {profile}" in out
    assert f"--profile {profile} --sender amt-a --reporting-date 30.09.2026" in out


def test_files_with_other_faults_are_led_to_no_profile(command, tmp_path):
    faulty = drawn.delivery(tmp_path / "a", faelle="aufnahme_am\n31.02.2024")

    code, out, _ = command("import", faulty)

    assert code == 3
    assert "Next" not in out


def test_what_the_guard_refuses_is_led_to_no_profile(command, sheet, tmp_path):
    path = sheet("Nachname", "Müller", "faelle.csv")

    code, out, _ = command("import", path, *GIVEN)

    assert (code, "profile propose" in out) == (3, False)


def test_files_read_with_a_profile_are_not_led_to_another_one(command, sheet, tmp_path):
    command("profile", "propose", sheet(), "--out", tmp_path / "p.toml")

    code, out, _ = command("import", sheet("Abgang", "x"), "--profile", tmp_path / "p.toml", *GIVEN)

    assert (code, "profile propose" in out) == (5, False)


def test_a_proposal_names_what_is_open_and_how_to_go_on(command, sheet, tmp_path):
    _, out, err = command("profile", "propose", sheet("Nachname", "Müller"), "--out", tmp_path / "p.toml")

    assert out == f"liste-1: proposed, written to {tmp_path / 'p.toml'}\n"
    assert "could name a person, take it out of the export: 'Nachname'" in err
    assert "not assigned, so an import asks for a reason: 'Nachname'" in err
    assert f"--profile {tmp_path / 'p.toml'} --sender SENDER" in err
    assert "Müller" not in err


def test_a_proposal_that_can_not_be_used_yet_is_to_be_checked_first(command, sheet):
    path = sheet()
    path.write_text(
        path.read_text(encoding="utf-8").replace("AGS", "Farbe").replace("08111000", "blau"), "utf-8"
    )

    code, out, err = command("profile", "propose", path)

    assert code == 0
    assert out.startswith('name = "liste-1"')
    assert "still open, line" in err
    assert "`python -m data profile check FILE`, then " in err


def test_a_proposal_never_replaces_a_file(command, sheet, tmp_path):
    (tmp_path / "p.toml").write_text("mein Profil", "utf-8")

    code, _, err = command("profile", "propose", sheet(), "--out", tmp_path / "p.toml")

    assert (code, "can't be written" in err) == (2, True)
    assert (tmp_path / "p.toml").read_text("utf-8") == "mein Profil"


def test_results_for_programs_hold_no_next_step(command, sheet, tmp_path):
    _, refused, _ = command("import", sheet(), *GIVEN, "--json")
    _, proposed, _ = command("profile", "propose", sheet(), "--json")
    _, taken, _ = command("import", drawn.delivery(tmp_path / "a", faelle="fall_id\nF1"), "--json")

    assert [json.loads(out) is not None for out in (refused, proposed, taken)] == [True, True, True]
