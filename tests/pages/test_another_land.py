"""A folder alone ties the program to a Land: another one goes the same way, from exports to pictures."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.foundation import land
from tests.support import another_land
from tests.support.effort import LONG

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What import, release, pages and pictures say in a process of that Land."""
    folder = tmp_path_factory.mktemp("another_land")
    of = another_land.written(folder, land.folder())
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.another_land", str(folder), *(["--all"] if LONG else [])],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"DASHBOARD_LAND": str(of), "DASHBOARD_STORE": str(folder / "store")},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.long
def test_it_is_imported_released_and_attacked(told):
    assert told["release"] == "2023-Q4"
    assert len(told["attacked"]) == 1 + (len(another_land.MORE_KEYS) if LONG else 0)
    assert all(told["attacked"])


@pytest.mark.long
def test_every_page_and_picture_is_of_that_land_and_of_no_other(told):
    assert not told["failed"]
    for where, text in told["told"].items():
        for word in ("Baden-Württemberg", "Stuttgart", "Regierungsbezirk", "PIK"):
            assert word not in text, f"{word} in {where}"


def test_pages_say_its_name_its_places_and_its_programme(told):
    assert another_land.TITLE in told["told"]["overview  77 de"]
    every = "\n".join(told["told"].values())
    for word in ("Seeland", "Nordsee (Landkreis)", "Hafenstadt", "Lotsenprogramm", "für die Lotsen"):
        assert word in every


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("land.toml", None, "it has no land.toml"),
        ("land.toml", "town = 1", "land.toml can't be read"),
        ("areas.csv", "area_code,level\n1,kreis", "0 areas of level 'land'"),
        ("areas.csv", None, "areas.csv can't be read"),
    ],
)
def test_a_folder_that_makes_no_land_is_told_in_one_sentence(tmp_path, name, content, said):
    of = another_land.written(tmp_path, land.folder())
    (of / name).unlink()
    if content:
        (of / name).write_text(content, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "data", "status"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"DASHBOARD_LAND": str(of), "DASHBOARD_STORE": str(tmp_path / "store")},
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_store_of_another_land_is_not_served(tmp_path):
    (tmp_path / "kind.json").write_text('{"kind": "demonstration", "land": "77"}', encoding="utf-8")
    for command in (["-m", "data", "status"], ["dashboard.py"]):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | {"DASHBOARD_STORE": str(tmp_path)},
        )
        assert done.returncode
        assert "This store is of the Land with the key 77, and this process of 08." in done.stderr
