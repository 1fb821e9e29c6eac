"""What people bring along, what they are counselled on, and how many of those meant are reached."""

import pytest

from tests.support.figures import Figures

ULM = {"area_code": "08421000"}
DECEMBER = {"period": "2018-12"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return (
        Figures(tmp_path_factory.mktemp("backgrounds"))
        .hand_in(
            reporting_date="31.12.2018",
            faelle="""
                fall_id | ags      | aufnahme_am | schulabschluss | berufsabschluss     | anerkennung    | leistungsbezug | kompetenzen       | unterbringung
                F1      | 08421000 | 05.01.2018  | Hochschulreife | im Ausland erworben | abgeschlossen  | SGB II         | IT, Führerschein  | Anschlussunterbringung
                F2      | 08421000 | 05.01.2018  | Hochschulreife | kein                |                | keiner         | IT                | privater Wohnraum
                F3      | 08421000 | 05.01.2018  |                | kein                |                | SGB II         |                   |
            """,
            beratungen="""
                beratung_id | fall_id | datum      | art          | ort       | kanal      | thema   | verweis_an
                B1          | F1      | 10.02.2018 | Einzelperson | Im Büro   | persönlich | Sprache | Jobcenter/Agentur für Arbeit
                B2          | F1      | 11.02.2018 | Einzelperson | Im Büro   | Telefon    | Sprache |
                B3          | F2      | 12.02.2018 | Gruppe       | Aufsuchend | persönlich |         | Behörde
            """,
            kontext="""
                ags      | stichtag   | personen_anschlussunterbringung | einwohner | einwohner_basis
                08421000 | 31.12.2017 | 700                             | 126000 | Zensus 2011
            """,
        )
        .hand_in(
            sender="lra-b",
            reporting_date="31.12.2018",
            faelle="""
                fall_id | ags      | aufnahme_am | beendet_am | schulabschluss
                F1      | 08111000 | 05.01.2018  |            |
                F2      | 08111000 | 05.01.2018  |            |
                F3      | 08111000 | 05.04.2018  | 10.07.2018 | Hochschulreife
            """,
        )
        .build()
    )


@pytest.mark.parametrize(
    ("breakdown", "people"),
    [
        ("school", {"Hochschulreife": 2, "Ohne Angabe": 1}),
        ("vocation", {"im Ausland erworben": 1, "kein": 2}),
        ("recognition", {"abgeschlossen": 1, "Ohne Angabe": 2}),
        ("benefits", {"SGB II": 2, "keiner": 1}),
    ],
)
def test_people_by_what_they_bring_along(figures, breakdown, people):
    rows = figures.rows("people", **ULM, **DECEMBER, breakdown=breakdown)
    assert {row["category"]: row["active_cases"] for row in rows} == people


def test_people_are_counted_at_the_end_of_each_period_in_which_they_are_counselled(figures):
    rows = figures.rows("people", area_code="08111000", category="Hochschulreife")
    assert {row["period"] for row in rows} == {"2018-04", "2018-05", "2018-06", "2018-Q2"}
    assert {row["active_cases"] for row in rows} == {1}


def test_a_person_with_several_competences_counts_for_each_of_them(figures):
    rows = figures.rows("competences", **ULM, period="2018-Q4")
    assert {row["skill"]: row["persons"] for row in rows} == {"IT": 2, "Führerschein": 1, "Ohne Angabe": 1}


@pytest.mark.parametrize(
    ("breakdown", "found"),
    [
        ("topic", {"Sprache": (2, 1), "Ohne Angabe": (1, 1)}),
        ("kind", {"Einzelperson": (2, 1), "Gruppe": (1, 1)}),
        ("place", {"Im Büro": (2, 1), "Aufsuchend": (1, 1)}),
        ("channel", {"persönlich": (2, 2), "Telefon": (1, 1)}),
    ],
)
def test_consultations_by_what_they_are_with_the_people_behind_them(figures, breakdown, found):
    rows = figures.rows("consultation_kinds", **ULM, period="2018-Q1", breakdown=breakdown)
    assert {row["category"]: (row["consultations"], row["persons"]) for row in rows} == found


def test_referrals_by_service(figures):
    rows = figures.rows("referral_services", **ULM, period="2018")
    assert {row["category"]: row["referrals"] for row in rows} == {
        "Jobcenter/Agentur für Arbeit": 1,
        "Behörde": 1,
    }


def test_consultations_are_divided_by_the_people_of_those_places_only_that_deliver_them(figures):
    told = figures.row("consultations", **ULM, period="2018-Q1")
    assert (told["consultations"], told["counselled"]) == (3, 3)
    assert figures.rows("consultations", area_code="08111000") == []


def test_people_in_follow_up_accommodation_are_counted_among_those_whose_housing_is_known(figures):
    outcomes = figures.row("outcomes", **ULM, **DECEMBER)
    assert (outcomes["in_followup"], outcomes["not_in_followup"], outcomes["housing_known"]) == (1, 1, 2)
    assert figures.row("context", **ULM, **DECEMBER)["persons_housed"] == 700
    assert figures.row("inhabitants", **ULM, **DECEMBER)["inhabitants"] == 126000
