"""Findings: what is wrong, odd or repaired in a delivery, with the place as a person sees it in the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from data import languages
from data.languages import Texts

KEPT_PER_RULE = 1_000
TEXTS = ("message", "remedy")


@dataclass(frozen=True)
class Finding:
    """One row (or file) in which a rule found something. `severity` is fault, warning or notice.

    `line` counts from 1 with the header, quoted line breaks included; in a workbook it is the row number.
    `message` says what is wrong and `remedy` what to do, by language.
    """

    severity: str
    rule: str
    file: str
    sheet: str | None
    line: int | None
    column: str | None
    value: str | None
    message: Texts = field(hash=False)
    remedy: Texts = field(hash=False)

    def as_json(self) -> dict[str, Any]:
        """The finding as programs and the register know it: `message_de`, `message_en`, `remedy_de`, …"""
        place = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in TEXTS}
        return place | {
            key: text for what in TEXTS for key, text in languages.flat(what, getattr(self, what)).items()
        }


@dataclass(frozen=True)
class Group:
    """All findings of one rule about one column of one file: the exact count, and the first rows of them.

    `rows` are the positions of these rows among the rows of `table`, where a finding is about a row. (By a
    profile several tables are made from one file.)
    """

    rule: str
    severity: str
    file: str
    sheet: str | None
    column: str | None
    count: int
    of_rows: int | None
    findings: tuple[Finding, ...] = field(repr=False)
    rows: tuple[int, ...] = field(default=(), repr=False)
    table: str | None = None


def counts(groups: Iterable[Group]) -> dict[str, int]:
    """How often each rule found something, exactly."""
    total: dict[str, int] = {}
    for group in groups:
        total[group.rule] = total.get(group.rule, 0) + group.count
    return total


def kept(groups: Iterable[Group]) -> tuple[Finding, ...]:
    """The findings to list: at most 1,000 of a rule, the first of each file and column."""
    by_rule: dict[str, list[Group]] = {}
    for group in groups:
        by_rule.setdefault(group.rule, []).append(group)
    return tuple(finding for same in by_rule.values() for finding in _shared(same))


def has_fault(groups: Iterable[Group]) -> bool:
    """Whether a rule of the export format is broken."""
    return any(group.severity == "fault" for group in groups)


def _shared(same: list[Group]) -> Iterator[Finding]:
    left = KEPT_PER_RULE
    for place, group in enumerate(sorted(same, key=lambda group: len(group.findings))):
        taken = group.findings[: left // (len(same) - place)]
        left -= len(taken)
        yield from taken
