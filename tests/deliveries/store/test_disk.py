"""A full disk, a read-only store, damage on the way: a clear error, and a store as before."""

import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from data.commands import main
from tests.support import drawn

ROOT = Path(__file__).parents[3]
MANY = "fall_id\n" + "\n".join(f"F-{n:05}" for n in range(20_000))


class Machine:
    """Commands in processes of their own, with or without room on the disk."""

    def __init__(self, folder):
        self.store = folder / "store"
        self.environment = os.environ | {
            "DASHBOARD_STORE": str(self.store),
            "PYTHONPATH": str(ROOT),
            # CPython 3.11 keeps half a .pyc where the disk is full, and no later command would start.
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def runs(self, *arguments, largest_file=None, before="", after=""):
        """Exit code, stdout and stderr. `before` is shell that prepares the disk, `after` looks at it."""
        command = [sys.executable, "-m", "data", *map(str, arguments)]
        if before:  # a mount of its own, which ends with the process
            command = [
                "unshare",
                "-m",
                "sh",
                "-c",
                f'{before} && "$@"; code=$?; {after}; exit $code',
                "-",
                *command,
            ]

        def limit():
            if largest_file:
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, preexec_fn=limit
        )
        return done.returncode, done.stdout, done.stderr

    def here(self, *arguments):
        """The same for a command that has room, in this process: a start takes longer than most commands."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patched, redirect_stdout(out), redirect_stderr(err):
            patched.setenv("DASHBOARD_STORE", self.environment["DASHBOARD_STORE"])
            code = main([*map(str, arguments)])
        return code, out.getvalue(), err.getvalue()

    def stored(self):
        """The deliveries of the register."""
        return json.loads(self.here("status", "--json")[1])["deliveries"]


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def assert_clearly_refused(code, err):
    assert code == 1, err
    assert "can't be used" in err
    assert "Nothing was taken over." in err
    assert "Traceback" not in err


@pytest.mark.parametrize("room", [100, 2_000, 20_000, 60_000, 150_000])
def test_where_files_find_no_room_nothing_is_taken_over_and_the_next_import_works(machine, tmp_path, room):
    """Too small for: any file; the tables; SQLite's shared memory; its log; the original."""
    first = drawn.delivery(tmp_path / "first", sender="amt-a", faelle="fall_id\nF1")
    large = drawn.delivery(tmp_path / "large", sender="amt-b", faelle=MANY)
    assert machine.here("import", first)[0] == 0

    code, _, err = machine.runs("import", large, largest_file=room)

    assert_clearly_refused(code, err)
    assert [each["sender"] for each in machine.stored()] == ["amt-a"]
    assert machine.here("verify")[0] == 0
    assert machine.here("import", large)[0] == 0
    assert machine.here("verify")[1].endswith("all sound\n")


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="mounting needs root")
def test_on_a_full_disk_nothing_is_taken_over(machine, tmp_path):
    store = machine.store
    store.mkdir()
    mount = f"mount -t tmpfs -o size=1m tmpfs {store}"
    if subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True).returncode:
        pytest.skip("no right to mount")
    kept = tmp_path / "kept"
    small = drawn.delivery(tmp_path / "small", sender="amt-a", faelle="fall_id\nF1")
    large = drawn.delivery(tmp_path / "large", sender="amt-b", faelle=MANY)
    fill = f"{sys.executable} -m data import {small} > /dev/null && head -c 600k /dev/zero > {store}/ballast"

    code, _, err = machine.runs("import", large, before=f"{mount} && {fill}", after=f"cp -r {store} {kept}")

    assert_clearly_refused(code, err)
    assert "No space left" in err or "full" in err
    machine.environment["DASHBOARD_STORE"] = str(kept)
    assert [each["sender"] for each in machine.stored()] == ["amt-a"]
    assert machine.here("verify")[0] == 0
    assert machine.here("import", large)[0] == 0


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="mounting needs root")
def test_an_archive_for_which_there_is_no_room_is_not_unpacked_until_the_disk_is_full(machine, tmp_path):
    mount = f"mkdir -p {machine.store} && mount -t tmpfs -o size=2m tmpfs {machine.store}"
    if subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True).returncode:
        pytest.skip("no right to mount")
    folder = drawn.delivery(tmp_path / "amt", sender="amt-a", faelle="fall_id\nF1")
    (folder / "ziele.csv").write_bytes(b"0" * 5 * 2**20)
    packed = shutil.make_archive(str(tmp_path / "amt"), "zip", folder)

    code, _, err = machine.runs("import", packed, before=mount, after=f"du -sk {machine.store} >&2")

    assert_clearly_refused(code, err)
    assert re.search(r"unpacked it takes 6 MB, free are 1 MB", err)
    assert int(err.split("\n")[-2].split()[0]) < 200


@pytest.mark.parametrize("room", [10_000, 300_000])
def test_a_build_without_room_leaves_the_figures_before_it_in_use(machine, tmp_path, room):
    folder = drawn.delivery(
        tmp_path / "a", reporting_date="31.03.2018", faelle="fall_id | aufnahme_am\nF1 | 05.01.2018"
    )
    machine.here("import", folder)
    before = machine.here("build")[1].strip()

    code, _, err = machine.runs("build", largest_file=room)

    assert (code, "can't be used" in err, "Traceback" in err) == (1, True, False), err
    assert json.loads(machine.here("status", "--json")[1])["warehouse"]["version"] == before
    assert machine.here("verify")[0] == 0
    assert machine.here("build")[0] == 0
    assert not list(machine.store.glob("*.new*"))


@pytest.mark.parametrize("command", [["import", "FOLDER"], ["undo", "amt-a"], ["build"]])
def test_a_store_that_is_read_only_is_a_clear_error(machine, tmp_path, command):
    folder = drawn.delivery(tmp_path / "first", sender="amt-a", faelle="fall_id\nF1")
    machine.here("import", folder)
    other = drawn.delivery(tmp_path / "other", sender="amt-b", faelle="fall_id\nF1")
    store = machine.store
    arguments = [str(other) if each == "FOLDER" else each for each in command]
    if os.geteuid() == 0:
        frozen = f"mount --bind {store} {store} && mount -o remount,bind,ro {store}"
        if subprocess.run(["unshare", "-m", "sh", "-c", frozen], capture_output=True).returncode:
            pytest.skip("no right to mount")
        code, _, err = machine.runs(*arguments, before=frozen, after="true")
    else:
        store.chmod(0o555)
        code, _, err = machine.runs(*arguments)
        store.chmod(0o755)

    assert (code, "Traceback" in err) == (1, False), err
    assert "can't be used" in err
    assert [each["sender"] for each in machine.stored()] == ["amt-a"]
    assert machine.here("verify")[0] == 0
