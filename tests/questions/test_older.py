"""A release that an older program made is read by the pages of today: what it lacks is unknown."""

import duckdb
import pytest

from data import publish
from data.access.rights import PUBLIC
from data.disclosure.published import Gap
from data.questions import catalogue, older
from data.questions.engine import Database
from data.questions.filters import Filters
from data.releases import shelf
from data.warehouse import versions

ULM = "08421000"
ASKED = {
    "area_code": ULM, "compare": "08425072", "period": "2018-Q4", "level": "gemeinde", "goal_area": "gesamt",
    "programme": "alle",
}  # fmt: skip


@pytest.fixture
def of_before(released_once, monkeypatch):
    """A release of a program that knew no inhabitants, no cases over 36 months and no bands of plans."""
    path = shelf.database(released_once.settings.store, "2018-Q4")
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("drop table marts.inhabitants")
        for column in ("over_36", "over_36_band", "with_plan_band"):
            connection.execute(f"alter table marts.cases drop column {column}")
    monkeypatch.setenv("DASHBOARD_STORE", str(released_once.settings.store))
    return path


def test_the_columns_of_a_release_are_those_that_are_written_down(first):
    """If not: `python -m data.questions.older FILE` with the database of a new release writes them."""
    with duckdb.connect(str(shelf.database(first.settings.store, "2018-Q4")), read_only=True) as connection:
        assert older.of(connection) == older.columns()
        assert not older.is_lacking(older.of(connection))


def test_exact_figures_inside_are_no_older_release(first):
    path = versions.warehouse(first.settings.store, versions.current(first.settings.store).version)
    names, rows = Database(path).rows("from marts.edition", {})
    assert "shown_from" not in names
    assert len(rows) == 1


def test_every_question_has_an_answer(of_before):
    database = Database(of_before)
    for name in catalogue.public():
        question = catalogue.query(name)
        database.rows(question.sql, {each: ASKED.get(each) for each in question.params})


def test_what_it_has_is_shown_and_what_it_lacks_is_unknown(of_before):
    answer = publish.ask("municipality/profile", Filters(area_code=ULM, period="2018-Q4"), PUBLIC)

    (row,) = [each for each in answer if (each["area_code"], each["period"]) == (ULM, "2018-Q4")]
    assert row["active_cases"] in range(118, 123)
    assert row["plan_rate"] == pytest.approx(80 / 120, abs=0.05)
    assert [row[name] for name in ("over_36", "per_1000")] == [Gap.UNKNOWN, Gap.UNKNOWN]
    assert Database(of_before).rows("select count(*) from marts.cases", {})[1] != [(0,)]  # opened once more


def test_it_reaches_no_other_file_and_cannot_be_written(of_before, tmp_path):
    database = Database(of_before)
    (tmp_path / "other.csv").write_text("a\n1\n", encoding="utf-8")
    for statement in (
        f"from read_csv('{tmp_path / 'other.csv'}')",
        "create table older.marts.x as select 1",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            database.rows(statement, {})
