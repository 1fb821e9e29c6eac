"""Deliveries of an older version of the format build beside newer ones, and by themselves."""

import shutil
from pathlib import Path

import duckdb

from data.deliveries.store import deliveries
from data.warehouse import models
from tests.support.figures import Figures

VERSION_1 = Path(__file__).parents[1] / "deliveries" / "store" / "version_1"
LAND = {"area_code": "08"}


def old_store(folder: Path) -> Figures:
    """A store that the first version of the program wrote: its Parquet files lack what came later."""
    figures = Figures(folder)
    shutil.copytree(VERSION_1, figures.settings.store)
    return figures


def loaded(figures: Figures, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        connection.execute("create schema reference; create schema deliveries")
        models.load_deliveries(connection, deliveries.current_tables(figures.settings))
        return connection.execute(sql).fetchall()


def test_a_store_of_version_1_builds_and_lacks_the_later_columns(tmp_path: Path) -> None:
    figures = old_store(tmp_path)
    columns = [
        name
        for stored in deliveries.current_tables(figures.settings)["faelle"]
        for (name, *_) in duckdb.sql(f"describe from '{stored.tables['faelle']}'").fetchall()
    ]
    assert "fall_id" in columns
    assert "fruehere_fall_id" not in columns

    figures.build()

    assert loaded(figures, "select count(*), count(fruehere_fall_id) from deliveries.faelle") == [(3, 0)]
    assert figures.row("senders", sender="amt-a")["cases"] == 2


def test_deliveries_of_two_versions_build_side_by_side_whichever_is_read_first(tmp_path: Path) -> None:
    figures = old_store(tmp_path)
    for sender in ("amt-0", "amt-z"):
        figures.hand_in(
            sender=sender,
            software="Verfahren 7",
            reporting_date="31.08.2026",
            faelle="""
                fall_id | ags      | fruehere_fall_id | aufnahme_am | beendet_am
                F1      | 08421000 |                  | 05.01.2018  | 05.02.2018
                F2      | 08421000 | F1--             | 05.03.2018  |
            """,
        )
    figures.build()

    found = loaded(figures, "select sender, fall_id, fruehere_fall_id from deliveries.faelle order by all")
    by_sender = {(sender, case): earlier for sender, case, earlier in found}
    assert by_sender["amt-0", "F2--"] == by_sender["amt-z", "F2--"] == "F1--"
    assert {earlier for (sender, _), earlier in by_sender.items() if sender in ("amt-a", "amt-b")} == {None}
    present = "select distinct sender from reference.columns_present where column_name = 'fruehere_fall_id'"
    assert sorted(loaded(figures, present)) == [("amt-0",), ("amt-z",)]
