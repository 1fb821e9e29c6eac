"""People per 1,000 inhabitants, places of about the same size, and by which list: asked as a page asks."""

import datetime
from pathlib import Path

import pytest

from data.access.rights import COMMAND
from data.deliveries.handin.work import HandIn, import_delivery
from data.publish import ask
from data.questions.filters import Filters
from tests.support import municipalities
from tests.support.figures import Figures

EHINGEN, LANGENAU, DORNSTADT = "08425033", "08425072", "08425031"
QUARTER = {"period": "2018-Q4"}
# No other place has more than 1,000 inhabitants, so these are the nearest to each other.
PEOPLE = {"_08425033": 26_000, "_08425072": 15_000, "_08425031": 8_000, "_08111000": 600_000}


def cases(place: str, first: int, many: int) -> str:
    return "\n".join(f"F{first + at} | {place} | 05.01.2018" for at in range(many))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ehingen has 13 people counselled, Langenau 30; nobody else delivers."""
    folder = tmp_path_factory.mktemp("asked")
    figures = Figures(folder).hand_in(
        software="Verfahren 7",
        sender="lra-alb",
        reporting_date="31.12.2018",
        faelle="\n".join(
            ("fall_id | ags | aufnahme_am", cases(EHINGEN, 1000, 13), cases(LANGENAU, 1100, 30))
        ),
        kontext=f"ags | stichtag | einwohner | einwohner_basis\n{EHINGEN} | 31.12.2016 | 13000 | Zensus 2011",
    )
    listed = municipalities.text(folder / "2017.txt", municipalities.every(**PEOPLE), "20180331")
    imported = import_delivery(listed, figures.settings, HandIn(reporting_date="31.12.2017"))
    assert imported.accepted, imported.findings
    return figures.build().settings.store


@pytest.fixture(autouse=True)
def inside(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(store))


def asked(query: str, area_code: str, **more: str):
    return ask(query, Filters(area_code=area_code, **{**QUARTER, **more}), COMMAND)


def test_people_are_told_per_1000_inhabitants_with_the_list_that_these_are_of():
    profile = asked("municipality/profile", EHINGEN)
    row = next(iter(profile.where(area_code=EHINGEN, **QUARTER)))
    assert row["per_1000"] == 13 / 26
    assert (row["inhabitants_source"], row["inhabitants_on"], row["inhabitants_census"]) == (
        "gemeindeverzeichnis", datetime.date(2017, 12, 31), "Zensus 2011",
    )  # fmt: skip
    mapped = asked("overview/map", EHINGEN, level="gemeinde")
    assert mapped.cell("per_1000", area_code=LANGENAU) == 30 / 15
    # 55 municipalities, of which three are larger.
    kreis = asked("overview/map", EHINGEN, level="kreis")
    assert kreis.cell("per_1000", area_code="08425") == pytest.approx(43 / (26 + 15 + 8 + 52))


def test_the_places_of_about_the_same_size_are_the_nearest_by_inhabitants():
    peers = asked("municipality/peers", LANGENAU)
    assert peers.column("area_code")[:4] == ("08111000", EHINGEN, LANGENAU, DORNSTADT)
    assert peers.column("inhabitants") == (600_000, 26_000, 15_000, 8_000, 1000, 1000, 1000)
    assert [peers.cell("per_1000", area_code=code) for code in (EHINGEN, LANGENAU)] == [13 / 26, 30 / 15]


def test_the_land_has_nobody_of_its_size():
    assert len(asked("municipality/peers", "08")) == 0


def test_which_inhabitants_stand_for_which_year_is_said():
    stood = asked("methods/inhabitants", "08")
    row = next(iter(stood.where(period="2018")))
    assert (row["inhabitants"], row["inhabitants_source"]) == (1_097_000 + 649_000, "gemeindeverzeichnis")
