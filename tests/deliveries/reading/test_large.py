"""Deliveries larger than memory: their own workbench, whose leftovers go with the hand-in."""

from data.deliveries.checking import workbench
from data.foundation.limits import Limits
from data.foundation.settings import Settings, from_environment

ROWS = 120_000


def test_what_memory_has_no_room_for_goes_to_the_disk_and_away_again(office, monkeypatch):
    monkeypatch.setattr(workbench, "LARGE_BYTES", 2**20)
    office.settings = Settings(office.settings.store, "localhost", 0, limits=Limits(memory_mb=64))
    for day in ("30.06.2026", "30.09.2026"):
        folder = office.draws(faelle="fall_id\nF1", reporting_date=day)
        lines = (f"F-{number * 7919 % ROWS:06};08111000;05.01.2024" for number in range(ROWS))
        (folder / "faelle.csv").write_text("\n".join(["fall_id;ags;aufnahme_am", *lines]), encoding="utf-8")

        imported = office.hands_in(folder)

        assert imported.accepted, imported.findings[:2]
        assert imported.rows["faelle"] == ROWS
        assert list((office.settings.store / "incoming").iterdir()) == []


def test_every_limit_is_an_environment_variable(monkeypatch):
    monkeypatch.setenv("DASHBOARD_LIMIT_COLUMNS", "7")

    assert from_environment().limits == Limits(columns=7)
