"""How old goals are: a share attained says little without the time that they have had."""

from datetime import date

from data.foundation import periods
from pages.text.words import Words

YEAR = 12  # months after which most goals are decided


def months(cohort: str, as_of: date) -> tuple[int, int]:
    """How many months ago the youngest and the oldest goals of a period were agreed. ValueError if none."""
    found = periods.read(cohort)
    if found is None:
        raise ValueError(f"{cohort!r} is no period")
    between = [
        (as_of.year - day.year) * 12 + as_of.month - day.month for day in (found.last_day, found.first_day)
    ]
    return max(between[0], 0), max(between[1] + 1, 0)


def told(words: Words, cohort: str, as_of: date) -> str:
    """12 bis 15 Monate."""
    youngest, oldest = months(cohort, as_of)
    return words.t("number.months", youngest=words.number(max(youngest, 0)), oldest=words.number(oldest))


def young(cohorts: tuple[str, ...], as_of: date) -> tuple[str, ...]:
    """Those periods of which some goals have not had a year yet."""
    return tuple(each for each in cohorts if periods.read(each) and months(each, as_of)[0] < YEAR)
