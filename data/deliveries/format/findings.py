"""Findings: what is wrong, odd or repaired in a delivery, with the place as a person sees it in the file.

Severity, message and remedy of every rule stand in `rules/*.toml`, in every language.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.foundation import languages
from data.foundation.languages import Fill, Texts, Wording
from data.foundation.limits import Limits

LISTED_PER_RULE = 1_000
TEXTS = ("message", "remedy")
RULES = Path(__file__).parent / "rules"
PHRASES = Path(__file__).parent / "phrases.toml"
VALUES_PER_RULE = 20
VALUE_CHARACTERS = 80  # characters of a value that a message repeats


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
    `values` are the commonest values that break the rule, 20 at most, each with the number of its rows, and
    `different` is how many there are in all: so that one round of corrections is enough.
    `for_operators`: what only those who run the program may read, in their language.
    `item`: what it is about, in few words, where several of them are said as one (see `together`).
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
    values: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    different: int = 0
    for_operators: str = ""
    item: Texts = field(default_factory=dict, hash=False, repr=False)


@dataclass(frozen=True)
class FaultyRows:
    """The rows of one file or sheet in which a rule found something, as they are written there.

    `cells` are pairs of line and text of each of the `columns`. `{n}` in a heading stands for the number of
    repeated columns, of which a profile made rows of their own.
    """

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    cells: tuple[tuple[int, tuple[str | None, ...]], ...]


@dataclass(frozen=True)
class Rule:
    """What is said where a rule found something, by language. `kind` names a kind of personal details.

    Of a rule about headings `item` is one of several in a list, `several` is the sentence about all of them
    and `remedies` what to do about them.
    """

    severity: str
    message: Texts
    remedy: Texts
    kind: Texts
    item: Texts
    several: Texts
    remedies: Texts


@dataclass(frozen=True)
class Place:
    """Where a finding is: the file as its sender names it, and the sheet of a workbook."""

    file: str
    sheet: str | None = None


def counts(groups: Iterable[Group]) -> dict[str, int]:
    """How often each rule found something, exactly."""
    total: dict[str, int] = {}
    for group in groups:
        total[group.rule] = total.get(group.rule, 0) + group.count
    return total


def listed(groups: Iterable[Group]) -> tuple[Finding, ...]:
    """The findings to list: at most 1,000 of a rule, the first of each file and column."""
    by_rule: dict[str, list[Group]] = {}
    for group in groups:
        by_rule.setdefault(group.rule, []).append(group)
    return tuple(finding for same in by_rule.values() for finding in _shared(same))


def has_fault(groups: Iterable[Group]) -> bool:
    """Whether a rule of the export format is broken."""
    return any(group.severity == "fault" for group in groups)


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by its name."""
    return {
        rule: Rule(
            severity=table["severity"],
            message=languages.texts(table, "message"),
            remedy=languages.texts(table, "remedy"),
            kind=languages.texts(table, "kind"),
            item=languages.texts(table, "item"),
            several=languages.texts(table, "several"),
            remedies=languages.texts(table, "remedies"),
        )
        for file in sorted(RULES.glob("*.toml"))
        for rule, table in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def phrase(name: str, **fills: Fill) -> dict[str, str]:
    """A piece of a sentence, by language: what fills a placeholder and is no number or name."""
    return {language: languages.filled(text, language, fills) for language, text in _phrases()[name].items()}


def finding(
    rule: str,
    place: Place,
    *,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    wording: Wording | None = None,
) -> Finding:
    """One finding in every language. `wording` fills the placeholders that are no place, column or value,
    with one text for all languages, with a number that each writes in its way, or with a text of each.
    """
    shown = None if value is None else shown_value(value)
    fills = {"column": column, "value": shown or "", "file": place.file, **(wording or {})}
    said = rules()[rule]
    return Finding(
        severity=said.severity,
        rule=rule,
        file=place.file,
        sheet=place.sheet,
        line=line,
        column=column,
        value=shown,
        message={name: languages.filled(text, name, fills) for name, text in said.message.items()},
        remedy={name: languages.filled(text, name, fills) for name, text in said.remedy.items()},
    )


def group(
    rule: str,
    place: Place,
    *,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    wording: Wording | None = None,
) -> Group:
    """A single finding as a group of its own, for what is said about a file or a header."""
    only = finding(rule, place, line=line, column=column, value=value, wording=wording)
    fills = {"column": column, **(wording or {})}
    item = {name: languages.filled(text, name, fills) for name, text in rules()[rule].item.items()}
    return Group(rule, only.severity, place.file, place.sheet, column, 1, None, (only,), item=item)


def over_limit(place: Place, limits: Limits, limit: str) -> Group:
    """That a file is larger than one of the limits allows, and what that one counts."""
    return group("too-large", place, wording={**limits.wording(limit), "other": phrase(f"limit-{limit}")})


def together(groups: Iterable[Group]) -> list[tuple[Group, ...]]:
    """The groups in their order, those of one rule about several headings of one file or sheet as one: twelve
    columns that are named otherwise are one thing to read.
    """
    found: dict[object, list[Group]] = {}
    for number, each in enumerate(groups):
        place = (each.rule, each.file, each.sheet)
        found.setdefault(place if each.item else number, []).append(each)
    return [tuple(same) for same in found.values()]


def of_several(same: Sequence[Group]) -> tuple[Texts, Texts]:
    """The sentence about groups that are said as one, without what they are about, and what to do."""
    rule, fills = rules()[same[0].rule], {"count": len(same)}
    several = {name: languages.filled(text, name, fills) for name, text in rule.several.items()}
    return several, rule.remedies


def _shared(same: list[Group]) -> Iterator[Finding]:
    left = LISTED_PER_RULE
    for place, group in enumerate(sorted(same, key=lambda group: len(group.findings))):
        taken = group.findings[: left // (len(same) - place)]
        left -= len(taken)
        yield from taken


def shown_value(value: str) -> str:
    """A value as a finding repeats it: without control characters, and not longer than 80 characters."""
    clean = "".join(sign if sign.isprintable() else " " for sign in value)
    return clean if len(clean) <= VALUE_CHARACTERS else clean[: VALUE_CHARACTERS - 1] + "…"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Texts]:
    tables: dict[str, Texts] = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
    return tables
