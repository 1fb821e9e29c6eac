"""Until when a Kreis is known: the senders that answer for it decide, never a single case."""

import pytest

from tests.support.figures import Figures

LANGENAU, DORNSTADT, ULM, FREUDENSTADT = "08425072", "08425033", "08421000", "08237028"


def rows(area_code, number, first):
    return [f"F{first + at} | {area_code} | 05.01.2018" for at in range(number)]


def people(*lines):
    return "\n".join(("fall_id | ags | aufnahme_am", *(line for each in lines for line in each)))


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Amt A answers for Langenau until December; Amt B for Ulm until September, with one case elsewhere each."""
    strays = (rows(DORNSTADT, 1, 3000), rows(FREUDENSTADT, 1, 4000))
    return (
        Figures(tmp_path_factory.mktemp("known"))
        .hand_in(sender="amt-a", reporting_date="31.12.2018", faelle=people(rows(LANGENAU, 12, 1000)))
        .hand_in(sender="amt-b", reporting_date="30.09.2018", faelle=people(rows(ULM, 12, 2000), *strays))
        .build()
    )


def test_a_place_with_one_case_of_another_sender_is_known_like_a_place_without_any(figures):
    stray = figures.row("cases", area_code=DORNSTADT, period="2018-Q4")
    nobody = figures.row("cases", area_code="08425002", period="2018-Q4")
    assert (stray["active_cases"], nobody["active_cases"]) == (1, 0)
    assert stray["is_complete"] == nobody["is_complete"]


def test_one_case_makes_no_kreis_known_that_nobody_answers_for(figures):
    kreis = figures.row("cases", area_code="08237", period="2018-Q2")
    assert kreis["active_cases"] is None
    assert figures.row("cases", area_code="08237", period="2018-Q2")["is_complete"] is False


def test_the_oldest_of_the_senders_that_answer_for_a_kreis_decides_for_all_of_it(tmp_path):
    figures = (
        Figures(tmp_path)
        .hand_in(sender="amt-a", reporting_date="31.12.2018", faelle=people(rows(LANGENAU, 12, 1000)))
        .hand_in(sender="amt-b", reporting_date="30.09.2018", faelle=people(rows(DORNSTADT, 12, 2000)))
        .build()
    )
    for place in (LANGENAU, DORNSTADT, "08425"):
        assert figures.row("cases", area_code=place, period="2018-Q4")["active_cases"] is None
        assert figures.row("cases", area_code=place, period="2018-Q3")["active_cases"] in (12, 24)
