"""A delivery that is damaged in the store: one sentence names its file, and the figures before stay."""

import json
import time

import duckdb
import pytest

from data.deliveries.store.unusable import StoreError, UnforeseenError, clearly
from data.warehouse import versions
from pages.internal.handin import messages
from pages.work import actions
from tests.support import drawn, stores
from tests.support.figures import Figures

PEOPLE = "fall_id | aufnahme_am\n" + "\n".join(f"F{n} | 05.01.2018" for n in range(1000, 1040))


def appended(path):
    path.write_bytes(path.read_bytes() + b"x")


def cut(path):
    path.write_bytes(path.read_bytes()[:-20])


def gone(path):
    path.unlink()


@pytest.fixture
def built(command, tmp_path, tmp_path_factory):
    """A copy of a store whose one delivery was built and published."""

    def published(folder):
        Figures(folder).hand_in(reporting_date="31.03.2018", faelle=PEOPLE).release()

    return stores.copied(stores.once(tmp_path_factory, "damaged", published), tmp_path).settings.store


@pytest.mark.parametrize("damage", [appended, cut, gone])
@pytest.mark.parametrize("made", ["build", "release"])
def test_what_can_not_be_made_from_a_damaged_delivery_says_which_file_it_is(command, built, damage, made):
    before = versions.current(built), json.loads(command("status", "--json")[1])["releases"]
    (file,) = (built / "deliveries").glob("*/faelle.parquet")
    damage(file)

    code, out, err = command(made)

    said = err.splitlines()[-1]
    assert (code, out) == (6, "")
    assert said.startswith(f"deliveries/{file.parent.name}/faelle.parquet is damaged")
    assert "`python -m data verify`" in said
    assert str(built) not in err
    assert (versions.current(built), json.loads(command("status", "--json")[1])["releases"]) == before
    assert command("verify")[0] == 6


def test_the_page_has_a_sentence_for_it(built, monkeypatch):
    monkeypatch.setenv("DASHBOARD_INTERNAL", "1")
    (file,) = (built / "deliveries").glob("*/faelle.parquet")
    appended(file)

    job = actions.rebuild("somebody")
    while not job.done:
        time.sleep(0.02)

    assert (job.error, job.reference) == ("DamagedDeliveryError", "")
    assert messages.error(job) == "handin.error.DamagedDeliveryError"


def test_goals_of_cases_that_are_damaged_in_the_store_are_not_said_to_want_room(command, tmp_path):
    assert command("import", drawn.delivery(tmp_path / "a", faelle="fall_id\nF1"))[0] == 0
    (file,) = (tmp_path / "store" / "deliveries").glob("*/faelle.parquet")
    file.write_bytes(b"x" * file.stat().st_size)
    goals = drawn.delivery(tmp_path / "b", ziele="fall_id\nF1") / "ziele.csv"

    code, _, err = command("import", goals, "--sender", "amt-a", "--reporting-date", "30.09.2026")

    said = err.splitlines()[-1]
    assert (code, "room" in said, "can't be used" in said) == (1, False, False), err
    assert "(InvalidInputException). Nothing was taken over. `python -m data verify` says" in said


def test_an_overflow_is_a_fault_of_the_program_and_not_of_the_disk(tmp_path):
    with pytest.raises(UnforeseenError) as error, clearly(tmp_path):
        duckdb.sql(f"select {2**64}::ubigint").fetchall()

    assert "(ConversionException). Nothing was changed." in str(error.value)
    assert "room" not in str(error.value)


def test_what_duckdb_says_of_the_disk_is_still_said_of_the_store(tmp_path):
    with pytest.raises(StoreError, match="Make room"), clearly(tmp_path):
        duckdb.sql(f"copy (select 1) to '{tmp_path / 'no' / 'folder'}'")
