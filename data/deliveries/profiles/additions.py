"""Columns that a saved profile does not know: left out or assigned in it; all else stays as it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.deliveries.format.findings import Group
from data.deliveries.format.parts import Recognised
from data.deliveries.format.profile import Profile, TableRule
from data.deliveries.format.schema import tables
from data.deliveries.profiles.loading import load
from data.deliveries.profiles.mapping import names_fit
from data.deliveries.profiles.problems import Lines
from data.deliveries.profiles.proposal import ProposedColumn, quoted, written

UNKNOWN = "profile-column"


@dataclass(frozen=True)
class NewColumns:
    """Headings of one file or sheet that no table of its profile reads or ignores. `at` is the place of the
    table in the profile into which they can be written, `to` its name, `free` the columns that it does not
    read yet.
    """

    at: int
    to: str
    file: str
    sheet: str | None
    headings: tuple[str, ...]
    free: tuple[str, ...]


class NotWrittenError(ValueError):
    """A profile is written in a way in which nothing can be put in; somebody has to do it by hand."""


def found(
    profile: Profile, groups: Sequence[Group], recognised: Sequence[Recognised]
) -> tuple[NewColumns, ...]:
    """What a profile does not know of the files that it was used for, as their findings say."""
    new: list[NewColumns] = []
    unknown = [each for each in groups if each.rule == UNKNOWN and each.column]
    for file, sheet in dict.fromkeys((each.file, each.sheet) for each in unknown):
        headings = [str(each.column) for each in unknown if (each.file, each.sheet) == (file, sheet)]
        made = {each.table for each in recognised if (each.file, each.sheet) == (file, sheet)}
        rules = enumerate(profile.tables)
        fits = ((at, rule) for at, rule in rules if rule.to in made and rule.reads_a_file)
        for at, rule in fits:
            if rule.repeat is None and names_fit(rule, file, sheet):
                new.append(NewColumns(at, rule.to, file, sheet, tuple(dict.fromkeys(headings)), _free(rule)))
                break
    return tuple(new)


def extended(
    profile: Profile, new: NewColumns, ignored: Sequence[str], assigned: Sequence[ProposedColumn]
) -> Profile:
    """The profile with these headings ignored, and these columns of the format read; lines are put in, and
    no other is changed. Raises `NotWrittenError`, WrongProfileError.
    """
    lines, where = profile.text.split("\n"), Lines(profile.text)
    if assigned:
        lines[where.of("table", new.at, "columns") - 1] += "".join(f"\n{written(each)}" for each in assigned)
    if ignored:
        listed = ", ".join(map(quoted, ignored))
        head, at = where.of("table", new.at) - 1, where.of("table", new.at, "ignore") - 1
        begin = lines[at].find("[") + 1
        lines[at] = (
            f"{lines[at]}\nignore = [{listed}]"
            if at == head
            else f"{lines[at][:begin]}{listed}, {lines[at][begin:]}"
        )
    made = load("\n".join(lines), profile.label)
    rule = made.tables[new.at]
    if not (set(ignored) <= set(rule.ignore) and {each.to for each in assigned} <= _read(rule)):
        raise NotWrittenError(profile.label)
    return made


def _free(rule: TableRule) -> tuple[str, ...]:
    return tuple(field.name for field in tables()[rule.to].fields if field.name not in _read(rule))


def _read(rule: TableRule) -> set[str]:
    return {each.to for each in rule.columns}
