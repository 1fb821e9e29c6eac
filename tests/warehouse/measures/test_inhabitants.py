"""Inhabitants: by the official list of municipalities where there is one, else as offices delivered them."""

import datetime

import pytest

from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.store import deliveries
from data.deliveries.store.deliveries import OFFICIAL
from tests.support import municipalities
from tests.support.figures import Figures
from tests.support.municipalities import every

ULM, STUTTGART = "08421000", "08111000"
LAICHINGEN, WITH = "08425071", "084255007"  # and the association that it is in
CASES = "fall_id | ags | aufnahme_am"
KONTEXT = "ags | stichtag | einwohner | einwohner_basis"


def takes(figures, path, day=None):
    imported = import_delivery(
        path, figures.settings, HandIn(reporting_date=day, confirm="drawn like this in a test")
    )
    assert imported.accepted, imported.findings


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Ulm and Stuttgart deliver; the lists of 2018 and 2024 are there, and what Ulm says of 2017."""
    folder = tmp_path_factory.mktemp("inhabitants")
    figures = Figures(folder)
    figures.hand_in(
        software="Verfahren 7", reporting_date="31.12.2024", faelle=f"{CASES}\nF1 | {STUTTGART} | 05.01.2018"
    )
    figures.hand_in(
        sender="sk-ulm",
        reporting_date="31.12.2024",
        software="Verfahren 7",
        faelle=f"{CASES}\nF2 | {ULM} | 05.01.2018",
        kontext=f"{KONTEXT}\n{ULM} | 31.12.2017 | 500 | Zensus 2011\n"
        f"{LAICHINGEN} | 31.12.2017 | 7100 | Zensus 2011",
    )
    of_2018 = municipalities.text(folder / "2018.txt", every(_08421000=120_000), "20190331")
    takes(figures, of_2018, "31.12.2018")
    takes(figures, municipalities.book(folder / "2024.xlsx", every(_08421000=2_000_000, _08425071=7000)))
    return figures.build()


def said(figures, area_code, period):
    rows = figures.rows("inhabitants", area_code=area_code, period=period)
    return [(row["inhabitants"], row["source"], row["counted_on"], row["census"]) for row in rows]


def test_the_newest_list_until_the_end_of_the_period_applies(figures):
    of_2018 = ("gemeindeverzeichnis", datetime.date(2018, 12, 31), "Zensus 2011")
    assert said(figures, ULM, "2018-Q4") == [(120_000, *of_2018)]
    assert said(figures, ULM, "2024-Q3") == [(120_000, *of_2018)]
    of_2024 = ("gemeindeverzeichnis", datetime.date(2024, 12, 31), "Zensus 2022")
    assert said(figures, ULM, "2024-Q4") == [(2_000_000, *of_2024)]


def test_before_the_first_list_it_is_what_was_delivered_or_nothing(figures):
    delivered = (500, "kontext", datetime.date(2017, 12, 31), "Zensus 2011")
    assert said(figures, ULM, "2018-Q3") == [delivered]
    assert said(figures, "08421", "2018-Q3") == [delivered]
    assert said(figures, STUTTGART, "2018-Q3") == []
    assert said(figures, "08", "2018-Q3") == []


def test_what_is_delivered_of_some_municipalities_is_no_number_of_the_kreis_around_them(figures):
    assert said(figures, LAICHINGEN, "2018-Q3")[0][:2] == (7100, "kontext")
    assert said(figures, "08425", "2018-Q3") == []  # 54 others are missing, and missing is never zero
    assert said(figures, WITH, "2018-Q3") == []


def test_areas_above_are_the_sum_of_their_municipalities(figures):
    # 1,101 municipalities with 1,000 each, but Ulm and Laichingen.
    assert said(figures, "08", "2024")[0][0] == 1_099_000 + 2_007_000
    assert said(figures, "084", "2024")[0][0] == sum(
        said(figures, kreis, "2024")[0][0]
        for kreis in ("08415", "08416", "08417", "08421", "08425", "08426", "08435", "08436", "08437")
    )
    members = [
        row["area_code"] for row in figures.rows("areas", parent_code=WITH) if row["area_level"] == "gemeinde"
    ]
    assert LAICHINGEN in members
    assert said(figures, WITH, "2024")[0][0] == 7000 + 1000 * (len(members) - 1)


def test_what_is_told_per_1000_has_the_inhabitants_of_the_known_kreise_alone(figures):
    land = figures.row("inhabitants", area_code="08", period="2024")
    # Stuttgart and Ulm deliver.
    assert land["inhabitants_known"] == 1000 + 2_000_000
    assert figures.row("inhabitants", area_code=ULM, period="2024")["inhabitants_known"] == 2_000_000


def test_half_of_the_land_is_told_by_the_newest_list(figures):
    # By the register Stuttgart and Ulm are 7 % of the Land; by the list of 2024 they are two thirds.
    assert figures.row("cases", area_code="08", period="2024-Q4")["active_cases"] == 2


def test_without_a_list_it_is_as_before(figures):
    deliveries.take_back(figures.settings, OFFICIAL, reason="of another year")
    figures.build()
    assert said(figures, ULM, "2024-Q4")[0][0] == 120_000
    assert figures.row("cases", area_code="08", period="2024-Q4")["active_cases"] is None


def test_where_a_list_lacks_a_municipality_what_it_lies_in_has_no_sum(tmp_path):
    people = every()
    del people[LAICHINGEN]
    figures = Figures(tmp_path).hand_in(
        software="Verfahren 7", reporting_date="31.12.2019", faelle=f"{CASES}\nF1 | {ULM} | 05.01.2018"
    )
    takes(figures, municipalities.text(tmp_path / "2018.txt", people), "31.12.2018")
    figures.build()
    for area_code in (LAICHINGEN, WITH, "08425"):
        assert said(figures, area_code, "2019") == []
    assert said(figures, "08421", "2019")[0][0] == 1000
    # Not of the Land either; but of all in it who are counted by known cases, so these are told per 1,000.
    land = figures.row("inhabitants", area_code="08", period="2019")
    assert (land["inhabitants"], land["inhabitants_known"]) == (None, 1000)


def test_a_list_that_is_made_up_is_told_apart(tmp_path):
    figures = Figures(tmp_path).hand_in(
        reporting_date="31.12.2024", faelle=f"{CASES}\nF1 | {ULM} | 05.01.2018"
    )
    title = f"Gemeinden in Deutschland – {SYNTHETIC}"
    takes(figures, municipalities.book(tmp_path / "made-up.xlsx", every(), title=title))
    figures.build()
    assert said(figures, ULM, "2024")[0][1] == "erfunden"
    assert figures.rows("edition")[0]["synthetic"] is True
