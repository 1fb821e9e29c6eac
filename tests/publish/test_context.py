"""People who are delivered as one number are deviated and limited like all others; inhabitants are exact."""

from pathlib import Path

import duckdb
import pytest

from data.foundation import areas
from data.releases import shelf
from tests.support.figures import Figures

PLACES = [
    code
    for code, area in areas.register().items()
    if area.level == areas.GEMEINDE and areas.within(code, areas.KREIS) == "08425"
]
FEW = PLACES[0]


def released(folder: Path, sender: str) -> dict[str, tuple[int | None, int | None]]:
    """What is published of a Kreis where each place has 100 people in follow-up housing, the first 7."""
    housed = "\n".join(f"{code} | {7 if code == FEW else 100} | 5000 | Zensus 2011" for code in PLACES)
    figures = Figures(folder).hand_in(
        sender=sender,
        reporting_date="31.12.2018",
        faelle="fall_id | ags | aufnahme_am\nF001 | 08421000 | 05.01.2018",
        kontext="ags | personen_anschlussunterbringung | einwohner | einwohner_basis | stichtag\n"
        + "\n".join(f"{row} | 31.12.2017" for row in housed.splitlines()),
    )
    name = figures.release().name
    with duckdb.connect(str(shelf.database(figures.settings.store, name)), read_only=True) as connection:
        rows = connection.execute(
            "select area_code, persons_housed, inhabitants from marts.context "
            "join marts.inhabitants using (area_code, period) where period = '2018'"
        ).fetchall()
    return {code: (housed, inhabitants) for code, housed, inhabitants in rows}


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int | None, int | None]]:
    return released(tmp_path_factory.mktemp("context"), "amt-a")


def test_each_place_deviates_by_itself_and_few_people_are_withheld(figures):
    others = [figures[code][0] for code in PLACES if code != FEW]
    assert all(abs(number - 100) <= 5 for number in others)
    assert len(set(others)) > 5, "the same number in another place has another key"
    assert figures[FEW][0] == 0
    assert abs(figures["08425"][0] - (100 * len(others) + 7)) <= 5


def test_inhabitants_are_exact(figures):
    assert {figures[code][1] for code in PLACES} == {5000}


def test_the_key_is_of_the_place_and_the_day_whoever_delivers_it(figures, tmp_path):
    assert released(tmp_path, "amt-b") == figures
