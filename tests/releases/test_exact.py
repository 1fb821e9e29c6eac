"""The exact figures of the pass that makes a release: the same as a build's, and checked as they are."""

import shutil
from threading import Event

import duckdb
import pytest

from data.releases import database, shelf
from data.warehouse import build, models
from tests.support.figures import Figures

DRAWN = """
    fall_id | ags      | aufnahme_am | integrationsplan_am
    F1      | 08421000 | 05.01.2018  | 01.02.2018
    F2      | 08421000 | 06.01.2018  |
    F3      | 08421000 | 07.01.2018  |
"""


def handed_in(folder):
    return Figures(folder).hand_in(faelle=DRAWN, reporting_date="31.12.2018")


def test_a_release_leaves_the_exact_figures_that_a_build_would_make(tmp_path):
    figures = handed_in(tmp_path)
    figures.release()
    place = {"area_code": "08421", "period": "2018"}
    released = {mart: figures.rows(mart, **place) for mart in ("cases", "people", "outcomes", "posts")}
    assert released["cases"][0]["active_cases"] == 3
    assert released["cases"][0]["with_plan"] == 1
    figures.build()
    assert released == {mart: figures.rows(mart, **place) for mart in released}


def test_what_is_written_beside_the_protection_is_through_at_its_end_and_stops_if_that_fails():
    begun = Event()

    def without_end():
        begun.set()
        yield "select sum(a.range + b.range) from range(1000000) as a, range(1000000) as b"
        yield "create table never as select 1"

    def fail():
        begun.wait()
        raise ZeroDivisionError

    with duckdb.connect() as connection:
        with database.beside(connection, ["create table one as select 1 as x"]):
            pass
        assert connection.execute("from one").fetchall() == [(1,)]
        with (
            pytest.raises(duckdb.CatalogException, match="missing"),
            database.beside(connection, ["from missing"]),
        ):
            pass
        with pytest.raises(ZeroDivisionError), database.beside(connection, without_end()):
            fail()
        assert connection.execute("select table_name from duckdb_tables()").fetchall() == [("one",)]


def test_figures_that_contradict_themselves_are_not_published(tmp_path, monkeypatch):
    figures = handed_in(tmp_path)
    broken = tmp_path / "queries"
    shutil.copytree(models.QUERIES, broken)
    mart = broken / "marts" / "people_spans.sql"
    mart.write_text(mart.read_text().replace("sum(changes.more)", "2 * sum(changes.more)"))
    monkeypatch.setattr(models, "QUERIES", broken)
    with pytest.raises(build.ChecksFailedError, match="breakdowns_add_up"):
        figures.release()
    assert shelf.entries(figures.settings.store) == ()
