"""What the guard's findings mean for a delivery: whether it is refused, and what may still be said about it.

That is everything but its values. Where the guard could not look at all, nothing may be kept either; and
single values that may be of a person are not repeated, although too few for a refusal.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from rapidfuzz import fuzz

from data.deliveries.format.findings import RULES, Finding, Group
from data.deliveries.format.names import heading_key
from data.deliveries.format.parts import Part
from data.deliveries.format.schema import tables
from data.deliveries.personal.digits import dates, is_long_before
from data.deliveries.personal.kinds import Column, in_text, kinds_in

# About a date or a number: elsewhere digits are keys, and a value of a list says nothing of a person.
RULES_ABOUT_NUMBERS = frozenset(
    {"date", "range", "integer", "number", "not-before", "odd-before", "thousands-or-decimals"}
)
EIGHT_DIGITS = re.compile("[0-9]{8}")  # no count has so many, but dates of birth and numbers of persons do
# Faults after which something in the files was never taken apart into cells, so nobody knows what it is.
HIDES_FROM_GUARD = frozenset(
    {
        "broken-archive", "broken-quotes", "broken-workbook", "cell-too-long", "changed-meanwhile",
        "encrypted", "formula-without-value", "header-below", "header-too-long", "memory-needed",
        "nested-archive", "no-header", "no-table", "no-text", "nothing-read", "old-workbook", "path-outside",
        "put-aside", "read-error", "reader-ended", "row-length", "table-twice", "too-large",
        "too-many-columns", "unreadable", "xml-entities",
    }
)  # fmt: skip
BLANK = "…"
LONGEST_SAID = 40  # characters of a value that is repeated of a file in which something was found
MOST_WORDS_SAID = 3  # and its words: what has more is a sentence rather than a value of a list
SLIP = 75  # of 100: `wblch` is `weiblich`; in longer lists than those of the format it would be chance
SAYS_WHO = "given-otherwise"  # its sentence repeats what `lieferung` says


def refused_by_guard(groups: Iterable[Group]) -> bool:
    """Whether the guard found something that a delivery may not hold."""
    return any(group.severity == "fault" and group.rule in _rules() for group in groups)


def hides_from_guard(groups: Iterable[Group]) -> bool:
    """Whether something of the files could not be read, so that the guard has not seen it."""
    return any(group.rule in HIDES_FROM_GUARD for group in groups)


def without_values(groups: Iterable[Group]) -> list[Group]:
    """The findings, without the values of columns in which the guard found something, also of those of the
    same name elsewhere: a name in `faelle.fall_id` is in `ziele.fall_id` too. Of the other columns of such a
    file, in all its sheets, only dates, numbers, ids and slips in a word of the format are repeated, and none
    that has the form of a personal detail: no list has every given name, and line and column tell the rest.
    Single dates and numbers that may be of a person are never said, also where they are too few to be found.
    """
    groups = [_without(group, may_be_of_a_person) for group in groups]
    found = [group for group in groups if refused_by_guard([group])]
    files, columns = {group.file for group in found}, {group.column for group in found}
    if not found:
        return groups
    return [
        _without(group)
        if group.column in columns
        else _without(group, partial(_is_unsaid_beside, _words(group)))
        if group.file in files
        else group
        for group in groups
        if group.rule != SAYS_WHO and not _repeats_a_heading(group)
    ]


def may_be_of_a_person(finding: Finding) -> bool:
    """Whether the value of a finding looks like a date of birth or a number of a person."""
    if finding.value is None or finding.rule not in RULES_ABOUT_NUMBERS:
        return False
    if any(map(is_long_before, dates(finding.value))) or EIGHT_DIGITS.search(finding.value):
        return True
    return any(kind != "birth-date" for kind in in_text(finding.value, Column.LABEL))


def _is_unsaid_beside(words: Sequence[str], finding: Finding) -> bool:
    """Whether a value of a file in which something was found may be of a person by itself: by its form, or as
    a word that is none of the `words` of its column, nor one with a slip.
    """
    value = finding.value
    return value is not None and (
        len(value) > LONGEST_SAID
        or len(value.split()) > MOST_WORDS_SAID
        or any(map(is_long_before, dates(value)))
        or any(in_text(value, Column.OTHER))
        or not (_is_of_digits(value) or any(_is_slip(value, word) for word in words))
    )


def _is_of_digits(value: str) -> bool:
    """A date, a number, an id, a sign: at least as many digits as letters."""
    return sum(map(str.isdigit, value)) >= sum(map(str.isalpha, value))


def _is_slip(value: str, word: str) -> bool:
    one, other = heading_key(value), heading_key(word)
    return one[:1] == other[:1] and fuzz.ratio(one, other) >= SLIP


def _words(group: Group) -> tuple[str, ...]:
    """The value list of the column that a group is about; none where a profile reads it by another name."""
    table = tables().get(group.table or "")
    column = table.by_name().get(group.column or "") if table else None
    return tuple(column.rules.get("enum", ())) if column else ()


def is_unsaid(part: Part, groups: Iterable[Group]) -> bool:
    """Whether nothing may be said of what stands in this part: the guard found something in its file."""
    found = {(group.file, group.sheet) for group in groups if refused_by_guard([group])}
    return (part.place.file, part.place.sheet) in found


@lru_cache(maxsize=1)
def _rules() -> frozenset[str]:
    file = RULES / "guard.toml"
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))) if file.exists() else frozenset()


def _repeats_a_heading(group: Group) -> bool:
    """Whether the column's name is a value itself; the guard's own finding names it by its place."""
    return group.column is not None and any(kinds_in(group.column))


def _without(group: Group, unsaid: Callable[[Finding], bool] = lambda _: True) -> Group:
    first = group.findings[0]
    return replace(
        group,
        findings=tuple(_blank(each) if unsaid(each) else each for each in group.findings),
        values=tuple(each for each in group.values if not unsaid(replace(first, value=each[0]))),
    )


def _blank(finding: Finding) -> Finding:
    if finding.value is None:
        return finding
    written, blank = f"'{finding.value}'", f"'{BLANK}'"
    message, remedy = (
        {language: text.replace(written, blank) for language, text in texts.items()}
        for texts in (finding.message, finding.remedy)
    )
    return replace(finding, value=None, message=message, remedy=remedy)
