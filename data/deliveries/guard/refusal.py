"""What may still be said about a delivery in which the guard found something: everything but its values."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from data.deliveries.findings import Finding, Group
from data.deliveries.guard.kinds import Column, in_text
from data.deliveries.guard.unsaid import may_be_of_a_person
from data.deliveries.guarded import refused_by_guard
from data.deliveries.parts import Part

BLANK = "…"
SAYS_WHO = "given-otherwise"  # its sentence repeats what `lieferung` says


def without_values(groups: Iterable[Group]) -> list[Group]:
    """The findings, without the values of files in which the guard found something, and without those of
    columns of the same name elsewhere: a name in `faelle.fall_id` is in `ziele.fall_id` too. Single dates and
    numbers that may be of a person are never said, also where they are too few to be found.
    """
    groups = [_without(group, may_be_of_a_person) for group in groups]
    found = [group for group in groups if refused_by_guard([group])]
    files, columns = {(group.file, group.sheet) for group in found}, {group.column for group in found}
    if not found:
        return groups
    return [
        _without(group) if (group.file, group.sheet) in files or group.column in columns else group
        for group in groups
        if group.rule != SAYS_WHO and not _repeats_a_heading(group)
    ]


def _repeats_a_heading(group: Group) -> bool:
    """Whether the column's name is a value itself; the guard's own finding names it by its place."""
    return group.column is not None and any(in_text(group.column, Column.LABEL))


def _without(group: Group, unsaid: Callable[[Finding], bool] = lambda _: True) -> Group:
    return replace(group, findings=tuple(_blank(each) if unsaid(each) else each for each in group.findings))


def _blank(finding: Finding) -> Finding:
    if finding.value is None:
        return finding
    written, blank = f"'{finding.value}'", f"'{BLANK}'"
    message, remedy = (
        {language: text.replace(written, blank) for language, text in texts.items()}
        for texts in (finding.message, finding.remedy)
    )
    return replace(finding, value=None, message=message, remedy=remedy)


def is_unsaid(part: Part, groups: Iterable[Group]) -> bool:
    """Whether nothing may be said of what stands in this part: the guard found something in its file."""
    found = {(group.file, group.sheet) for group in groups if refused_by_guard([group])}
    return (part.place.file, part.place.sheet) in found
