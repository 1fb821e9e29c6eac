"""A process for readers has the folder of releases: no warehouse, no deliveries, no register, no keys."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.menu import PARTS
from tests.support import published, written
from tests.support.opened import PAGES, opened, said
from tests.support.tabled import tables

ULM_KREIS = "08421"  # two of 44 Kreise have delivered, so the Land has no figures


@pytest.fixture
def alone(several: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store that holds a copy of the releases; nothing else may appear in it."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    shutil.copytree(several / "releases", tmp_path / "releases")
    yield tmp_path
    assert {path.name for path in tmp_path.iterdir()} == {"releases"}


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_on_the_releases_alone(page: str):
    of_old = {"area_code": ULM_KREIS, "release": published.OLD, "lang": "en"}
    for address in ({"area_code": published.ULM, "period": "2018"}, of_old):
        drawn = False
        for part in PARTS.get(page, ("",)):
            shown = opened(page, **address, **({"part": part} if part else {}))
            assert not shown.exception
            assert not shown.error
            assert not shown.warning
            # Nobody hands in consultations here, and nobody has left.
            undelivered = re.search("nicht geliefert|consultations were reported", said(shown))
            drawn = drawn or bool(written.charts(shown) or tables(shown) or undelivered)
        assert drawn


@pytest.mark.parametrize("page", PAGES)
def test_without_a_release_every_page_says_that_there_are_no_figures_yet(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    shown = opened(page)
    assert shown.header[-1].value == "Noch keine Zahlen"
    assert not shown.error
    assert not shown.exception


def test_a_release_under_its_embargo_is_no_release_for_readers(alone: Path):
    """Only the embargoed one is there, by its folder, its list, and its name in the address."""
    for entry in (published.OLD, published.NEWEST):
        shutil.rmtree(alone / "releases" / entry)
    names = (alone / "releases" / "published.json").read_text(encoding="utf-8")
    kept = [each for each in json.loads(names) if each["name"] == published.EMBARGOED]
    (alone / "releases" / "published.json").write_text(json.dumps(kept), encoding="utf-8")
    for address in ({}, {"release": published.EMBARGOED}):
        shown = opened(**address)
        assert shown.header[-1].value == "Noch keine Zahlen"
        assert "gesperrt" not in said(shown)
        assert not written.tiles(shown)
