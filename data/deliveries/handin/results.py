"""What was found out about one hand-in, and what became of it: as values, in words for an operator, and as
JSON for programs.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.deliveries.format.findings import (
    FaultyRows,
    Finding,
    Group,
    counts,
    has_fault,
    listed,
    of_several,
    together,
)
from data.deliveries.format.parts import Part, Recognised
from data.deliveries.format.schema import tables
from data.deliveries.format.sender import Sender
from data.deliveries.guard.refusal import refused_by_guard
from data.foundation import storedjson
from data.foundation.languages import OPERATORS, counted

NO_TABLE = frozenset({"header-below", "no-header", "no-table", "nothing-read", "profile-table-missing"})
PASSED_OVER = frozenset({"unknown-file", "unknown-sheet", "table-like"})
# A column that is missing beside one that nobody knows was renamed; missing by itself it was forgotten.
ABSENT, UNKNOWN = (
    frozenset({"column-missing"}),
    frozenset({"unknown-column", "column-like", "profile-column"}),
)
LINES_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The delivery at one path. `already_stored`: the same files are in the store; `taken_back`: but they do
    not stand, and are not to be accepted anew.

    `head` says who handed in, as of when, as far as that could be read; `rows` counts the rows per table.
    `hidden_from_guard`: something of the files could not be read, so the anonymity guard has not seen it;
    such a delivery is refused, and nothing of it is kept. `received` is the hash of the files as they were
    handed in, without a profile, also where a part of them is left out of what is kept.
    """

    path: str
    sha256: str
    head: Sender | None
    rows: dict[str, int]
    recognised: tuple[Recognised, ...]
    groups: tuple[Group, ...]
    already_stored: bool = False
    taken_back: bool = False
    hidden_from_guard: bool = field(default=False, metadata={storedjson.NAME: "unread"})
    received: str = ""
    faulty: tuple[FaultyRows, ...] = field(default=(), repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """Rule -> number of findings, exact."""
        return counts(self.groups)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """At most the first 1,000 findings of each rule."""
        return listed(self.groups)

    @property
    def refused(self) -> bool:
        """A rule of the export format is broken; only other files help."""
        return self.head is None or has_fault(self.groups)

    @property
    def has_warnings(self) -> bool:
        """Something is plausible but odd: whoever hands in has to say why it is right."""
        return any(group.severity == "warning" for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class Imported(Checked):
    """What became of it. `accepted`: it is in the store. `needs_confirmation`: it would be, with a reason."""

    accepted: bool
    needs_confirmation: bool = False


def is_other(checked: Checked) -> bool:
    """Whether these files were not known as the export format, and no profile fitted them either.

    Never where the anonymity guard refused them: those files are not kept.
    """
    if refused_by_guard(checked.groups):
        return False
    rules = {group.rule for group in checked.groups}
    return bool(rules & NO_TABLE or _places(checked.groups, ABSENT) & _places(checked.groups, UNKNOWN))


def is_of_other_kind(groups: Iterable[Group]) -> bool:
    """Whether a delivery was told that it is in the wrong store: nothing of it may stay there."""
    return any(each.rule.startswith("kind-") for each in groups)


def is_nothing(parts: Iterable[Part], said: Collection[Group]) -> bool:
    """Whether no table was read at all, or files or sheets were passed over beside `lieferung` alone.

    The guard only looks at what was read. Taken over, such a delivery would be kept unseen, and would leave
    its sender without a case.
    """
    read = {part.table for part in parts}
    passed_over = any(group.rule in PASSED_OVER for group in said)
    return (not read or (passed_over and read == {"lieferung"})) and not has_fault(said)


def as_json(imported: Imported) -> dict[str, Any]:
    """The result of one path, as `--json` prints it: the shape that programs rely on."""
    return {
        "accepted": imported.accepted,
        "needs_confirmation": imported.needs_confirmation,
        "already_stored": imported.already_stored,
        "sha256": imported.sha256,
        "recognised": {each.place: each.as_json() for each in imported.recognised},
        "findings": [finding.as_json() for finding in imported.findings],
        "counts": imported.counts,
        "values": [_values(group) for group in imported.groups if group.values],
    }


def outcome(imported: Imported) -> str:
    """One line: taken over or not, whose delivery, as of when, how many rows."""
    head = imported.head
    whose = (
        f"{head.name} ({head.sender}), {head.reporting_date:%d.%m.%Y}"
        if head
        else "no sender or reporting date"
    )
    if imported.already_stored and imported.accepted:
        return f"{imported.path}: already stored, nothing changed ({whose})"
    if imported.taken_back:
        return (
            f"{imported.path}: was taken back before, nothing changed ({whose}). "
            "`python -m data import` accepts it anew."
        )
    if imported.needs_confirmation:
        return (
            f"{imported.path}: {counted(_number(imported, 'warning'), 'warning')}, "
            f"nothing was taken over yet ({whose}). "
            'If that is right, hand it in again with --confirm "reason".'
        )
    if not imported.accepted:
        faults = counted(_number(imported, "fault"), "fault")
        return f"{imported.path}: refused, {faults}, nothing was taken over ({whose})"
    rows = ", ".join(f"{count:,} {table}" for table, count in imported.rows.items() if table != "lieferung")
    return f"{imported.path}: taken over ({whose}): {rows}"


def findings(imported: Imported) -> str:
    """All findings, each rule and column as one paragraph: where, what, how often, what to do. What one rule
    says of several headings of a file is one.
    """
    order = ("fault", "warning", "notice")
    groups = sorted(imported.groups, key=lambda group: order.index(group.severity))
    return "\n\n".join(_paragraph(same[0]) if len(same) == 1 else _list(same) for same in together(groups))


def recognised(imported: Imported) -> str:
    """How each file is written, one line each, and what is not in it."""
    lines = [f"  {each.place}: {each.text}" for each in imported.recognised]
    if lines and (absent := missing(imported)):
        lines.append(f"  Not in it, so unknown and not zero: {'; '.join(absent)}.")
    return "\n".join(lines)


def missing(checked: Checked) -> list[str]:
    """The tables that a whole stock lacks, and the columns that each table lacks: `faelle: beendet_am, …`."""
    there = {each.table for each in checked.recognised}
    tables_absent = [table for table in tables() if table not in there]
    whole = [", ".join(tables_absent)] if checked.head and checked.head.complete and tables_absent else []
    return whole + [
        f"{each.table}: {', '.join(each.absent)}"
        for each in checked.recognised
        if each.absent and each.table != "lieferung"
    ]


def _places(groups: Iterable[Group], rules: frozenset[str]) -> set[tuple[str, str | None]]:
    return {(group.file, group.sheet) for group in groups if group.rule in rules}


def _values(group: Group) -> dict[str, Any]:
    place = {"rule": group.rule, "file": group.file, "sheet": group.sheet, "column": group.column}
    return {**place, "values": dict(group.values), "different": group.different}


def _number(imported: Imported, severity: str) -> int:
    return sum(group.count for group in imported.groups if group.severity == severity)


def _list(same: Sequence[Group]) -> str:
    several, remedies = of_several(same)
    items = ", ".join(group.item[OPERATORS] for group in same)
    return f"{same[0].severity}: {_where(same[0])}: {several[OPERATORS]}: {items}.\n{remedies[OPERATORS]}"


def _where(group: Group) -> str:
    line = group.findings[0].line
    return (f"{group.file}#{group.sheet}" if group.sheet else group.file) + (f", line {line}" if line else "")


def _paragraph(group: Group) -> str:
    first = group.findings[0]
    text = f"{group.severity}: {_where(group)}: {first.message[OPERATORS]}"
    if group.of_rows is not None:
        lines = [str(finding.line) for finding in group.findings[:LINES_NAMED]]
        more = ", …" if group.count > len(lines) else ""
        named = f"line{'s' if lines[1:] else ''} {', '.join(lines)}{more}"
        have = "has" if group.count == 1 else "have"
        text += f"\n{group.count:,} of {counted(group.of_rows, 'row')} {have} this ({named})."
        if group.severity == "fault":
            text += " Nothing of this delivery was taken over."
    if group.severity != "notice" and group.different > 1:  # of a notice there is nothing to mend
        values = ", ".join(f"'{value}' ({count:,})" for value, count in group.values)
        more = f", … ({group.different:,} different ones)" if group.different > len(group.values) else ""
        text += f"\nValues: {values}{more}."
    if group.for_operators:
        text += f"\n{group.for_operators}"
    return f"{text}\n{first.remedy[OPERATORS]}"
