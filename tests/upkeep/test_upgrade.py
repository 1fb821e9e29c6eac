"""A store of each released version becomes one of this program; a copy of what was is made first."""

import hashlib
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from data import VERSION
from data.access import accounts, audit
from data.commands import main
from data.deliveries.store import deliveries, migrations
from data.foundation.settings import Settings
from data.publish import PUBLIC, ask
from data.questions.filters import Filters
from data.upkeep import upgrading
from data.upkeep.integrity import damages_and_leftovers
from data.warehouse import models, versions

RELEASED = sorted(Path(__file__).with_name("released").glob("*.tar.xz"))
# Debian's Python 3.11 is older than the filter, which the archives of this project don't need.
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
REGISTER_1 = Path(__file__).parents[1] / "deliveries" / "store" / "version_1"


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as opened:
        return opened.execute("pragma user_version").fetchone()[0]


def set_version(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(f"pragma user_version = {number}")


def hashes(store: Path) -> dict[str, str]:
    """Of what no upgrade may change: deliveries and releases."""
    return {
        path.relative_to(store).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("deliveries", "releases", "keys")
        for path in (store / folder).rglob("*")
        if path.is_file()
    }


def test_there_is_a_store_of_this_version():
    """Made by `tests.support.released_store` when the version gets its number."""
    assert f"{VERSION}.tar.xz" in [path.name for path in RELEASED]


@pytest.mark.parametrize("archive", RELEASED, ids=lambda path: path.name.removesuffix(".tar.xz"))
def test_a_store_of_each_released_version_is_brought_up_to_date(archive, tmp_path, monkeypatch, capsys):
    store = tmp_path / "store"
    with tarfile.open(archive) as tar:
        tar.extractall(store, **SAFELY)
    where = Settings(store, "localhost", 0)
    before, (made,) = hashes(store), json.loads((store / "releases" / "published.json").read_text())
    older = {part.name: part.version for part in upgrading.parts(where) if part.is_older}
    monkeypatch.setenv("DASHBOARD_STORE", str(store))

    assert main(["upgrade", "--check"]) == (5 if older else 0)
    assert hashes(store) == before
    assert main(["upgrade"]) == 0
    assert main(["upgrade"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "nothing to do: the store is one of this program"

    assert not damages_and_leftovers(where).damages
    assert hashes(store) == before
    assert [each.state for each in deliveries.all_deliveries(where)] == ["replaced", "accepted"]
    assert versions.current(store).layers == models.fingerprint()
    assert [each.name for each in accounts.every(where)] == ["ada"]
    assert audit.entries(where)[0].who == "ada"
    assert audit.check(where) == 1 + bool(older)
    published = ask("caseload/people", Filters(area_code="08421000", period="2018"), PUBLIC)
    assert published.edition.version == made["name"]
    for name, number in older.items():
        if name != upgrading.FIGURES:
            copy = migrations.copy_of(store / name, number)
            assert (version(copy), copy.stat().st_mode & 0o077) == (number, 0)


def test_a_register_of_the_first_version_is_copied_migrated_and_backed_up(tmp_path, monkeypatch, capsys):
    store = tmp_path / "store"
    shutil.copytree(REGISTER_1, store)
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    assert main(["upgrade", "--check", "--json"]) == 5
    assert json.loads(capsys.readouterr().out)["older"] == [
        {"part": "register.sqlite", "version": 1, "newest": len(migrations.MIGRATIONS)}
    ]
    assert version(store / "register.sqlite") == 1
    assert main(["upgrade", "--backup", str(tmp_path / "backups")]) == 0
    assert version(store / "register.sqlite") == len(migrations.MIGRATIONS)
    assert version(store / "register-version-1.sqlite") == 1
    assert json.loads((store / "kind.json").read_text(encoding="utf-8"))["kind"] == "real"
    # What was before the upgrade is in the backup.
    assert main(["restore", str(tmp_path / "backups"), "--list", "--json"]) == 0
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "other"))
    assert main(["restore", str(tmp_path / "backups"), "--without-secrets"]) == 0
    assert len(deliveries.all_deliveries(Settings(tmp_path / "other", "localhost", 0))) == 3


def test_a_store_of_a_newer_program_is_left_as_it_is(tmp_path):
    where = Settings(tmp_path, "localhost", 0)
    audit.note(where, "ada", "sign in")
    set_version(tmp_path / audit.FILE, 99)
    before = (tmp_path / audit.FILE).read_bytes()
    with pytest.raises(upgrading.NewerStoreError, match="Install the newer program"):
        upgrading.upgrade(where, "ada")
    assert (tmp_path / audit.FILE).read_bytes() == before
