"""A store that may only be read is looked at all the same, as the last hand-in left it; it stays as it is."""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.deliveries.store.test_disk import Machine
from tests.support import drawn

OLD = Path(__file__).parent / "version_1"


class Frozen(Machine):
    """Its store is mounted read-only for a command, or without the right to write."""

    def looks(self, *arguments):
        """Exit code, stdout and stderr of a command that may not write; the store is the same afterwards."""
        before, store = self.snapshot(), self.store
        if os.geteuid() == 0:
            frozen = f"mount --bind {store} {store} && mount -o remount,bind,ro {store}"
            if subprocess.run(["unshare", "-m", "sh", "-c", frozen], capture_output=True).returncode:
                pytest.skip("no right to mount")
            result = self.runs(*arguments, before=frozen, after="true")
        else:
            store.chmod(0o555)
            result = self.runs(*arguments)
            store.chmod(0o755)
        assert self.snapshot() == before
        return result

    def snapshot(self):
        files = [path for path in self.store.rglob("*") if path.is_file() and path.suffix != ".sqlite-shm"]
        return {path: path.read_bytes() for path in files}

    def imports(self, folder, sender):
        done = self.here(
            "import", drawn.delivery(folder / sender, sender=sender, faelle=f"fall_id\n{sender}-1")
        )
        assert done[0] == 0, done

    def assert_seen(self, *senders):
        code, out, err = self.looks("status", "--json")
        assert (code, err) == (0, "")
        assert [each["sender"] for each in json.loads(out)["deliveries"]] == list(senders)
        code, out, err = self.looks("verify", "--json")
        assert (code, err) == (0, "")
        assert json.loads(out)["deliveries"] == len(senders)
        assert json.loads(out)["damages"] == []


@pytest.fixture
def machine(tmp_path):
    return Frozen(tmp_path)


@pytest.fixture
def logged(machine, tmp_path):
    """A store whose second delivery stands in SQLite's log only, as a program left it that was killed."""
    machine.imports(tmp_path, "amt-a")
    with closing(sqlite3.connect(machine.store / "register.sqlite")) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from deliveries").fetchone()
        machine.imports(tmp_path, "amt-b")
        left = tmp_path / "left"
        shutil.copytree(machine.store, left)
        in_the_file = f"{(left / 'register.sqlite').as_uri()}?immutable=1"
        with closing(sqlite3.connect(in_the_file, uri=True)) as without_log:
            assert without_log.execute("select sender from deliveries").fetchall() == [("amt-a",)]
        yield left


def test_status_and_verify_look_at_a_store_that_was_left_in_order(machine, tmp_path):
    machine.imports(tmp_path, "amt-a")
    assert not list(machine.store.glob("register.sqlite-*"))

    machine.assert_seen("amt-a")


def test_they_see_what_stands_in_the_log_while_another_program_has_it_open(machine, logged):
    machine.assert_seen("amt-a", "amt-b")


@pytest.mark.parametrize("index", ["with", "without", "empty"])
def test_they_see_what_stands_in_the_log_of_a_killed_program(machine, logged, index):
    shutil.rmtree(machine.store)
    shutil.move(logged, machine.store)
    shared = machine.store / "register.sqlite-shm"
    if index == "without":
        shared.unlink()
    if index == "empty":
        shared.write_bytes(b"")

    machine.assert_seen("amt-a", "amt-b")


def test_a_register_of_an_older_program_is_read_and_stays_what_it_is(machine):
    shutil.copytree(OLD, machine.store)

    code, out, err = machine.looks("status", "--json")

    assert (code, err) == (0, "")
    assert len(json.loads(out)["deliveries"]) == 3
    assert machine.looks("verify")[1].endswith("all sound\n")


def test_damage_is_found_where_nothing_may_be_written(machine, tmp_path):
    machine.imports(tmp_path, "amt-a")
    (parquet,) = machine.store.rglob("faelle.parquet")
    parquet.write_bytes(b"x")

    code, out, _ = machine.looks("verify")

    assert (code, "faelle.parquet" in out) == (6, True)


def test_cleaning_a_store_that_may_not_be_written_is_a_clear_error(machine, tmp_path):
    machine.imports(tmp_path, "amt-a")
    (machine.store / "deliveries" / "left").mkdir()

    code, _, err = machine.looks("verify", "--clean")

    assert (code, "can't be used" in err, "Traceback" in err) == (1, True, False)


def test_an_empty_store_has_nothing(machine):
    machine.store.mkdir()

    machine.assert_seen()
