"""`python -m data upgrade`: a store of an older program becomes one of this program, with a copy first."""

import argparse
import json
import sys
from pathlib import Path

from data import commands
from data.commands.upkeep import SECRETS, bar, secret_text
from data.foundation import settings

DAMAGED, TO_DO = 6, 5
CODES = f"""exit codes: 0 the store is one of this program; 1 it is one of a newer program, or can't be used;
4 figures contradict themselves: those before stay in use; 5 with --check: there is something to do; 6
something is damaged. Each database is copied beside itself first (`register-version-1.sqlite`); with --backup
all of the store is, see `backup`. End the dashboard before it. {SECRETS}"""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "upgrade", help="a store of an older program, brought up to date", epilog=CODES
    )
    parser.add_argument("--check", action="store_true", help="only say what would be done")
    parser.add_argument("--backup", type=Path, metavar="DIR", help="back up the store before anything else")
    seal = parser.add_mutually_exclusive_group()
    seal.add_argument("--passphrase-file", type=Path, metavar="FILE", help="for the backup")
    seal.add_argument("--recipient", default="", metavar="KEY", help="for the backup")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Check; or back up, bring up to date and verify."""
    from data.upkeep import integrity, sealed, taking, upgrading

    where, by = settings.from_environment(), commands.operator()
    older = tuple(part for part in upgrading.parts(where) if part.is_older)
    if not args.check and older:
        if args.backup:
            given = sealed.Seal(secret_text(args.passphrase_file), args.recipient)
            taking.take(where, args.backup, given if args.passphrase_file or args.recipient else None, by=by)
        with bar("table") as progress:
            upgrading.upgrade(where, by, progress)
    damages = () if args.check else integrity.damages_and_leftovers(where).damages
    said = {
        "older": [{"part": part.name, "version": part.version, "newest": part.newest} for part in older],
        "done": not args.check,
        "damaged": [each.file for each in damages],
    }
    if args.json:
        print(json.dumps(said, indent=2))
    for part in () if args.json else older:
        word = "older" if args.check else "upgraded"
        what = f"{part.version} to {part.newest}" if part.newest > 1 else "by the SQL of today"
        print(f"{word}: {part.name}, {what}")
    if not older and not args.json:
        print("nothing to do: the store is one of this program")
    for each in damages:
        print(f"damaged: {each.file}: expected {each.expected}, found {each.found}", file=sys.stderr)
    return DAMAGED if damages else TO_DO if args.check and older else 0
