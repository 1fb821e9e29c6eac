"""A first start fills an empty store, and never one in which anybody's deliveries are."""

import json
import shutil

from data.commands import demo, main
from data.deliveries.store import deliveries
from data.foundation.settings import Settings
from data.releases import make
from data.warehouse import models, versions
from tests.conftest import CASES
from tests.support.figures import Figures


def test_a_store_with_anybodys_delivery_is_never_touched(tmp_path):
    figures = Figures(tmp_path).hand_in(
        faelle="fall_id | ags | aufnahme_am\nF1 | 08421000 | 05.01.2018",
        reporting_date="31.03.2018",
        software="Jobcenter-Verfahren 7",
    )
    before = deliveries.all_deliveries(figures.settings)
    assert demo.fill(figures.settings, 500, 1, lambda step: None) is False
    assert deliveries.all_deliveries(figures.settings) == before
    assert not list(figures.settings.store.glob("warehouse-*"))


def test_what_the_command_made_of_an_empty_store_is_left_alone(store, tmp_path):
    chosen = Settings(store=tmp_path / "store", address="localhost", port=0)
    shutil.copytree(store, chosen.store)
    first = versions.current(chosen.store)
    assert demo.fill(chosen, CASES, 2018, silent) is False
    assert versions.current(chosen.store) == first


def test_a_demonstration_is_built_anew_for_a_newer_program_and_left_alone_otherwise(
    tmp_path, monkeypatch, capsys
):
    """As many senders as a demonstration has, each with one case in Ulm."""
    figures = Figures(tmp_path)
    for sender in range(demo.SENDERS):
        faelle = f"fall_id | ags | aufnahme_am\nF{sender} | 08421000 | 05.01.2018"
        figures.hand_in(sender=f"amt-{sender}", reporting_date="31.03.2018", faelle=faelle)
    figures.release()
    chosen = figures.settings
    first = versions.current(chosen.store)
    assert demo.fill(chosen, CASES, 2018, silent) is False
    newer = tmp_path / "queries"
    shutil.copytree(models.QUERIES, newer)
    with (newer / "marts" / "areas.sql").open("a", encoding="utf-8") as mart:
        mart.write("-- of a newer program\n")
    monkeypatch.setattr(models, "QUERIES", newer)
    monkeypatch.setenv("DASHBOARD_STORE", str(chosen.store))
    assert main(["demo", "--prepare", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"filled": True}
    assert versions.current(chosen.store).version != first.version
    assert make.last(chosen.store).red_team["passed"]


def silent(step):
    """No progress."""
