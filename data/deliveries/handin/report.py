"""The report of hand-ins as a file, JSON or a workbook; and what to do next with files in another shape."""

import json
import re
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from data.deliveries.handin.results import Imported, as_json, is_other
from data.deliveries.profiles.proposal import Proposal, several_times
from data.foundation import durable
from data.foundation.errors import DashboardError

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


def possible(path: Path) -> None:
    """Raises `NoReportError` before any work is done for a report that can't be written."""
    if path.suffix.lower() not in KINDS or path.is_dir() or not path.absolute().parent.is_dir():
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


def profile_for(imported: Imported, sender: str | None, day: str | None) -> str:
    """How to have a profile proposed for files that were refused because they have another shape, and how to
    hand in with it; else ''.
    """
    if not is_other(imported):
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
        said += [
            f"  {heading!r} stands there {times} times: if each is a goal or a consultation of its own, "
            f"write a [[table]] more with repeat = {times} (docs/profiles.md, One sheet, several tables)"
            for table in proposal.tables
            for heading, times in several_times(table.unknown).items()
        ]
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
