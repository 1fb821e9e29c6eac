"""An area above the Kreise is the sum of those that are known, and says which are not."""

import pytest

from data.foundation import areas
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


@pytest.fixture(scope="module")
def delivering(tmp_path_factory):
    """Every Kreis had one goal overdue in 2018, and five who left came back; in Ulm neither column exists."""
    folder = tmp_path_factory.mktemp("delivering")
    others = [areas.inside(kreis, areas.GEMEINDE)[0] for kreis in whole.of("08", without=(ULM,))]
    pairs = [(f"{at}-{number}", place) for at, place in enumerate(others) for number in range(5)]
    left = [f"A{at} | {place} | | 05.01.2018 | 05.03.2018" for at, place in pairs]
    back = [f"B{at} | {place} | A{at} | 05.06.2018 | " for at, place in pairs]
    goals = [f"Z{at} | B{at}-0 | 06.06.2018 | 01.09.2018" for at in range(len(others))]
    housed = [f"{place} | 31.12.2017 | 100 | 5000 | Zensus 2011" for place in others]
    return (
        Figures(folder)
        .hand_in(
            reporting_date="31.12.2019",
            faelle="\n".join(["fall_id | ags | fruehere_fall_id | aufnahme_am | beendet_am", *left, *back]),
            ziele="\n".join(["ziel_id | fall_id | vereinbart_am | frist", *goals]),
            kontext="\n".join([KONTEXT, *housed]),
        )
        .hand_in(
            sender="sk-ulm",
            reporting_date="31.12.2019",
            faelle="fall_id | ags | aufnahme_am | beendet_am\nU1 | 08421000 | 05.01.2018 | 05.03.2018",
            ziele="ziel_id | fall_id | vereinbart_am\nZ1 | U1 | 10.01.2018",
        )
        .build()
    )


KONTEXT = "ags | stichtag | personen_anschlussunterbringung | einwohner | einwohner_basis"
ASKED = {
    "deadlines": "with_deadline", "reentries": "returned_in_12", "context": "persons_housed",
}  # fmt: skip


def test_what_one_kreis_does_not_deliver_is_the_sum_of_the_others_and_said_so(delivering):
    found = {name: delivering.row(name, area_code="08", period="2018-Q4")[of] for name, of in ASKED.items()}
    assert found == {"deadlines": 43, "reentries": 0, "context": 4300}
    first = delivering.row("reentries", area_code="08", period="2018-Q1")
    assert (first["closed_followed"], first["returned_in_12"]) == (215, 215)
    assert missing(delivering, "deadlines", area_code="08", period="2018-Q4") == ULM
    assert missing(delivering, "reentries", area_code="08", period="2018-Q1") == ULM
    for name, of in (("deadlines", "with_deadline"), ("reentries", "closed_followed")):
        assert delivering.row(name, area_code=ULM, period="2018-Q1")[of] is None


def test_what_two_kreise_alone_deliver_is_no_figure_of_the_land(tmp_path):
    """Stuttgart and Ulm have the columns, all others cases alone."""
    rest = "\n".join(whole.lines(whole.of("08", without=("08111", ULM))))
    figures = (
        Figures(tmp_path)
        .hand_in(
            sender="amt-a",
            reporting_date="31.12.2019",
            faelle="""
                fall_id | ags      | fruehere_fall_id | aufnahme_am | beendet_am
                A1      | 08421000 |                  | 05.01.2018  | 05.03.2018
                A2      | 08421000 | A1               | 05.06.2018  |
                A3      | 08111000 |                  | 05.01.2018  | 05.03.2018
            """,
            ziele="ziel_id | fall_id | vereinbart_am | frist\nZ1 | A2 | 06.06.2018 | 01.09.2018",
            kontext=f"{KONTEXT}\n08421000 | 31.12.2017 | 100 | 5000 | Zensus 2011",
        )
        .hand_in(sender="amt-b", reporting_date="31.12.2019", faelle=f"fall_id | ags | aufnahme_am\n{rest}")
        .build()
    )
    ulm = {name: figures.row(name, area_code=ULM, period="2018-Q4")[of] for name, of in ASKED.items()}
    assert ulm == {"deadlines": 1, "reentries": 0, "context": 100}
    assert figures.row("reentries", area_code=ULM, period="2018-Q1")["returned_in_12"] == 1
    for area_code in ("08", TUEBINGEN):
        for name, of in ASKED.items():
            assert figures.row(name, area_code=area_code, period="2018-Q4")[of] is None
    assert figures.row("inhabitants", area_code=ULM, period="2018-Q4")["inhabitants"] == 5000
    assert figures.rows("inhabitants", area_code="08", period="2018-Q4") == []
