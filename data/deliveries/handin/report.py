"""What became of a hand-in: in words for an operator, as JSON for programs, as a file of either kind."""

import json
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from data.deliveries.format.findings import Group, of_several, together
from data.deliveries.format.schema import tables
from data.deliveries.handin.results import Checked, Imported, is_other
from data.deliveries.profiles.proposal import Proposal
from data.foundation import durable
from data.foundation.errors import DashboardError
from data.foundation.languages import OPERATORS, counted

LINES_NAMED = 3
KINDS = (".json", ".xlsx")
SENDER, DAY = "SENDER", "TT.MM.JJJJ"


class NoReportError(DashboardError):
    """A name that no report can have, or a folder that isn't there."""

    exit_code = 2

    def __str__(self) -> str:
        return (
            f"{self.args[0]}: a report is a file ending in .json or .xlsx in a folder that exists. "
            "Nothing was imported. Give another name."
        )


class ReportNotWrittenError(DashboardError):
    """The import is done, but its report could not be written."""

    def __str__(self) -> str:
        path, reason = self.args
        return (
            f"{path}: the report could not be written ({reason}). What became of the deliveries stands "
            "above. Import them again for the report; what is stored is not stored twice."
        )


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


def possible(path: Path) -> None:
    """Raises `NoReportError` before any work is done for a report that can't be written."""
    if path.suffix.lower() not in KINDS or not path.absolute().parent.is_dir():
        raise NoReportError(path)


def write(path: Path, results: Sequence[Imported]) -> None:
    """Write the report of one or several results; what lay there before stays until it is whole."""
    shown = [as_json(each) for each in results]
    text = json.dumps(shown[0] if len(shown) == 1 else shown, ensure_ascii=False, indent=2)
    if path.suffix.lower() == ".json":
        in_one_step(path, lambda beside: beside.write_text(f"{text}\n", encoding="utf-8"))
    else:
        from data.deliveries.handin import repairbook

        in_one_step(path, repairbook.workbook(results).save)


def in_one_step(path: Path, make: Callable[[Path], object]) -> None:
    """Make a file beside its place and move it there. Raises `ReportNotWrittenError`."""
    try:
        with durable.replacing(path) as beside:
            make(beside)
    except OSError as error:
        raise ReportNotWrittenError(path, error.strerror) from error


def _values(group: Group) -> dict[str, Any]:
    place = {"rule": group.rule, "file": group.file, "sheet": group.sheet, "column": group.column}
    return {**place, "values": dict(group.values), "different": group.different}


def _number(imported: Imported, severity: str) -> int:
    return sum(group.count for group in imported.groups if group.severity == severity)


def _list(same: Sequence[Group]) -> str:
    several, remedies = of_several(same)
    items = ", ".join(group.item[OPERATORS] for group in same)
    return f"{same[0].severity}: {_place(same[0])}: {several[OPERATORS]}: {items}.\n{remedies[OPERATORS]}"


def _place(group: Group) -> str:
    line = group.findings[0].line
    return (f"{group.file}#{group.sheet}" if group.sheet else group.file) + (f", line {line}" if line else "")


def _paragraph(group: Group) -> str:
    first = group.findings[0]
    text = f"{group.severity}: {_place(group)}: {first.message[OPERATORS]}"
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


def profile_for(imported: Imported, sender: str | None, day: str | None) -> str:
    """How to have a profile proposed for files in another shape, and how to hand in with it; else ''."""
    if imported.accepted or not is_other(imported):
        return ""
    path = Path(imported.path)
    file = path.with_name(f"{re.sub(r'[^a-z0-9]+', '-', path.stem.lower()).strip('-') or 'profile'}.toml")
    return (
        f"Next: {shell_word(path)} has columns of its own. A mapping profile says what they are,\n"
        "and is kept for the next delivery. Have one proposed, look at it, and hand in with it:\n"
        f"  python -m data profile propose {shell_word(path)} --out {shell_word(file)}\n"
        f"  {importing(path, shell_word(file), sender, day)}\n"
        "The page *Daten abgeben*, where it is open, proposes one by itself."
    )


def after_proposal(proposal: Proposal, path: Path, file: Path | None) -> str:
    """What is still open of a proposal, and what to do with it."""
    named = shell_word(file) if file else "FILE"
    said = [f"still open, {each}" for each in proposal.problems]
    if proposal.guarded:
        said.append(f"could name a person, take it out of the export: {_listed(proposal.guarded)}")
    if proposal.fits_no_table:
        said.append(f"fits no table and is not read: {_listed(proposal.fits_no_table)}")
    unknown = [heading for table in proposal.tables for heading in table.unknown]
    if unknown:
        how = " ".join(f"--ignore {shlex.quote(heading)}" for heading in unknown)
        said.append(f"not assigned, so an import asks for a reason: {_listed(unknown)}")
        said.append(f"  not needed? Write it into `ignore`, or propose again with {how}")
    if any(column.question for table in proposal.tables for column in table.columns):
        said.append('dates can be read in two ways: write one of them, { column = "…", date = "…" }')
    if not proposal.tables:
        return "\n".join(said)
    checked = f"`python -m data profile check {named}`, then " if proposal.problems else ""
    return "\n".join([*said, f"Next: look at each line of {named}; {checked}{importing(path, named)}"])


def not_ignored(headings: Sequence[str], unknown: Sequence[str]) -> str:
    """What is said of columns to ignore of which there are none that nothing is read from."""
    there = f"Not assigned are: {_listed(unknown)}." if unknown else "Every column is assigned."
    return f"No column that is not assigned is called {_listed(headings)}. {there}"


def importing(path: Path, profile: str, sender: str | None = None, day: str | None = None) -> str:
    """The command that hands in with a profile; what is not known yet in capitals."""
    said = f"--sender {sender or SENDER} --reporting-date {day or DAY}"
    return f"python -m data import {shell_word(path)} --profile {profile} {said}"


def shell_word(path: Path) -> str:
    """A path as a shell takes it."""
    return shlex.quote(str(path))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
