"""A full disk or a read-only store: a clear error, and what served before still serves."""

import os
import shutil
import subprocess

import pytest

from tests.deliveries.store.test_disk import Machine
from tests.support import stores
from tests.support.figures import Figures

PEOPLE = "fall_id | aufnahme_am\n" + "\n".join(f"F{n} | 05.01.2018" for n in range(1000, 1040))


@pytest.fixture
def machine(tmp_path, tmp_path_factory):
    """A copy of a store with figures that were published once."""

    def published(folder):
        Figures(folder).hand_in(reporting_date="31.03.2018", software="", faelle=PEOPLE).release()

    stores.copied(stores.once(tmp_path_factory, "disk", published), tmp_path)
    return Machine(tmp_path)


def served(machine):
    return machine.runs("ask", "caseload/by_period", "--format", "csv")[1]


def assert_clear(machine, before, code, err):
    assert (code, "Traceback" in err) == (1, False), err
    assert "can't be used" in err
    assert served(machine) == before
    assert [path.name for path in (machine.store / "releases").iterdir() if path.is_dir()] == ["2018-Q1"]


def test_a_release_without_room_leaves_the_one_before_it_serving_and_works_once_there_is_room(machine):
    before = served(machine)
    for room in (5_000, 300_000):
        code, _, err = machine.runs("release", largest_file=room)
        assert_clear(machine, before, code, err)
    code, _, err = machine.runs("release")
    assert code == 0, err


def test_a_release_on_a_full_disk_leaves_the_one_before_it_serving(machine, tmp_path):
    store, kept, small = machine.store, tmp_path / "kept", tmp_path / "small"
    mount = f"mkdir -p {small} && mount -t tmpfs -o size=32m tmpfs {small}"
    if os.geteuid() or not shutil.which("unshare"):
        pytest.skip("mounting needs root")
    if subprocess.run(["unshare", "-m", "sh", "-c", mount], capture_output=True).returncode:
        pytest.skip("no right to mount")
    before = served(machine)
    machine.environment["DASHBOARD_STORE"] = str(small)
    full = f"(head -c 33m /dev/zero > {small}/ballast 2>/dev/null; truncate -s -200k {small}/ballast)"
    code, _, err = machine.runs(
        "release", before=f"{mount} && cp -r {store}/. {small} && {full}", after=f"cp -r {small} {kept}"
    )
    machine.environment["DASHBOARD_STORE"] = str(kept)
    machine.store = kept
    (kept / "ballast").unlink()
    assert_clear(machine, before, code, err)


def test_a_release_of_a_read_only_store_is_a_clear_error(machine):
    store, before = machine.store, served(machine)
    if os.geteuid() == 0:
        frozen = f"mount --bind {store} {store} && mount -o remount,bind,ro {store}"
        if subprocess.run(["unshare", "-m", "sh", "-c", frozen], capture_output=True).returncode:
            pytest.skip("no right to mount")
        code, _, err = machine.runs("release", before=frozen, after="true")
    else:
        folders = (store, store / "releases")
        for folder in folders:
            folder.chmod(0o555)
        code, _, err = machine.runs("release")
        for folder in folders:
            folder.chmod(0o755)
    assert_clear(machine, before, code, err)
