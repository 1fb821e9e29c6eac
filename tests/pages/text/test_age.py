"""How old the goals of a period are on a day."""

from datetime import date

import pytest

from pages.text import age
from pages.text.words import of

DAY = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("cohort", "months"),
    [
        ("2025-Q3", (12, 15)),
        ("2025-09", (12, 13)),
        ("2025", (9, 21)),
        ("2023-2024", (21, 45)),
        ("2026-Q3", (0, 3)),
    ],
)
def test_the_youngest_goals_are_as_old_as_the_last_day_and_the_oldest_as_the_first(cohort, months):
    assert age.months(cohort, DAY) == months


def test_an_age_is_told_in_both_languages():
    assert age.told(of("de"), "2025-Q3", DAY) == "12 bis 15 Monate"
    assert age.told(of("en"), "2025-Q3", DAY) == "12 to 15 months"


def test_a_period_is_young_until_all_its_goals_have_had_a_year():
    assert age.young(("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"), DAY) == ("2025-Q4", "2026-Q1")


def test_what_is_no_period_has_no_age():
    with pytest.raises(ValueError, match="banana"):
        age.months("banana", DAY)
