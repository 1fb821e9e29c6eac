"""Sums of what several places show: their values, of how many places, and how far they may be off."""

from dataclasses import replace

from data.disclosure import bounds, sums
from data.disclosure.published import Column, Gap, Ratio, Role
from pages.figures import sentences
from pages.text import words
from tests.support.charted import published

DE = words.of("de")
PEOPLE = """
    area_code | period  | year_before | active_cases: count
    A         | 2026-Q2 | 2025-Q2     | 40
    B         | 2026-Q2 | 2025-Q2     | 25
    C         | 2026-Q2 | 2025-Q2     | •
    D         | 2026-Q2 | 2025-Q2     | .
    A         | 2025-Q2 | 2024-Q2     | 30
    B         | 2025-Q2 | 2024-Q2     | •
    C         | 2025-Q2 | 2024-Q2     | 12
    D         | 2025-Q2 | 2024-Q2     | .
"""


def test_a_sum_is_of_those_that_show_a_number_and_says_of_how_many():
    both = sums.over(published(PEOPLE), "active_cases", by="period")
    assert both.names == ("period", "year_before", "active_cases", "places_active_cases")
    assert both.rows == (("2026-Q2", "2025-Q2", 65, 2), ("2025-Q2", "2024-Q2", 42, 2))


def test_two_times_are_compared_over_the_places_that_show_both():
    both = sums.over(published(PEOPLE), "active_cases", by="period", at=("2026-Q2", "2025-Q2"), same=True)
    assert [row[2:] for row in both.rows] == [(40, 1), (30, 1)]


def test_where_no_place_shows_a_number_it_is_withheld_and_where_none_is_known_unknown():
    drawn = published("""
        area_code | period  | active_cases: count | closed: count
        A         | 2026-Q2 | •                   | .
        B         | 2026-Q2 | .                   | .
    """)
    assert sums.over(drawn, "active_cases", by="period").rows == (("2026-Q2", Gap.WITHHELD, 0),)
    assert sums.over(drawn, "closed", by="period").rows == (("2026-Q2", Gap.UNKNOWN, 0),)
    assert sums.over(drawn, "closed", by="period", at=("2020",)).rows == (("2020", Gap.UNKNOWN, 0),)


def test_the_deviations_of_the_places_add_up_with_them():
    now = sums.over(published(PEOPLE), "active_cases", by="period", at=("2026-Q2",))
    assert now.counts_in("active_cases") == 2
    assert bounds.certain(now, "active_cases", 65) == bounds.Range(55, 75)


def change(before: int, after: int, places: int) -> str:
    """What is said of `places` places that all show `before`, and then `after`."""
    rows = [
        f"{at} | {period} | {number}"
        for at in range(places)
        for period, number in (("2025", before), ("2026", after))
    ]
    drawn = published("\n".join(["area_code | period | active_cases: count", *rows]))
    both = sums.over(drawn, "active_cases", by="period", at=("2026", "2025"), same=True)
    now, then = both.column("active_cases")
    return sentences.change(both, "active_cases", now, then, words=DE).way


def test_what_the_deviations_of_all_places_can_have_made_is_no_change():
    assert change(100, 113, places=1) == "more"
    assert change(100, 112, places=1) == "same"
    # 20 places, each up by 12: 240 more of 2,000, all of which deviations may have made.
    assert change(100, 112, places=20) == "same"
    assert change(100, 113, places=20) == "more"
    assert change(113, 100, places=20) == "less"


def plans(*rows: str):
    """An answer with the parts of a rate, which is worked out as at the door."""
    drawn = published("\n".join(["area_code | period | plans_known: count | with_plan: count", *rows]))
    made = []
    for row in drawn:
        known, part = row["plans_known"], row["with_plan"]
        shown = isinstance(known, int) and isinstance(part, int)
        made.append((*row.values(), Ratio(part, known) if shown else Gap.WITHHELD))
    return replace(
        drawn,
        query="groupings/profile",
        columns=(*drawn.columns, Column("plan_rate", Role.RATE)),
        rows=tuple(made),
    )


def test_a_rate_is_only_of_the_places_that_show_both_of_its_parts():
    members = plans("A | 2026 | 100 | 60", "B | 2026 | 50 | 10", "C | 2026 | 40 | •", "D | 2026 | • | •")
    (row,) = sums.over(members, "plan_rate", by="period").rows
    rate = row[1]
    assert (rate.part, rate.base, row[2]) == (70, 150, 2)
    assert (rate.part_counts, rate.base_counts) == (2, 2)
    assert sums.over(members, "plans_known", by="period").rows == (("2026", 190, 3),)


def test_a_rate_of_several_places_is_written_as_its_deviations_bear_it():
    """Of 144 people in one place it has whole percents; of 9 places with 16 each it is as one of 48."""
    parameters = published(PEOPLE).edition.parameters
    one, nine = Ratio(71, 144, 1, 1, parameters), Ratio(71, 144, 9, 9, parameters)
    assert DE.cell(one, "plan_rate", Role.RATE) == "49\N{NO-BREAK SPACE}%"
    assert DE.cell(nine, "plan_rate", Role.RATE) == "rund 50\N{NO-BREAK SPACE}%"


def test_a_band_enters_no_sum():
    drawn = replace(
        published("""
            area_code | period | plans_known: count | with_plan: count | plan_rate: rate
            A         | 2026   | 40                 | •                | 0.5-0.75
        """),
        query="groupings/profile",
    )
    assert sums.over(drawn, "plan_rate", by="period").rows == (("2026", Gap.WITHHELD, 0),)


def test_sums_stand_below_places_and_each_count_knows_how_many_are_in_it():
    """What a sum has not is unknown; places beside it are told apart as they are without it."""
    places = published("""
        area_code | period  | active_cases: count | approved_eur: amount
        X         | 2026-Q2 | 80                  | 5
        Y         | 2026-Q2 | 60                  | .
    """)
    added = sums.over(published(PEOPLE), "active_cases", by="period", at=("2026-Q2",))
    both = sums.below(places, {"Together": [added]})
    assert both.rows[:2] == places.rows
    assert both.rows[2] == ("Together", "2026-Q2", 65, Gap.UNKNOWN)
    first, second, of_two = both.column("active_cases")
    assert bounds.told_apart(both, "active_cases", first, second) == 1
    assert bounds.certain(both, "active_cases", of_two) == bounds.Range(55, 75)
    assert bounds.told_apart(both, "active_cases", first, of_two) == 0
    assert sums.below(places, {}) == places
