"""Ages in years, of which a profile makes the age groups of the format."""

import re
from collections.abc import Sequence

from data.foundation.sql import literal

OLDEST = 120
AGE = re.compile(r"(\d{1,3})([.,]0+)?( ?(jahre?|j\.?|years?|y))?", re.IGNORECASE)
GROUP = re.compile(r"(\d+)-(\d+)|(\d+)\+")
KNOWN = f"0–{OLDEST}"  # what a finding says is known in such a column


def are_groups(values: Sequence[str]) -> bool:
    """Whether the values of a column are age groups, so that years can be read as them."""
    return bool(values) and all(GROUP.fullmatch(value) for value in values)


def group_of(value: str, groups: Sequence[str]) -> str | None:
    """The group of an age as it is written (`34`, `34 Jahre`); None if it is none."""
    age = AGE.fullmatch(value)
    return next((name for name in groups if age and _within(name, int(age[1]))), None)


def as_group(groups: Sequence[str], value: str) -> str:
    """SQL: the group of the age in `value` (SQL); what is no age stays as it is."""
    years = f"try_cast(regexp_extract({value}, '^[0-9]+') as integer)"
    cases = " ".join(
        f"when {years} between {first} and {last} then {literal(name)}"
        for name, first, last in _bounds(groups)
    )
    is_age = f"regexp_full_match({value}, {literal(AGE.pattern)}, 'i')"
    return f"case when {is_age} then case {cases} else {value} end else {value} end"


def _within(name: str, age: int) -> bool:
    ((_, first, last),) = _bounds([name])
    return first <= age <= last


def _bounds(groups: Sequence[str]) -> list[tuple[str, int, int]]:
    found = ((name, GROUP.fullmatch(name)) for name in groups)
    return [(name, int(of[1] or of[3]), int(of[2] or OLDEST)) for name, of in found if of]
