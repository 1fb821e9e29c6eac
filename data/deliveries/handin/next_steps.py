"""What is said of the next step while files have no profile yet, so that a first day needs no other guide."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from data.deliveries.handin.results import Imported, is_other
from data.deliveries.profiles.proposal import Proposal

SENDER, DAY = "SENDER", "TT.MM.JJJJ"


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
