"""Building: nothing is published that contradicts itself, and readers never notice."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from data.access.rights import COMMAND
from data.publish import ask
from data.questions.engine import DatabaseMissingError
from data.questions.filters import Filters
from data.warehouse import build, models, versions
from tests.support import effort
from tests.support.figures import Figures

ROOT = Path(__file__).parents[2]
CASE = "fall_id | ags | aufnahme_am\nF1 | 08421000 | 05.01.2018"


def crowd(number):
    rows = "\n".join(f"F{1000 + n} | 08421000 | 05.01.2018" for n in range(number))
    return f"fall_id | ags | aufnahme_am\n{rows}"


def test_without_a_delivery_there_is_nothing_to_build(tmp_path):
    with pytest.raises(build.NothingToBuildError, match="import PATH"):
        Figures(tmp_path).build()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("sum(changes.more)", "2 * sum(changes.more)"),  # everybody twice
        ("where active_cases > 0", "where breakdown <> 'sex' and active_cases > 0"),  # no breakdown
    ],
)
def test_a_failing_check_publishes_nothing_and_says_which_one(tmp_path, monkeypatch, right, wrong):
    figures = Figures(tmp_path).hand_in(faelle=CASE, reporting_date="31.12.2018").build()
    before = versions.current(figures.settings.store)
    # A real layer of SQL with one wrong mart.
    broken = tmp_path / "queries"
    shutil.copytree(models.QUERIES, broken)
    mart = broken / "marts" / "people_spans.sql"
    assert mart.read_text().count(right) == 1
    mart.write_text(mart.read_text().replace(right, wrong))
    monkeypatch.setattr(models, "QUERIES", broken)
    with pytest.raises(build.ChecksFailedError, match="breakdowns_add_up") as refused:
        figures.build()
    assert refused.value.exit_code == 4
    assert versions.current(figures.settings.store) == before
    assert not list(figures.settings.store.glob("*.new*"))


def test_of_single_cases_the_warehouse_has_the_pseudonyms_and_days_of_open_ones_alone(tmp_path):
    figures = Figures(tmp_path).hand_in(
        faelle="""
            fall_id           | ags      | aufnahme_am | beendet_am | herkunftsland | altersgruppe
            SECRET-PSEUDONYM  | 08421000 | 05.01.2018  | 30.12.2018 | SY            | 18-26
            OPEN-PSEUDONYM    | 08421000 | 06.01.2018  |            | SY            | 18-26
        """,
        reporting_date="31.12.2018",
    )
    figures.build()
    pointer = versions.current(figures.settings.store)
    path = versions.warehouse(figures.settings.store, pointer.version)
    content = path.read_bytes()
    assert b"SECRET-PSEUDONYM" not in content
    (case,) = figures.rows("open_cases")
    assert case["case_id"] == "OPEN-PSEUDONYM"
    assert not {"SY", "18-26"} & {*case.values()}
    with duckdb.connect(str(path), read_only=True) as file:
        holding = file.execute(
            "select table_name from duckdb_columns() "
            "where column_name in ('case_id', 'manager_id', 'post_id')"
        ).fetchall()
    assert {name for (name,) in holding} == {"open_cases", "vacant_posts"}


def test_a_newer_delivery_replaces_the_older_one_of_its_sender(tmp_path):
    figures = Figures(tmp_path)
    figures.hand_in(faelle=crowd(12), reporting_date="30.06.2018")
    figures.hand_in(faelle=crowd(15), reporting_date="31.12.2018")
    figures.build()
    assert figures.row("cases", area_code="08421000", period="2018-Q1")["active_cases"] == 15


def test_two_senders_may_use_the_same_pseudonym(tmp_path):
    figures = Figures(tmp_path)
    for sender in ("amt-a", "amt-b"):
        figures.hand_in(faelle=CASE, sender=sender, reporting_date="31.12.2018")
    figures.build()
    assert figures.row("cases", area_code="08421000", period="2018-Q1")["active_cases"] == 2


def test_old_versions_are_forgotten_but_the_last_few_stay_for_readers_in_the_middle_of_a_page(
    tmp_path, monkeypatch
):
    figures = Figures(tmp_path).hand_in(faelle=CASE, reporting_date="31.03.2018")
    built = []
    for _ in range(5):
        figures.build()
        built.append(versions.current(figures.settings.store).version)
    kept = {path.stem.removeprefix("warehouse-") for path in figures.settings.store.glob("warehouse-*")}
    assert kept == set(built[-build.VERSIONS_KEPT :])
    # Who still asks for a forgotten one is told that it is there no more, and not that something is damaged.
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))
    with pytest.raises(DatabaseMissingError, match="Ask again for the newest figures"):
        ask("caseload/by_period", Filters(edition=built[0]), COMMAND)
    assert ask("caseload/by_period", Filters(), COMMAND)


def further(pages, before):
    """How many pages each reader has read, once each has read more than before."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        now = [each.stat().st_size if each.exists() else 0 for each in pages]
        if all(new > old for new, old in zip(now, before, strict=True)):
            return now
        time.sleep(0.01)
    raise AssertionError(f"a reader hangs: {now} pages, {before} before")


@pytest.mark.long
def test_two_processes_read_while_a_third_builds_again_and_again_and_see_no_error_and_no_mixture(tmp_path):
    figures = Figures(tmp_path).hand_in(faelle=crowd(12), reporting_date="31.03.2018").build()
    stop, pages = tmp_path / "stop", [tmp_path / f"pages-{number}" for number in range(2)]
    environment = os.environ | {"DASHBOARD_STORE": str(figures.settings.store)}
    readers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.support.reading", str(stop), str(read)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for read in pages
    ]
    # Figures stay for whoever reads a page while two builds replace them, not for whoever sleeps longer.
    before = [-1, -1]
    try:
        for _ in range(effort.of(8, 20)):
            now = further(pages, before)
            figures.build()
            before = now
    finally:
        stop.touch()
    for reader in readers:
        said = reader.communicate(timeout=60)[0].split()
        assert len(said) == 1, said  # the number of pages alone, no fault
        assert int(said[0]) > 5


def test_the_command_ends_with_4_if_there_is_nothing_to_build(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "empty"))
    from data.commands import main

    assert main(["build"]) == 4
    assert "import PATH" in capsys.readouterr().err
