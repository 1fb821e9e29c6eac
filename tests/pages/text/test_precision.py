"""Rates are written as precisely as the number of people they are of bears it."""

import pytest

from data.disclosure.published import Curved, Ratio, Role
from data.foundation.parameters import Parameters
from pages.text import precision, words

DE, EN = words.of("de"), words.of("en")
PARAMETERS = Parameters()
SPACE = "\N{NO-BREAK SPACE}"


def share(part, base, parameters=PARAMETERS):
    return Ratio(part, base, 1, 1, parameters)


@pytest.mark.parametrize(
    ("part", "base", "german", "english"),
    [
        (10, 19, "rund die Hälfte", "about half"),  # 52.6 %: 5 of 24 to 15 of 14
        (16, 19, "die Hälfte oder mehr", "half or more"),
        (12, 20, f"rund 60{SPACE}%", "about 60%"),
        (45, 79, f"rund 55{SPACE}%", "about 55%"),  # 56.96 %
        (45, 80, f"56{SPACE}%", "56%"),
        (225, 399, f"56{SPACE}%", "56%"),
        (225, 400, f"56,2{SPACE}%", "56.2%"),
    ],
)
def test_a_share_is_written_as_its_base_bears_it(part, base, german, english):
    assert DE.cell(share(part, base), "plan_rate", Role.RATE) == german
    assert EN.cell(share(part, base), "plan_rate", Role.RATE) == english


def test_an_exact_share_keeps_its_decimal_however_few_people_it_is_of():
    assert DE.cell(share(10, 19, None), "plan_rate", Role.RATE) == f"52,6{SPACE}%"
    assert DE.cell(Ratio(1.5, 2.0, 0, 0, PARAMETERS), "fill_rate", Role.RATE) == f"75,0{SPACE}%"


def test_people_for_each_post_have_as_many_digits_as_they_bear():
    def per_post(people, posts=1.5):
        return DE.cell(Ratio(people, posts, 1, 0, PARAMETERS), "caseload", Role.RATE)

    assert per_post(14) == "rund 9"  # 9.3, off by 3.3
    assert per_post(70) == "rund 45"  # 46.7
    assert per_post(220) == "145"  # 146.7
    assert per_post(500) == "335"  # 333.3
    assert per_post(1130, 14.12) == "80,0"  # 80.03, off by 0.35: by halves
    assert per_post(8130, 100) == "81,3"


def test_posts_needed_have_no_digit_that_five_people_change():
    def needed(people, counts=1, parameters=PARAMETERS):
        return Ratio(people, 80, counts, 0, parameters)

    def said(cell):
        return DE.cell(cell, "needed_vzae", Role.RATE).replace(SPACE, " ")

    assert said(needed(1130)) == "14,1 VZÄ"  # 14.125, off by 0.06
    assert EN.cell(needed(1130), "needed_vzae", Role.RATE) == f"14.1{SPACE}FTE"
    assert said(needed(48)) == "rund 0,6 VZÄ"
    assert said(needed(11)) == "rund 0,1 VZÄ"
    assert said(needed(3770, 14)) == "47,0 VZÄ"  # of 14 places together: 47.13, off by 0.3
    assert said(needed(60_000, 1000)) == "750 VZÄ"
    assert said(needed(1130, parameters=None)) == "14,12 VZÄ"  # exact, within the house
    assert DE.cell(14.25, "filled_vzae", Role.AMOUNT).replace(SPACE, " ") == "14,25 VZÄ"


def test_what_is_reckoned_with_is_the_number_that_is_written():
    assert precision.rounded(Ratio(1130, 80, 1, 0, PARAMETERS), "vzae") == 14.1
    assert precision.rounded(Ratio(220, 1.5, 1, 0, PARAMETERS), "per_post") == 145
    assert precision.rounded(share(45, 79), "percent") == 45 / 79  # files tell a share unrounded
    assert precision.rounded(Ratio(0, 80, 1, 0, PARAMETERS), "vzae") == 0


def test_euros_for_each_person_have_as_many_digits_as_their_people_bear():
    cell = Ratio(64000.0, 45, 0, 1, PARAMETERS)
    assert DE.cell(cell, "eur_per_case", Role.RATE) == f"rund 1.400{SPACE}€"  # 1,422, off by 158


def test_a_curve_is_as_precise_as_those_observed_last_bear():
    steps = ((30.0, 30.0, 500.0), (10.0, 10.0, 60.0))
    assert DE.cell(Curved(0.217, steps, PARAMETERS), "attained_share", Role.RATE) == f"rund 20{SPACE}%"
