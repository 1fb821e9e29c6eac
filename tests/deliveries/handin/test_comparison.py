"""What a delivery changes in its sender's figures, counted by eye."""

import dataclasses
from decimal import Decimal

from tests.deliveries.handin.test_uploads import by_name, examine


def test_what_a_delivery_changes_is_compared_with_the_last_one(office):
    office.hands_in(
        reporting_date="30.06.2026",
        faelle="""
            fall_id | ags      | geschlecht | beendet_am
            F1      | 08111000 | weiblich   |
            F2      | 08111000 | weiblich   |
            F3      | 08421000 | weiblich   |
        """,
        ziele="fall_id\nF1\nF2",
        mittel="stufe | betrag_eur\nbewilligt | 1000,00\nausgezahlt | 400,50",
        stellen="monat | vzae_bewilligt | vzae_besetzt\n01.05.2026 | 1,00 | 1,00\n01.06.2026 | 0,50 | 0,25",
    )

    comparison = examine(
        office,
        reporting_date="30.09.2026",
        faelle="""
            fall_id | ags      | geschlecht | beendet_am
            F1      | 08111000 | weiblich   |
            F2      | 08111000 | weiblich   | 01.08.2026
            F4      | 08425002 | weiblich   |
        """,
        ziele="fall_id\nF1\nF2",
        mittel="stufe | betrag_eur\nbewilligt | 1000,00\nausgezahlt | 600,50",
        stellen="monat | vzae_bewilligt | vzae_besetzt\n01.09.2026 | 0,50 | 0,50",
    ).comparison

    assert by_name(comparison.figures) == {
        "cases": (3, 3),
        "active_cases": (3, 2),
        "goals": (2, 2),
        "posts_approved_vzae": (Decimal("0.50"), Decimal("0.50")),
        "posts_filled_vzae": (Decimal("0.25"), Decimal("0.50")),
        "funds_eur:ausgezahlt": (Decimal("400.50"), Decimal("600.50")),
        "funds_eur:bewilligt": (Decimal("1000.00"), Decimal("1000.00")),
    }
    assert by_name(comparison.municipalities) == {"08111000": (2, 1), "08421000": (1, 0), "08425002": (0, 1)}
    assert dataclasses.astuple(comparison.cases) == (1, 1, 1, 1)
    assert [each.name for each in comparison.jumps] == [
        "active_cases",
        "posts_filled_vzae",
        "funds_eur:ausgezahlt",
    ]
    assert comparison.becomes_current


def test_what_a_delivery_has_no_column_for_is_unknown_and_not_zero(office):
    office.hands_in(reporting_date="30.06.2026", faelle="fall_id\nF1\nF2")

    comparison = examine(
        office, reporting_date="30.09.2026", faelle="fall_id | integrationsplan_am\nF1 | 05.01.2024\nF2 |"
    ).comparison

    assert by_name(comparison.figures)["plans"] == (None, 1)
    assert comparison.jumps == ()


def test_a_first_delivery_has_nothing_before_it_and_no_jumps(office):
    comparison = examine(office, faelle="fall_id\nF1").comparison

    assert (comparison.before, comparison.jumps) == (None, ())
    assert by_name(comparison.figures)["cases"] == (None, 1)
