"""Until when a place is known: a single case never decides."""

import pytest

from tests.figures import Figures


def crowd(area_code, number, first):
    rows = "\n".join(f"F{first + at} | {area_code} | 05.01.2018" for at in range(number))
    return f"fall_id | ags | aufnahme_am\n{rows}"


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Amt A knows its twelve people in Langenau until December; Amt B knew one in Dornstadt in September."""
    return (
        Figures(tmp_path_factory.mktemp("known"))
        .hand_in(sender="amt-a", reporting_date="31.12.2018", faelle=crowd("08425072", 12, 1000))
        .hand_in(sender="amt-b", reporting_date="30.09.2018", faelle=crowd("08425033", 1, 2000))
        .build()
    )


def test_a_place_with_one_case_of_a_late_sender_looks_like_a_place_without_any(figures):
    late = figures.row("cases", area_code="08425033", period="2018-Q4")
    nobody = figures.row("cases", area_code="08425002", period="2018-Q4")
    assert late["active_cases"] is not None
    assert nobody["active_cases"] == 0
    assert late["is_complete"] == nobody["is_complete"]


def test_a_late_sender_of_many_cases_leaves_its_place_unknown(tmp_path):
    figures = (
        Figures(tmp_path)
        .hand_in(sender="amt-a", reporting_date="31.12.2018", faelle=crowd("08425072", 12, 1000))
        .hand_in(sender="amt-b", reporting_date="30.09.2018", faelle=crowd("08425033", 12, 2000))
        .build()
    )
    assert figures.row("cases", area_code="08425033", period="2018-Q4")["active_cases"] is None
    assert figures.row("cases", area_code="08425072", period="2018-Q4")["active_cases"] == 12
