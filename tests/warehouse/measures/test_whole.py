"""An area above the Kreise is the sum of those that are known, and says which are not."""

import pytest

from tests.support import whole
from tests.support.figures import Figures

TUTTLINGEN, TUEBINGEN, ULM = "08327", "084", "08421"
LAND = {"area_code": "08", "period": "2018-Q4"}
FAELLE = "fall_id | ags | aufnahme_am"
PLANNED = f"{FAELLE} | integrationsplan_am"


def table(kreise, header=FAELLE, line="F{number} | {area_code} | 05.01.2018"):
    return "\n".join((header, *whole.lines(kreise, line)))


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Ten people in each Kreis: Ulm is late, nobody delivers for Tuttlingen, all but Ulm deliver plans."""
    planned = table(
        whole.of("08", without=(TUTTLINGEN, ULM)),
        PLANNED,
        "F{number} | {area_code} | 05.01.2018 | 05.01.2018",
    )
    return (
        Figures(tmp_path_factory.mktemp("whole"))
        .hand_in(reporting_date="31.12.2018", faelle=planned)
        .hand_in(sender="sk-ulm", reporting_date="30.09.2018", faelle=table([ULM]))
        .build()
    )


def missing(figures, subject, **where):
    rows = figures.rows("completeness", subject=subject, **where)
    return rows[0]["missing"] if rows else ""


def test_the_land_has_the_sum_of_the_kreise_that_are_known_and_says_which_are_not(figures):
    assert figures.row("cases", area_code="08", period="2018-Q3")["active_cases"] == 430
    assert figures.row("cases", **LAND)["active_cases"] == 420
    assert figures.row("cases", **LAND)["is_complete"] is False
    assert missing(figures, "cases", area_code="08", period="2018-Q3") == TUTTLINGEN
    assert missing(figures, "cases", **LAND) == f"{TUTTLINGEN},{ULM}"


def test_a_regierungsbezirk_of_which_all_is_known_is_complete(figures):
    assert figures.row("cases", area_code="081", period="2018-Q4")["is_complete"] is True
    assert missing(figures, "cases", area_code="081", period="2018-Q4") == ""


def test_a_rate_of_the_land_has_the_same_kreise_in_both_of_its_parts(figures):
    # Ulm is in the people of the third quarter, and in neither part of the share with a plan.
    row = figures.row("cases", area_code="08", period="2018-Q3")
    assert (row["active_cases"], row["plans_known"], row["with_plan"]) == (430, 420, 420)
    assert missing(figures, "plans", area_code="08", period="2018-Q3") == f"{TUTTLINGEN},{ULM}"


def test_the_land_opens_with_the_newest_quarter_of_the_most_kreise_and_each_kreis_with_its_own(figures):
    opened = {row["area_code"]: row["period"] for row in figures.rows("opening")}
    assert (opened["08"], opened["081"], opened[ULM]) == ("2018-Q3", "2018-Q4", "2018-Q3")
    assert opened["08111"] == "2018-Q4"
    assert TUTTLINGEN not in opened
    assert figures.row("edition")["latest_quarter"] == "2018-Q3"


def test_below_a_half_of_the_inhabitants_there_is_no_figure_of_the_whole(tmp_path):
    # Stuttgart and Ulm: 7 % of the Land's inhabitants, 15 % and 7 % of those of their Regierungsbezirke.
    figures = Figures(tmp_path).hand_in(reporting_date="31.12.2018", faelle=table(["08111", ULM])).build()
    for area_code in ("08", "081", TUEBINGEN):
        row = figures.row("cases", area_code=area_code, period="2018-Q4")
        assert (row["active_cases"], row["opened"], row["is_complete"]) == (None, None, False)
        assert not figures.rows("people", area_code=area_code)
    assert figures.row("cases", area_code=ULM, period="2018-Q4")["active_cases"] == 10
    assert missing(figures, "cases", area_code=TUEBINGEN, period="2018-Q4").count(",") == 7  # eight of nine


def test_a_closed_case_where_nobody_answers_for_the_kreis_is_in_no_sum(tmp_path):
    kreise = whole.of("08", without=(TUTTLINGEN,))
    lines = whole.lines(kreise, "F{number} | {area_code} | 05.01.2018 |")
    faelle = "\n".join((f"{FAELLE} | beendet_am", *lines, "F9 | 08327050 | 05.01.2018 | 05.10.2018"))
    figures = Figures(tmp_path).hand_in(reporting_date="31.12.2018", faelle=faelle).build()
    assert figures.row("cases", area_code="08", period="2018-Q1")["active_cases"] == 430
    assert figures.row("cases", area_code=TUTTLINGEN, period="2018-Q1")["active_cases"] is None
