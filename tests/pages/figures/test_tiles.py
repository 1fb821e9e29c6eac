"""Key figures as tiles, and what the overview opens with."""

import re

import pytest

from data.disclosure.bands import Band
from pages.figures import tiles
from tests.support import written
from tests.support.opened import opened, said

ULM, ALB_DONAU = "08421000", "08425"


def _bar(picture: str) -> tuple[float, float]:
    """From where to where the dark bar lies on the track, as shares of it."""
    (track_from, track_wide), (from_, wide) = (
        map(float, found) for found in re.findall(r'<rect x="([\d.]+)" width="([\d.]+)"', picture)
    )
    return (from_ - track_from) / track_wide, wide / track_wide


def test_a_band_is_a_bar_from_where_to_where_the_share_may_lie():
    drawn = {band: _bar(tiles.band(band)) for band in Band}
    assert all(abs(at - band.low) < 0.001 for band, (at, _) in drawn.items())
    assert all(abs(wide - (band.high - band.low)) < 0.001 for band, (_, wide) in drawn.items())


@pytest.mark.usefixtures("figures")
def test_the_first_tile_is_what_the_page_says_first_and_money_comes_last():
    labels = [tile.label for tile in written.tiles(opened("overview", area_code=ULM))]
    assert len(labels) == 6
    assert labels[0] == "Betreute Personen"
    assert labels[-1].startswith("Bewilligte Mittel")


@pytest.mark.usefixtures("figures")
def test_what_is_new_begins_with_the_kreis_and_lists_all_deliveries_when_it_is_opened():
    closed = opened("overview", area_code=ALB_DONAU)
    told = said(closed)
    assert re.search(r"Im Alb-Donau-Kreis liegen Zahlen bis zum \d\. Quartal 20\d\d vor\. Die nächste", told)
    assert "Landratsamt Alb-Donau-Kreis" not in told
    assert "Landratsamt Alb-Donau-Kreis" in said(opened("overview", area_code=ALB_DONAU, news="true"))
    assert "Die nächste Lieferung" not in said(opened("overview"))
