"""The exact figures of the pass that makes a release: the same as a build's, and checked as they are."""

import shutil

import pytest

from data.releases import shelf
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
