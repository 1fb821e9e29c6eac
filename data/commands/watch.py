"""`python -m data watch FOLDER`: import what is dropped into a folder; the results lie beside each file."""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from data import commands
from data.commands import NEEDS_CONFIRMATION, REFUSED
from data.deliveries.format.names import readable
from data.foundation import settings
from data.foundation.errors import DashboardError
from data.foundation.steps import Step

if TYPE_CHECKING:
    from data.deliveries.watching.dropfolder import DropFolder

POLL_SECONDS = 1.0
CODES = """exit codes with --once: 0 all are in the store; 1 the store can't be written; 2 no such folder, or
it is watched already; 3 one was refused; 5 one has warnings: `import` it with --confirm. Without --once it
runs until it is interrupted (130)."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("watch", help="import what is dropped into a folder", epilog=CODES)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="files, or a folder per delivery")
    parser.add_argument("--settle", type=float, default=5.0, metavar="S", help="seconds without change (5)")
    parser.add_argument("--once", action="store_true", help="end when everything in it has a result")
    parser.add_argument("--json", action="store_true", help="one line of JSON per delivery")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Take what lies still, over and over; with --once until nothing is left."""
    from data.deliveries.watching.dropfolder import DropFolder, watched

    folder = args.folder.resolve()
    drop = DropFolder(folder, settings.from_environment(), args.settle, commands.operator())
    codes: set[int] = set()
    with watched(folder):
        print(f"watching {folder}", file=sys.stderr, flush=True)
        while True:
            codes |= _round(drop, args)
            if args.once and (codes & {1} or not drop.waits()):
                return next((code for code in (1, REFUSED, NEEDS_CONFIRMATION) if code in codes), 0)
            time.sleep(min(POLL_SECONDS, max(args.settle, 0.05)))


def _round(drop: "DropFolder", args: argparse.Namespace) -> set[int]:
    """Everything that is ready now. A store that can't be written now may be writable at the next round."""
    from data.deliveries.handin import results
    from data.deliveries.watching.dropfolder import RESULT, is_put_aside

    codes = set()
    for path in drop.documents():
        # Without its name: a letter is often called after a person, and a name may hold signs for a terminal.
        kind = path.suffix.lower()
        print(f"a {kind} file in {drop.folder} is no delivery and stays unread", file=sys.stderr, flush=True)
    for path in drop.ready():
        try:
            imported = drop.take(path, _progress)
        except DashboardError as error:
            print(error, file=sys.stderr, flush=True)
            codes.add(1)
            continue
        if imported is None:
            said = "the program that read it ended before it had a result; it is tried once more"
            print(f"{readable(path.name)}: {said}", file=sys.stderr, flush=True)
            continue
        if is_put_aside(imported):
            said = f"put aside after two attempts; delete {readable(path.name)}{RESULT} to have it read again"
            print(f"{results.findings(imported)}\n{readable(path.name)}: {said}", file=sys.stderr, flush=True)
        if args.json:
            shown = {"path": readable(path.name), **results.as_json(imported)}
            print(json.dumps(shown, ensure_ascii=False), flush=True)
        else:
            print(results.outcome(imported), flush=True)
        codes.add(0 if imported.accepted else NEEDS_CONFIRMATION if imported.needs_confirmation else REFUSED)
    return codes


def _progress(step: Step) -> None:
    if sys.stderr.isatty():
        print(f"{step.stage} {step.about}", file=sys.stderr, flush=True)
