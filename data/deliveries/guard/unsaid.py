"""Single values that a finding does not repeat, although too few for the guard to refuse anything."""

import re

from data.deliveries.findings import Finding
from data.deliveries.guard.days import dates, is_long_before
from data.deliveries.guard.kinds import Column, in_text

# About a date or a number: elsewhere digits are keys, and a value of a list says nothing of a person.
RULES = frozenset({"date", "range", "integer", "number", "not-before", "odd-before", "thousands-or-decimals"})
DIGITS = re.compile("[0-9]{8}")  # no count has so many, but dates of birth and numbers of persons do


def may_be_of_a_person(finding: Finding) -> bool:
    """Whether the value of a finding looks like a date of birth or a number of a person."""
    if finding.value is None or finding.rule not in RULES:
        return False
    if any(map(is_long_before, dates(finding.value))) or DIGITS.search(finding.value):
        return True
    return any(kind != "birth-date" for kind in in_text(finding.value, Column.LABEL))
