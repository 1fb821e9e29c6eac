"""Funding phases and the programme so far: periods of their own, as soon as they are closed."""

import pytest

from tests.support.figures import Figures

ULM = {"area_code": "08421000"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """A case in each of the first three phases, and goals of several areas."""
    return (
        Figures(tmp_path_factory.mktemp("phases"))
        .hand_in(
            reporting_date="31.12.2023",
            faelle="""
                fall_id | ags      | aufnahme_am | beendet_am | beendigungsgrund
                F1      | 08421000 | 05.01.2018  | 31.12.2019 | Wegzug
                F2      | 08421000 | 05.06.2020  |            |
                F3      | 08421000 | 31.12.2022  |            |
                F4      | 08421000 | 05.01.2023  |            |
            """,
            ziele="""
                ziel_id | fall_id | zielbereich   | zielstatus    | vereinbart_am | abgeschlossen_am
                Z1      | F1      | Arbeitsmarkt  | Ziel erreicht | 10.01.2019    | 20.02.2019
                Z2      | F1      | Anerkennung   | Ziel verfehlt | 11.12.2019    | 20.06.2020
                Z3      | F1      | Sprache       | Ziel erreicht | 12.12.2019    | 20.01.2022
                Z4      | F2      | Kinder        | In Umsetzung  | 12.12.2020    |
                Z5      | F4      | Gesundheit    | Ziel erreicht | 12.02.2023    | 20.02.2023
            """,
        )
        .build()
    )


def test_what_happened_in_a_phase_is_counted_and_a_stock_is_that_of_its_end(figures):
    first = figures.row("cases", **ULM, period="2018-2019")
    second = figures.row("cases", **ULM, period="2020-2022")
    assert (first["opened"], first["closed"], first["active_cases"]) == (1, 1, 0)
    assert (second["opened"], second["closed"], second["active_cases"]) == (2, 0, 2)


def test_the_programme_is_all_closed_phases_together(figures):
    so_far = figures.row("cases", **ULM, period="2018-2022")
    assert (so_far["opened"], so_far["closed"], so_far["active_cases"]) == (3, 1, 2)


def test_a_phase_that_is_not_closed_is_no_period(figures):
    assert {row["period"] for row in figures.rows("periods") if row["period_grain"] in ("phase", "programme")} == {
        "2018-2019", "2020-2022", "2018-2022",
    }  # fmt: skip


def test_the_goals_of_a_phase_are_those_agreed_in_it(figures):
    first = figures.row("goals", **ULM, period="2018-2019", goal_area="gesamt")
    assert (first["agreed"], first["decided"], first["attained"]) == (3, 3, 2)
    assert (first["decided_in_12"], first["attained_in_12"]) == (2, 1)  # Z3 took two years


def test_a_theme_holds_the_goals_of_its_areas_and_a_place_has_no_others(figures):
    rows = {row["goal_area"]: row["agreed"] for row in figures.rows("goals", **ULM, period="2018-2022")}
    assert rows == {
        "gesamt": 4, "Sprache": 1, "Thema Arbeit": 2, "Wohnung": 0, "Thema Bildung": 1, "Thema Gesundheit": 0,
    }  # fmt: skip


def test_from_the_kreis_upward_there_are_areas_too(figures):
    rows = {
        row["goal_area"]: row["agreed"]
        for row in figures.rows("goals", area_code="08421", period="2018-2022")
    }
    assert (rows["Arbeitsmarkt"], rows["Anerkennung"], rows["Thema Arbeit"], rows["gesamt"]) == (1, 1, 2, 4)
    assert len(rows) == 14


def test_the_people_of_a_theme_count_once(figures):
    work = figures.row("goals", area_code="08421", period="2018-2019", goal_area="Thema Arbeit")
    assert (work["agreed"], work["agreed_persons"]) == (2, 1)
