"""Language, work and housing: the value known at the end of the period, among those it is about."""

import pytest

from tests.support.figures import Figures

ULM = {"area_code": "08421000"}


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    return (
        Figures(tmp_path_factory.mktemp("outcomes"))
        .hand_in(
            reporting_date="31.12.2018",
            faelle="""
                fall_id | ags      | aufnahme_am | altersgruppe | sprachniveau | beschaeftigung | unterbringung      | anerkennung    | beendet_am | beendigungsgrund
                F1      | 08421000 | 05.01.2018  | 18-26        | B1           | Ausbildung     | privater Wohnraum  | abgeschlossen  |            |
                F2      | 08421000 | 05.01.2018  | 27-44        | A2           | keine          | privater Wohnraum  | nicht beantragt |           |
                F3      | 08421000 | 05.01.2018  | 6-14         | C1           | Schule         | Anschlussunterbringung |            |            |
                F4      | 08421000 | 05.01.2018  | 65+          | k. A.        | keine          |                    | abgelehnt      |            |
                F5      | 08421000 | 05.01.2018  | 27-44        | C1           | Minijob        | privater Wohnraum  |                | 01.06.2018 | Wegzug
            """,
            verlauf="""
                fall_id | datum      | merkmal      | wert
                F1      | 05.01.2018 | sprachniveau | A1
                F1      | 15.08.2018 | sprachniveau | A2
            """,
            beratungen="""
                beratung_id | fall_id | datum      | verweis_an
                B1          | F1      | 10.02.2018 | Jobcenter/Agentur für Arbeit
                B2          | F1      | 11.02.2018 |
                B3          | F2      | 12.02.2018 |
            """,
        )
        .build()
    )


def test_adults_at_b1_are_counted_among_adults_with_a_known_level(figures):
    december = figures.row("outcomes", **ULM, period="2018-12")
    assert (december["language_at_b1"], december["language_known"]) == (1, 2)  # F1 of F1, F2


def test_work_counts_among_people_of_15_to_64(figures):
    december = figures.row("outcomes", **ULM, period="2018-12")
    assert (december["working"], december["work_known"]) == (1, 2)  # F1 in training; F3 and F4 out of age


def test_housing_and_recognition_count_among_those_known(figures):
    december = figures.row("outcomes", **ULM, period="2018-12")
    assert (december["in_own_housing"], december["housing_known"]) == (2, 3)
    assert (december["recognised"], december["recognition_begun"]) == (1, 2)  # F1 completed, F4 rejected


def test_a_past_period_knows_only_what_was_observed_by_then(figures):
    march = figures.row("outcomes", **ULM, period="2018-03")
    assert (march["language_at_b1"], march["language_known"]) == (0, 1)  # F1 at A1; nobody else was observed


def test_development_goes_from_the_first_to_the_latest_value_of_the_same_person(figures):
    moves = {
        (row["first_observed"], row["latest_observed"]): row["persons"]
        for row in figures.rows("development", **ULM, period="2018-Q3", feature="sprachniveau")
    }
    assert moves == {("A1", "A2"): 1}
    moves = {
        (row["first_observed"], row["latest_observed"]): row["persons"]
        for row in figures.rows("development", **ULM, period="2018", feature="sprachniveau")
    }
    assert moves == {("A1", "B1"): 1, ("A2", "A2"): 1}


def test_consultations_are_counted_with_their_people(figures):
    quarter = figures.row("consultations", **ULM, period="2018-Q1")
    assert (quarter["consultations"], quarter["persons"], quarter["referrals"]) == (3, 2, 1)


def test_missing_values_are_counted_by_field(figures):
    level = figures.row("missing_values", sender="alle", field="sprachniveau")
    assert (level["missing"], level["cases"]) == (1, 5)
