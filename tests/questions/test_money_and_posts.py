"""Money by its own denominators, and posts on two days: asked as a page asks."""

from datetime import date
from pathlib import Path

import pytest

from data.access.rights import COMMAND
from data.disclosure.published import Gap
from data.publish import ask
from data.questions.filters import Filters, running_year
from tests.support.figures import Figures

ULM = "08421000"
PIK, UKRAINE = "PIK Integrationsmanagement", "Soforthilfe Ukraine"
MONTHS = [f"01.{month:02}.2018" for month in range(1, 13)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ulm: two full posts, the second filled from July on; 96,000 € and 10,000 € of two programmes used."""
    posts = [f"S1 | {month} | {ULM} | | 1.00 | 1.00" for month in MONTHS]
    posts += [f"S2 | {month} | {ULM} | | 1.00 | {int(at >= 6)}.00" for at, month in enumerate(MONTHS)]
    bookings = [
        f"B{at} | {ULM} | | 2018 | {programme} | {stage} | {amount} | 01.12.2018"
        for at, (programme, stage, amount) in enumerate(
            [
                (PIK, "bewilligt", "100000.00"),
                (PIK, "verwendet", "96000.00"),
                (UKRAINE, "bewilligt", "12000.00"),
                (UKRAINE, "verwendet", "10000.00"),
            ]
        )
    ]
    people = "\n".join(f"F{number} | {ULM} | 01.02.2018" for number in range(1000, 1040))
    figures = Figures(tmp_path_factory.mktemp("money")).hand_in(
        reporting_date="31.12.2018",
        faelle=f"fall_id | ags | aufnahme_am\n{people}",
        stellen="stelle_id | monat | ags | kreis | vzae_bewilligt | vzae_besetzt\n" + "\n".join(posts),
        mittel="buchung_id | ags | kreis | haushaltsjahr | programm | stufe | betrag_eur | gebucht_am\n"
        + "\n".join(bookings),
    )
    return figures.build().settings.store


@pytest.fixture(autouse=True)
def inside(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_STORE", str(store))


def asked(query: str, **more: str):
    return ask(query, Filters(area_code=ULM, period="2018", **more), COMMAND)


@pytest.mark.parametrize("query", ["funds/by_year", "funds/recipients"])
def test_money_is_divided_by_the_posts_of_its_own_programme_alone(query):
    """96,000 € for one and a half posts filled on average; nobody has reported posts of another programme."""
    where = {"area_code": ULM, "budget_year": 2018}
    assert asked(query).cell("eur_per_post", **where) == 64_000
    for programme in (UKRAINE, "alle"):
        found = asked(query, programme=programme)
        assert found.cell("spent_eur", **where) > 0
        assert found.cell("eur_per_post", **where) is Gap.UNKNOWN


def test_money_is_divided_by_the_people_of_its_own_programme_alone():
    where = {"area_code": ULM, "budget_year": 2018}
    assert asked("funds/by_year").cell("eur_per_case", **where) == 96_000 / 40
    assert asked("funds/by_year", programme=UKRAINE).cell("eur_per_case", **where) is Gap.UNKNOWN


def test_posts_stand_on_two_days_beside_each_other_with_what_is_open():
    found = asked("caseload/posts_on_two_days", level="gemeinde", since="2018-Q1")
    (row,) = [row for row in found if row["area_code"] == ULM]
    assert (row["approved_since_vzae"], row["filled_since_vzae"], row["open_since_vzae"]) == (2, 1, 1)
    assert (row["approved_vzae"], row["filled_vzae"], row["open_vzae"]) == (2, 2, 0)


def test_the_places_of_a_list_are_those_within_the_chosen_area():
    kreise = asked("caseload/posts_on_two_days", level="kreis", since="2018-Q1")
    assert "08421" in kreise.column("area_code")
    elsewhere = ask(
        "caseload/posts_on_two_days",
        Filters(area_code="08425", period="2018", since="2018-Q1", level="gemeinde"),
        COMMAND,
    )
    assert ULM not in elsewhere.column("area_code")


@pytest.mark.parametrize(
    ("period", "day", "told"),
    [
        ("2026-Q3", date(2026, 9, 30), "2025"),
        ("2026-Q3", date(2026, 12, 31), "2026-Q3"),
        ("2025", date(2026, 9, 30), "2025"),
        ("2023-2024", date(2026, 9, 30), "2023-2024"),
    ],
)
def test_the_money_of_a_year_that_still_runs_is_never_the_headline(period, day, told):
    assert Filters(period=period).of_full_year(day).period == told


def test_a_year_runs_until_its_last_day():
    assert running_year(date(2026, 12, 30)) == 2026
    assert running_year(date(2026, 12, 31)) == 2027


@pytest.mark.parametrize(
    ("period", "cohort"),
    [
        ("2026-Q1", "2025-Q1"),
        ("2026-01", "2025-01"),
        ("2025", "2024"),
        ("2023-2024", "2023-2024"),
        (None, None),
    ],
)
def test_the_goals_of_a_period_are_those_agreed_a_year_before(period, cohort):
    assert Filters(period=period).cohort == cohort
