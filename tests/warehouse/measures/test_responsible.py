"""Who answers for which area: a municipality in two stocks counts once, or for both, or for one after the other."""

from pathlib import Path

import pytest

from data.deliveries.format.sender import ResponsibleListError
from tests.support.figures import Figures

ULM = {"area_code": "08421000"}
EHINGEN = {"area_code": "08425033"}
KREIS = {"area_code": "08425"}
LANGENAU = "08425072"


def list_of(folder: Path, *lines: str) -> Path:
    path = folder / "responsible.csv"
    path.write_text("\n".join(("area_code,sender,since", *lines)), encoding="utf-8")
    return path


def two_stocks(folder: Path, *lines: str) -> Figures:
    """A Kreis and its town, both with cases in Ehingen; the Kreis alone has Langenau."""
    figures = Figures(folder, list_of(folder, *lines) if lines else None)
    figures.hand_in(
        sender="lra-alb",
        reporting_date="31.12.2018",
        faelle="""
            fall_id | ags      | aufnahme_am | beendet_am | beendigungsgrund
            F1      | 08425033 | 05.01.2018  |            |
            F2      | 08425033 | 05.02.2018  | 10.08.2018 | Wegzug
            F3      | 08425072 | 05.03.2018  |            |
        """,
        ziele="""
            ziel_id | fall_id | vereinbart_am
            Z1      | F1      | 05.03.2018
            Z2      | F1      | 05.09.2018
        """,
    )
    figures.hand_in(
        sender="stadt-ehingen",
        reporting_date="31.12.2018",
        faelle="""
            fall_id | ags      | aufnahme_am | beendet_am | beendigungsgrund
            E1      | 08425033 | 05.01.2018  |            |
            E2      | 08425033 | 05.08.2018  |            |
            E3      | 08425033 | 05.08.2018  | 01.12.2018 | Ausreise
            E4      | 08425033 | 05.01.2018  | 10.03.2018 | Wegzug
        """,
        ziele="""
            ziel_id | fall_id | vereinbart_am
            Z1      | E1      | 05.03.2018
            Z2      | E1      | 06.09.2018
        """,
    )
    return figures.build()


def counted(figures: Figures, place: dict[str, str], name: str, *periods: str) -> list[object]:
    return [figures.row("cases", **place, period=period)[name] for period in periods]


def test_without_a_list_both_senders_of_a_municipality_count(tmp_path: Path) -> None:
    figures = two_stocks(tmp_path)
    assert counted(figures, EHINGEN, "active_cases", "2018-Q1", "2018-Q4") == [3, 3]
    assert counted(figures, KREIS, "active_cases", "2018-Q4") == [4]


def test_both_count_where_the_list_names_both(tmp_path: Path) -> None:
    figures = two_stocks(tmp_path, "08425,lra-alb,2010-01-01", "08425,stadt-ehingen,2010-01-01")
    assert counted(figures, EHINGEN, "active_cases", "2018-Q1", "2018-Q4") == [3, 3]


def test_a_municipality_for_which_one_sender_answers_counts_once(tmp_path: Path) -> None:
    # The Kreis answers for all of itself, but for the town that answers for itself.
    figures = two_stocks(tmp_path, "08425,lra-alb,2010-01-01", "08425033,stadt-ehingen,2010-01-01")
    assert counted(figures, EHINGEN, "active_cases", "2018-Q1", "2018-Q4") == [1, 2]  # E1; E1 and E2
    assert counted(figures, EHINGEN, "opened", "2018") == [4]
    assert counted(figures, KREIS, "active_cases", "2018-Q4") == [3]  # with F3 in Langenau
    assert figures.row("goals", **EHINGEN, period="2018", goal_area="gesamt")["agreed"] == 2  # the town's


def test_a_municipality_that_moves_is_told_by_one_sender_and_then_by_the_other(tmp_path: Path) -> None:
    figures = two_stocks(
        tmp_path,
        "08425,lra-alb,2010-01-01",
        "08425033,lra-alb,2010-01-01",
        "08425033,stadt-ehingen,2018-07-01",
    )
    # F1 and F2 until June; then E1 (open since January), E2 and E3 (left in December).
    assert counted(figures, EHINGEN, "active_cases", "2018-06", "2018-07", "2018-08", "2018-12") == [
        2,
        1,
        3,
        2,
    ]
    assert counted(figures, EHINGEN, "opened", "2018-Q1", "2018-Q3", "2018") == [2, 2, 4]
    assert counted(figures, EHINGEN, "closed", "2018-Q1", "2018-08", "2018-12") == [
        0,
        0,
        1,
    ]  # not E4 then, not F2 now
    agreed = [
        figures.row("goals", **EHINGEN, period=period, goal_area="gesamt")["agreed"]
        for period in ("2018-Q1", "2018-Q3")
    ]
    assert agreed == [1, 1]
    reasons = {row["category"]: row["closed"] for row in figures.rows("exits", **EHINGEN, period="2018")}
    assert reasons == {"Ausreise": 1}


def test_a_sender_that_answers_and_has_not_delivered_leaves_its_kreis_unknown_from_then_on(
    tmp_path: Path,
) -> None:
    figures = two_stocks(tmp_path, "08425072,stadt-langenau,2018-07-01")
    langenau = {"area_code": LANGENAU}
    assert counted(figures, langenau, "active_cases", "2018-06", "2018-07") == [1, None]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("99999999,lra-alb,2018-01-01", "line 2: expected the key of a Kreis or a municipality"),
        ("08425,,2018-01-01", "line 2: expected the id of a sender"),
        ("08425,lra-alb,2018-01-15", "line 2: expected the first day of a month"),
        ("08425,lra-alb", "line 2: expected 3 cells"),
    ],
)
def test_a_line_that_can_not_be_understood_stops_the_build_and_is_named(
    tmp_path: Path, line: str, said: str
) -> None:
    with pytest.raises(ResponsibleListError, match=said):
        two_stocks(tmp_path, line)
