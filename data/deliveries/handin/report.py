"""What became of a hand-in, in words for an operator and as JSON for programs."""

from typing import Any

from data.counted import counted
from data.deliveries.findings import Group
from data.deliveries.imported import Imported

LINES_NAMED = 3
OPERATORS = "en"  # the language of the commands


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
    """All findings, each rule and column as one paragraph: where, what, how often, what to do."""
    order = ("fault", "warning", "notice")
    groups = sorted(imported.groups, key=lambda group: order.index(group.severity))
    return "\n\n".join(_paragraph(group) for group in groups)


def recognised(imported: Imported) -> str:
    """How each file is written, one line each."""
    return "\n".join(f"  {each.place}: {each.text}" for each in imported.recognised)


def _number(imported: Imported, severity: str) -> int:
    return sum(group.count for group in imported.groups if group.severity == severity)


def _paragraph(group: Group) -> str:
    first = group.findings[0]
    place = f"{group.file}#{group.sheet}" if group.sheet else group.file
    place += f", line {first.line}" if first.line else ""
    text = f"{group.severity}: {place}: {first.message[OPERATORS]}"
    if group.of_rows is not None:
        lines = [str(finding.line) for finding in group.findings[:LINES_NAMED]]
        more = ", …" if group.count > len(lines) else ""
        named = f"line{'s' if lines[1:] else ''} {', '.join(lines)}{more}"
        have = "has" if group.count == 1 else "have"
        text += f"\n{group.count:,} of {counted(group.of_rows, 'row')} {have} this ({named})."
        if group.severity == "fault":
            text += " Nothing of this delivery was taken over."
    return f"{text}\n{first.remedy[OPERATORS]}"
