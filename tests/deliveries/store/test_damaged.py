"""A delivery that is damaged in the store: one sentence names its file, and the figures before stay."""

import json
import time

import duckdb
import pytest

from data.deliveries.store.unusable import StoreError, UnforeseenError, clearly
from data.warehouse import versions
from pages.internal.handin import messages
from pages.work import actions
from tests.support import drawn, signed, stores
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


def halved(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scratched(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(bytes(content))


def no_json(path):
    path.write_text("{", encoding="utf-8")


def no_list(path):
    path.write_text("{}", encoding="utf-8")


def serving(store):
    return versions.warehouse(store, versions.current(store).version)


WAREHOUSE = "the warehouse that serves"
ASK = ("ask", "overview/key_figures", "period=2018-Q1")
INSIDE = (*ASK, "--audience", "internal")
DAMAGED = [
    ("current.json", no_json, ("status",), "`python -m data build` makes it anew"),
    ("current.json", no_json, INSIDE, "`python -m data build` makes it anew"),
    ("releases/published.json", no_json, ASK, "put it back from a backup"),
    ("releases/published.json", no_json, ("release",), "put it back from a backup"),
    ("releases/published.json", no_list, ASK, "put it back from a backup"),
    ("releases/*/manifest.json", no_json, ("release",), "put it back from a backup"),
    ("releases/*/manifest.json", gone, ("status",), "put it back from a backup"),
    ("releases/*/*.duckdb", gone, ("release",), "put it back from a backup"),
    ("releases/*/*.duckdb", halved, ASK, "put it back from a backup"),
    ("releases/*/*.duckdb", halved, ("release",), "put it back from a backup"),
    (WAREHOUSE, halved, INSIDE, "`python -m data build` makes it anew"),
]


@pytest.mark.parametrize(("name", "damage", "words", "way_out"), DAMAGED)
def test_whatever_is_damaged_is_one_sentence_with_the_file_and_the_way_out(
    command, built, monkeypatch, name, damage, words, way_out
):
    file = serving(built) if name == WAREHOUSE else next(built.glob(name))
    damage(file)

    code, out, err = command(*words)

    said = err.splitlines()[-1]
    assert (code, out) == (6, "")
    assert said.startswith(f"{file.relative_to(built).as_posix()} is damaged")
    assert way_out in said
    assert str(built) not in err
    assert "room" not in said


def test_a_whole_release_that_the_list_does_not_name_is_put_aside_and_never_deleted(command, built):
    (manifest,) = built.glob("releases/*/manifest.json")
    (built / "releases" / "published.json").write_text("[]", encoding="utf-8")

    assert f"put aside: releases/{manifest.parent.name}" in command("verify", "--clean")[1]
    assert (built / "aside" / manifest.parent.name / "manifest.json").exists()


@pytest.mark.parametrize("damage", [halved, scratched])
def test_verify_sees_a_warehouse_that_can_not_be_read_to_its_end(command, built, damage):
    file = serving(built)
    damage(file)

    code, out, _ = command("verify")

    assert code == 6
    assert f"damaged: {file.name}" in out
    assert "`python -m data build` makes one" in out
    assert command("build")[0] == 0
    assert command("verify")[0] == 0


def test_the_page_has_a_sentence_for_it(built, monkeypatch):
    signed.sit(monkeypatch, built)
    (file,) = (built / "deliveries").glob("*/faelle.parquet")
    appended(file)

    job = actions.rebuild()
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
