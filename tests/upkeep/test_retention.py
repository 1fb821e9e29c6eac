"""Deliveries that were kept long enough are let go of; what today's figures rest on stays without a yes."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data.access import audit
from data.commands import main
from data.deliveries.store import deliveries, forgetting, register, restoring, slips
from data.releases import again, manifest, shelf
from data.upkeep import putting_back, retention, taking
from data.upkeep.integrity import damages_and_leftovers
from tests.releases.conftest import ULM, cases, faelle


@pytest.fixture
def twice(released_once, tmp_path):
    """The office's delivery behind a release, replaced by one of a year later."""
    released_once.hand_in(reporting_date="31.12.2019", faelle=faelle(cases(range(9), ULM)))
    return released_once.settings


def now():
    return datetime.now(UTC)


def release(settings):
    return manifest.read(shelf.manifest(settings.store, "2018-Q4"))


def test_what_was_replaced_goes_with_its_originals_and_what_stands_stays(twice, tmp_path):
    old, new = deliveries.all_deliveries(twice)
    secret = (old.folder / "original" / "faelle.csv").read_bytes()
    rests_on = again.lost(twice, release(twice))
    found = retention.due(twice, now() + timedelta(seconds=-3600))
    assert (found.replaced, found.in_force) == ((), ())
    found = retention.due(twice, now())
    assert ([each.id for each in found.replaced], [each.id for each in found.in_force]) == (
        [old.id],
        [new.id],
    )
    assert retention.forget(twice, found, "ada") == 1

    assert [each.id for each in deliveries.all_deliveries(twice)] == [new.id]
    assert not old.folder.exists()
    left = [path for path in twice.store.rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert left == []
    assert not damages_and_leftovers(twice).damages
    assert damages_and_leftovers(twice).leftovers == ()
    assert (audit.entries(twice)[-1].action, audit.entries(twice)[-1].who) == ("delivery: forgotten", "ada")
    with register.open_for_reading(twice.store) as opened:
        assert register.audit_entries(opened)[-1]["action"] == "forgotten"
    # The release is as it was, and says that it can't be made again; a backup has it so too.
    assert (rests_on, again.lost(twice, release(twice))) == (0, 1)
    taking.take(twice, tmp_path / "backups")
    where = replace(twice, store=tmp_path / "other")
    putting_back.put_back(where, tmp_path / "backups")
    assert again.lost(where, release(where)) == 1


def test_what_figures_rest_on_goes_only_by_a_yes_also_when_it_stands_again_meanwhile(twice):
    _, new = deliveries.all_deliveries(twice)
    found = retention.due(twice, now())
    deliveries.take_back(twice, new.sha256)
    assert retention.forget(twice, found, "ada") == 0  # the older one stands again
    assert retention.forget(twice, retention.due(twice, now()), "ada", in_force=True) == 2
    assert deliveries.all_deliveries(twice) == ()


def test_a_process_killed_in_between_leaves_nothing_that_comes_back(twice, monkeypatch):
    """Between the register and the folder: `verify --restore` does not enter it, the next call removes it."""
    old, _ = deliveries.all_deliveries(twice)
    kept = twice.store.parent / "kept"
    shutil.copytree(old.folder, kept)
    retention.forget(twice, retention.due(twice, now()), "ada")
    shutil.copytree(kept, old.folder)
    assert damages_and_leftovers(twice).unregistered == ()
    assert restoring.restore(twice).entered == ()
    retention.forget(twice, retention.due(twice, now()), "ada")
    assert not old.folder.exists()
    # The same files, handed in again on purpose, are a delivery like any other, also for `--restore`.
    slip = slips.read(kept)
    (kept / slips.SLIP).unlink()
    slips.write(kept, slip.row | {"accepted_at": "2030-01-01T00:00:00+00:00"}, slip.findings, slip.files)
    shutil.copytree(kept, old.folder)
    assert restoring.restore(twice).entered == (f"deliveries/{old.folder.name}",)


def test_by_command_it_says_what_goes_and_what_stays(twice, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_STORE", str(twice.store))
    slips.put_aside(twice.store, twice.store / "current.json")

    def said(*arguments):
        code = main(["forget", *arguments])
        out, complained = capsys.readouterr()
        return code, out, complained

    assert said("--before", "2999-01-01")[0] == 2
    with pytest.raises(SystemExit):
        main(["forget"])
    capsys.readouterr()
    assert json.loads(said("--before", "2020-01-01", "--json")[1])["forgotten"] == []
    monkeypatch.setattr("data.commands.upkeep.forget._day", lambda text: now())
    dry = said("--before", "today", "--dry-run")
    assert "would be forgotten: 1 delivery, 1 thing put aside before" in dry[1]
    assert "stays: amt-a, 31.12.2019: today's figures rest on it" in dry[1]
    assert len(deliveries.all_deliveries(twice)) == 2
    assert said("--before", "today")[0] == 0
    assert [each.sender for each in forgetting.listed(twice.store)] == ["amt-a"]
    assert not any((twice.store / "aside").iterdir())
    assert main(["status"]) == 0
    assert "can't be made again (1 of its deliveries are forgotten)" in capsys.readouterr()[0]
