"""Profiles of the senders: kept with their earlier versions, shown, exported and imported by command."""

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from data.commands import main
from data.deliveries.format.sender import Given
from data.deliveries.handin import uploads
from data.deliveries.handin.acceptance import ChangedMeanwhileError
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.profiles import loading, problems, saved
from data.deliveries.store import deliveries
from data.foundation import durable
from data.upkeep.integrity import damages_and_leftovers, remove_leftovers
from tests.deliveries.profiles.conftest import CASES, KNOWN, SAMPLES, SENDER, shipped

ROOT = Path(__file__).parents[3]
FLAT = shipped("fallblatt")


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Run a command on an empty store; gives exit code, stdout, stderr."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as wrong:
            code = wrong.code
        out, err = capsys.readouterr()
        return code, out, err

    return run


def test_a_newer_version_replaces_the_older_one_which_is_kept(office):
    for text in (FLAT, FLAT, FLAT + "# zwei\n", FLAT + "# drei\n"):
        path = saved.save(office.settings, "amt-a", text)

    mine = saved.every(office.settings)[0]

    assert path.read_text(encoding="utf-8") == FLAT + "# drei\n"
    assert [file.read_text(encoding="utf-8") for file in mine.earlier] == [FLAT, FLAT + "# zwei\n"]
    assert not list(path.parent.glob(".*"))


def test_senders_whose_ids_begin_alike_have_versions_of_their_own(office):
    for sender in ("amt", "amt.eins"):
        saved.save(office.settings, sender, FLAT)
        saved.save(office.settings, sender, FLAT + f"# {sender}\n")

    assert [len(each.earlier) for each in saved.every(office.settings)[:2]] == [1, 1]


def test_two_who_save_at_once_leave_one_whole_profile_and_all_versions(office):
    texts = [FLAT + f"# {number}\n" for number in range(6)]
    threads = [threading.Thread(target=saved.save, args=(office.settings, "amt-a", text)) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    mine = saved.every(office.settings)[0]

    assert {file.read_text(encoding="utf-8") for file in (mine.path, *mine.earlier)} == set(texts)


def test_a_write_that_fails_leaves_the_profile_before_it(office, monkeypatch):
    saved.save(office.settings, "amt-a", FLAT)
    monkeypatch.setattr(durable.os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "disk full")))

    with pytest.raises(OSError, match="disk full"):
        saved.save(office.settings, "amt-a", FLAT + "# neu\n")

    assert saved.saved_for(office.settings, "amt-a").text == FLAT


def meanwhile(store, work):
    """Do this once, at the moment when the store's lock is next asked for; returns what makes it ready."""
    waits = []

    def hook(event, arguments):
        if event == "open" and waits and str(arguments[0]) == str(store / "lock"):
            waits.pop()
            work()

    sys.addaudithook(hook)
    return lambda: waits.append(True)


def test_an_import_that_is_refused_at_the_last_moment_leaves_the_profile_as_it_was(office):
    office.hands_in(office.writes("Export.csv", KNOWN), CASES)
    other = office.writes("Andere.csv", KNOWN.replace("F-0001", "F-0007"))
    ready = meanwhile(
        office.settings.store, lambda: import_delivery(other, office.settings, HandIn(**SENDER))
    )
    newer = loading.load(CASES.replace('"männlich"', '"divers"'), "newer.toml")

    with pytest.raises(ChangedMeanwhileError):
        import_delivery(
            office.writes("Neu.csv", KNOWN),
            office.settings,
            HandIn(**SENDER, profile=newer),
            progress=lambda step: ready() if step.stage == "store" else None,
        )

    assert [each.sender for each in saved.every(office.settings)][:2] == ["amt-a", None]
    assert saved.saved_for(office.settings, "amt-a").text == CASES
    assert saved.every(office.settings)[0].earlier == ()
    assert [file.name for file in (office.settings.store / "profiles").iterdir()] == ["amt-a.toml"]


def test_an_upload_that_is_refused_at_the_last_moment_leaves_the_profile_as_it_was(office):
    office.hands_in(office.writes("Export.csv", KNOWN), CASES)
    newer = loading.load(CASES.replace('"männlich"', '"divers"'), "newer.toml")
    given = Given(**SENDER, profile=newer)
    waits = uploads.examine(office.writes("Neu.csv", KNOWN), office.settings, given)
    office.hands_in(office.writes("Andere.csv", KNOWN.replace("F-0001", "F-0007")))

    with pytest.raises(ChangedMeanwhileError):
        uploads.accept(office.settings, waits.token)

    assert saved.saved_for(office.settings, "amt-a").text == CASES
    assert saved.every(office.settings)[0].earlier == ()
    again = uploads.again(office.settings, waits.token)
    assert uploads.accept(office.settings, again.token).accepted
    assert saved.saved_for(office.settings, "amt-a").text == newer.text


KILLED = """
import os, signal, sys
from pathlib import Path
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.profiles import saved
from data.foundation import settings
name, path, profile = sys.argv[1:]
def hook(event, arguments):
    if event == "os.rename" and str(arguments[1]).endswith(name):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
where = settings.from_environment()
import_delivery(
    Path(path), where, HandIn("amt-a", "30.09.2026", saved.called(where, profile), confirm="x")
)
"""


@pytest.mark.parametrize(("killed_at", "taken_over"), [(".ready", False), ("amt-a.toml", True)])
def test_a_killed_import_leaves_the_delivery_and_its_profile_or_neither(
    command, office, tmp_path, killed_at, taken_over
):
    saved.save(office.settings, "amt-a", FLAT + "# eins\n")
    newer = tmp_path / "newer.toml"
    newer.write_text(FLAT + "# zwei\n", encoding="utf-8")
    arguments = [killed_at, str(SAMPLES / "fallblatt.csv"), str(newer)]

    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], cwd=ROOT, check=False)
    stored = [each for each in deliveries.all_deliveries(office.settings) if each.state == "accepted"]
    office.hands_in(office.writes("nichts.csv", "a\n1"))  # whatever comes next

    assert done.returncode == -signal.SIGKILL
    assert len(stored) == taken_over
    assert saved.saved_for(office.settings, "amt-a").text == FLAT + ("# zwei\n" if taken_over else "# eins\n")
    assert len(saved.every(office.settings)[0].earlier) == taken_over
    remove_leftovers(office.settings, damages_and_leftovers(office.settings))
    left = [file.name for file in (office.settings.store / "profiles").rglob("*") if file.suffix != ".toml"]
    assert left == (["earlier"] if taken_over else [])


def test_what_lies_ready_for_a_delivery_that_no_register_knows_is_forgotten_at_the_next_hand_in(office):
    office.hands_in(office.writes("Export.csv", KNOWN), CASES)
    saved.lay_ready(office.settings, "amt-a", FLAT, "0" * 64)

    assert office.hands_in(office.writes("Export 2.csv", KNOWN)).already_stored

    assert [file.name for file in (office.settings.store / "profiles").iterdir()] == ["amt-a.toml"]
    assert saved.saved_for(office.settings, "amt-a").text == CASES


def test_what_is_saved_by_hand_is_newer_than_what_a_killed_import_left_ready(office):
    (stored,) = [office.hands_in(office.writes("Export.csv", KNOWN), CASES)]
    ready = CASES.replace('"männlich"', '"divers"')
    saved.lay_ready(office.settings, "amt-a", ready, stored.sha256)

    saved.save(office.settings, "amt-a", FLAT)

    (mine, *_) = saved.every(office.settings)
    assert saved.saved_for(office.settings, "amt-a").text == FLAT
    assert [file.read_text(encoding="utf-8") for file in mine.earlier] == [CASES, ready]


@pytest.mark.parametrize("sender", ["../amt", "a", "amt/b", ""])
def test_a_sender_that_could_be_a_path_is_refused(office, sender):
    with pytest.raises(saved.UnknownSenderError):
        saved.save(office.settings, sender, FLAT)
    assert saved.saved_for(office.settings, sender) is None


def test_a_wrong_profile_is_not_saved(office):
    with pytest.raises(problems.WrongProfileError):
        saved.save(office.settings, "amt-a", FLAT.replace("ags =", "agss ="))
    assert not (office.settings.store / "profiles").exists()


def test_import_reports_the_profile_and_keeps_it_for_the_sender(command):
    flat = SAMPLES / "fallblatt.csv"

    code, out, _ = command(
        "import",
        flat,
        "--profile",
        "fallblatt",
        "--sender",
        "amt-a",
        "--reporting-date",
        "30.09.2026",
        "--json",
    )

    assert code == 0
    places = json.loads(out)["recognised"]
    assert {place: each["profile"] for place, each in places.items()} == {
        "fallblatt.csv → faelle": "fallblatt",
        "fallblatt.csv → ziele": "fallblatt",
    }
    assert "amt-a" in command("profile", "list")[1]
    assert command("verify")[0] == 0


def test_profiles_are_listed_shown_checked_saved_and_exported(command, tmp_path):
    out = tmp_path / "mine.toml"

    assert command("profile", "export", "english", "--out", out)[0] == 0
    assert command("profile", "check", out)[:2] == (0, "mine.toml: this profile can be used\n")
    assert command("profile", "save", out, "--sender", "amt-a")[0] == 0
    assert command("profile", "show", "amt-a")[1] == shipped("english")
    listed = json.loads(command("profile", "list", "--json")[1])
    assert [(each["sender"], each["name"]) for each in listed] == [
        ("amt-a", "amt-a"), (None, "english"), (None, "fallblatt"), (None, "langtexte"),
    ]  # fmt: skip
    code, _, err = command("profile", "export", "english", "--out", out)
    assert (code, "can't be written" in err) == (2, True)


def test_a_wrong_profile_ends_with_exit_code_3_and_its_lines(command, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(FLAT.replace("ags =", "agss ="), encoding="utf-8")

    for arguments in (("profile", "check"), ("profile", "show")):
        code, _, err = command(*arguments, wrong)
        assert (code, "wrong.toml, line 13: 'agss'" in err) == (3, True)
    code, _, err = command("import", SAMPLES / "fallblatt.csv", "--profile", wrong)
    assert (code, "line 13" in err, "Traceback" in err) == (3, True, False)
    code, out, _ = command("profile", "check", wrong, "--json")
    assert (code, json.loads(out)["problems"][1]["line"]) == (3, 13)


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "nix"),
        ("check", "../../etc"),
        ("save", "english"),
        ("nonsense",),
        ("save", "english", "--sender", "?"),
    ],
)
def test_wrong_arguments_end_with_exit_code_2(command, arguments):
    assert command("profile", *arguments)[0] == 2


def test_a_proposal_is_printed_so_that_it_can_be_saved(command, tmp_path):
    code, out, _ = command("profile", "propose", SAMPLES / "english")
    proposed = tmp_path / "proposed.toml"
    proposed.write_text(out, encoding="utf-8")

    assert code == 0
    assert command("profile", "check", proposed)[0] == 0
    assert json.loads(command("profile", "propose", SAMPLES / "english", "--json")[1])["confidence"] > 0.8


def test_of_files_or_a_profile_that_can_not_be_read_it_is_said_why(command, tmp_path, monkeypatch):
    (tmp_path / "faelle.csv").mkdir()
    code, out, err = command("profile", "propose", tmp_path / "faelle.csv")
    assert (code, out) == (3, "")
    assert "faelle.csv: This is called like a file and is a folder with nothing in it. Put" in err

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    file = tmp_path / "eigenes.toml"
    file.write_text(FLAT, encoding="utf-8")
    monkeypatch.setattr(saved, "load_file", denied)  # root may read everything
    code, out, err = command("import", SAMPLES / "fallblatt.csv", "--profile", file)
    assert (code, out) == (2, "")
    assert f"The profile '{file}' can't be read: Permission denied." in err


TEAMS = "Fallnummer | AGS | Zugang | Team\nF-0001 | 08111000 | 05.01.2024 | {}"


def test_a_column_that_is_not_needed_is_ignored_by_the_command_and_never_asked_about_again(office, command):
    sheet = office.writes("liste.csv", TEAMS.format("Nord"))
    file, given = office.folder / "amt.toml", ("--sender", "amt-a", "--reporting-date")
    _, _, open_ = command("profile", "propose", sheet)
    assert "--ignore Team" in open_
    code, _, wrong = command("profile", "propose", sheet, "--ignore", "Tema")
    assert (code, "'Tema'. Not assigned are: 'Team'." in wrong) == (2, True)

    assert command("profile", "propose", sheet, "--ignore", "Team", "--out", file)[0] == 0
    assert command("import", sheet, "--profile", file, *given, "30.06.2026")[0] == 0
    later = office.writes("liste.csv", TEAMS.format("Süd"))
    code, _, said = command("import", later, *given, "30.09.2026")
    assert (code, "Team" in said) == (0, False)

    personal = office.writes("liste.csv", TEAMS.format("0171 / 5551234"))
    code, _, said = command("import", personal, *given, "30.10.2026")
    assert (code, "telephone" in said, "Team" in said, "5551234" in said) == (3, True, True, False)
