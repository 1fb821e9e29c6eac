"""The store outlives its register: gone, empty, cut, or of last week, one command makes it again."""

import json
import shutil

import pytest

from data.commands import main
from data.deliveries.store import deliveries as store
from data.deliveries.store import forgetting, register, slips
from data.foundation.settings import Settings
from tests.support import drawn

JUNE, SEPTEMBER = "30.06.2026", "30.09.2026"
ODD = "fall_id | integrationsplan_am | aufnahme_am | beendet_am\nG1 | 01.02.2024 | 01.01.2024 | 15.01.2024"


def gone(file):
    file.unlink()


def emptied(file):
    file.write_bytes(b"")


def cut(file):
    file.write_bytes(file.read_bytes()[: 4096 * 3 + 100])


def overwritten(file):
    file.write_bytes(b"\0" * file.stat().st_size)


def older(file):
    shutil.copyfile(file.with_name("early.sqlite"), file)


@pytest.fixture(scope="module")
def once_filled(tmp_path_factory):
    """A folder with the deliveries `a` to `c` and the store that `filled` copies. Nobody changes it."""
    folder = tmp_path_factory.mktemp("filled")

    def run(*words):
        assert main([str(word) for word in words]) == 0

    path = folder / "store"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DASHBOARD_STORE", str(path))
        run("import", drawn.delivery(folder / "a", reporting_date=JUNE, faelle="fall_id\nF1\nF2"))
        shutil.copyfile(path / register.FILE, path / "early.sqlite")
        run("import", drawn.delivery(folder / "b", reporting_date=SEPTEMBER, faelle="fall_id\nF1\nF3"))
        run("undo", "amt-a", "--reason", "falsche Datei")
        run("import", drawn.delivery(folder / "c", sender="amt-b", faelle=ODD), "--confirm", "Plan lag vor")
    return folder


@pytest.fixture
def filled(once_filled, tmp_path):
    """amt-a delivered twice and took the second back, amt-b has a warning that was confirmed with a reason.

    Beside the register lies a copy as it was after the first delivery.
    """
    shutil.copytree(once_filled, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


def said(where):
    """What the register says of every delivery, but for the number that it gives."""
    settings = Settings(where, "localhost", 0)
    with register.open_for_reading(where) as opened:
        details = {
            row["folder"]: (
                register.files(opened, row["id"]),
                [
                    each[0]
                    for each in opened.execute("select finding from findings where delivery = ?", [row["id"]])
                ],
            )
            for row in register.deliveries(opened)
        }
    return [({**vars(each), "id": 0}, details[each.folder.name]) for each in store.all_deliveries(settings)]


@pytest.mark.parametrize("lost", [gone, emptied, cut, overwritten, older])
def test_after_one_command_every_delivery_is_there_as_before(command, filled, lost):
    before = said(filled)
    assert [each["state"] for each, _ in before] == ["accepted", "taken_back", "accepted"]
    lost(filled / register.FILE)

    code, out, err = command("verify", "--restore")

    assert code == 0, out + err
    assert out.count("registered again: deliveries/") == (2 if lost is older else 3)
    assert out.endswith("3 deliveries, 12 files: all sound\n")
    assert said(filled) == before
    assert command("verify", "--restore")[1].startswith("nothing was missing in the register\n")


@pytest.mark.parametrize("lost", [gone, emptied, cut, overwritten])
@pytest.mark.parametrize("words", [("status",), ("build",), ("undo", "amt-a"), ("import", "a")])
def test_until_then_nothing_is_read_or_written_and_the_way_out_is_said(
    command, filled, tmp_path, lost, words
):
    lost(filled / register.FILE)
    content = sorted(path for path in filled.rglob("*") if path.name != register.FILE)
    asked = [tmp_path / "c" if word == "a" else word for word in words]

    code, out, err = command(*asked)

    sentence = err.splitlines()[-1]
    assert (code, out) == (6, "")
    assert "register.sqlite is" in sentence
    assert "3 deliveries lie in the store" in sentence
    assert "`python -m data verify --restore`" in sentence
    left = sorted(path for path in filled.rglob("*") if path.name != register.FILE)
    assert [path for path in content if path not in left] == []


@pytest.mark.parametrize("lost", [gone, emptied, cut, older])
def test_verify_names_what_is_not_registered_and_clean_never_deletes_it(command, filled, lost):
    folders = {path.name for path in (filled / "deliveries").iterdir()}
    lost(filled / register.FILE)

    code, out, _ = command("verify", "--clean")

    named = out.count("not in the register: deliveries/") + out.count("put aside: deliveries/")
    assert named == (2 if lost is older else 3)
    assert code == (0 if lost is older else 6)
    kept = {path.name for folder in ("deliveries", "aside") for path in (filled / folder).glob("*")}
    assert folders <= kept
    for name in folders:
        (found,) = [*filled.glob(f"deliveries/{name}"), *filled.glob(f"aside/{name}")]
        assert slips.read(found).files.keys() >= {"faelle.parquet"}


def test_what_was_put_aside_under_an_older_register_is_found_again(command, filled):
    before = said(filled)
    older(filled / register.FILE)
    assert "put aside: deliveries/" in command("verify", "--clean")[1]
    assert len(list((filled / "deliveries").iterdir())) == 1

    code, out, err = command("verify", "--restore")

    assert (code, out.count("registered again: deliveries/")) == (0, 2), out + err
    assert said(filled) == before
    assert not list((filled / "aside").iterdir())
    assert command("verify", "--restore")[1].startswith("nothing was missing in the register\n")


def test_a_damaged_register_is_kept_aside(command, filled):
    overwritten(filled / register.FILE)
    out = command("verify", "--restore")[1]
    (kept,) = (filled / "aside").iterdir()
    assert f"put aside: the damaged register, now aside/{kept.name}" in out
    assert kept.name.startswith("register.sqlite-2")


def test_a_delivery_whose_files_are_damaged_is_not_entered_and_named(command, filled):
    (file, *_) = sorted((filled / "deliveries").glob("*/faelle.parquet"))
    file.write_bytes(b"x")
    gone(filled / register.FILE)

    code, out, _ = command("verify", "--restore")

    where = f"deliveries/{file.parent.name}"
    assert code == 6
    assert f"not registered: {where}: {where}/faelle.parquet is damaged" in out
    assert out.count("registered again:") == 2
    assert file.exists()


def test_a_slip_that_says_something_else_than_the_register_is_damage(command, filled):
    (file, *_) = sorted((filled / "deliveries").glob(f"*/{slips.SLIP}"))
    file.write_text(file.read_text(encoding="utf-8").replace("amt-", "amd-"), encoding="utf-8")

    code, out, _ = command("verify")

    assert code == 6
    assert f"damaged: deliveries/{file.parent.name}/{slips.SLIP}" in out


def test_what_an_older_program_did_not_write_is_written_by_the_next_verify(command, filled):
    for file in [
        *filled.glob(f"deliveries/*/{slips.SLIP}"),
        *filled.glob(f"deliveries/*/{slips.TAKEN_BACK}"),
    ]:
        file.unlink()
    before = said(filled)

    assert command("verify")[0] == 0
    gone(filled / register.FILE)
    assert command("verify", "--restore")[0] == 0
    assert said(filled) == before


def test_the_same_files_handed_in_again_after_a_loss_put_the_unregistered_ones_aside(
    command, filled, tmp_path
):
    older(filled / register.FILE)

    assert command("import", tmp_path / "b")[0] == 0

    assert len(list((filled / "aside").iterdir())) == 1
    code, out, _ = command("verify", "--restore")
    assert (code, out.count("registered again:")) == (0, 1)


def test_a_copy_put_aside_of_what_was_let_go_of_is_not_registered_again(command, filled, tmp_path):
    older(filled / register.FILE)
    command("import", tmp_path / "b")
    settings = Settings(filled, "localhost", 0)
    again = store.all_deliveries(settings)[-1]

    forgetting.let_go(settings, [again], "tester", in_force=True)
    (copy,) = (filled / "aside").iterdir()
    slip = json.loads((copy / slips.SLIP).read_text())
    slip["row"]["accepted_at"] = slip["row"]["accepted_at"].replace("20", "19", 1)  # long before
    (copy / slips.SLIP).write_text(json.dumps(slip))

    assert slips.read(copy).row["sha256"] == again.sha256
    assert command("verify", "--restore")[1].count("registered again:") == 1  # of amt-b
    assert again.sha256 not in {each.sha256 for each in store.all_deliveries(settings)}


def test_the_audit_log_says_who_restored_what(command, filled):
    gone(filled / register.FILE)
    command("verify", "--restore", "--json")
    with register.open_for_reading(filled) as opened:
        entries = register.audit_entries(opened)
    actions = [(each["action"], each["sender"], each["note"][:8]) for each in entries]
    assert actions.count(("restored", "amt-a", "accepted")) == 2
    assert ("taken back", "amt-a", "falsche ") in actions


def test_the_result_as_json_has_what_was_restored(command, filled):
    gone(filled / register.FILE)
    found = json.loads(command("verify", "--json")[1])
    assert len(found["unregistered"]) == 3
    found = json.loads(command("verify", "--restore", "--json")[1])
    assert (len(found["restored"]["entered"]), found["unregistered"]) == (3, [])
