"""`python -m data forget --before DATE`: let go of deliveries that were kept long enough."""

import argparse
import json
import sys
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from data import commands
from data.foundation import settings
from data.foundation.languages import counted

if TYPE_CHECKING:
    from data.deliveries.store.deliveries import Stored

CODES = """exit codes: 0 done; 1 the store can't be written; 2 wrong arguments; 6 the register is lost, or the
log was altered. It can't be undone but by a backup. Releases stay as they are; `status` says which can't be
made again. Backups hold what was let go of until they are removed themselves (`backup --keep`)."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("forget", help="let go of old deliveries and their originals", epilog=CODES)
    parser.add_argument("--before", type=_day, required=True, metavar="DATE", help="taken in before this day")
    parser.add_argument("--in-force-too", action="store_true", help="also what today's figures rest on")
    parser.add_argument("--dry-run", action="store_true", help="only say what would go")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what goes, and what stays although it is old."""
    from data.upkeep import retention

    where = settings.from_environment()
    found = retention.due(where, args.before)
    if not args.dry_run:
        retention.forget(where, found, commands.operator(), args.in_force_too)
    going = (*found.replaced, *(found.in_force if args.in_force_too else ()))
    staying = () if args.in_force_too else found.in_force
    if args.json:
        said = {
            "forgotten": [_plain(each) for each in going],
            "in_force": [_plain(each) for each in staying],
            "aside": found.aside,
            "done": not args.dry_run,
        }
        print(json.dumps(said, ensure_ascii=False, indent=2))
        return 0
    word = "would be forgotten" if args.dry_run else "forgotten"
    for each in going:
        print(f"{word}: {each.sender}, {each.reporting_date:%d.%m.%Y} ({each.sha256[:12]}, {each.state})")
    for each in staying:
        print(f"stays: {each.sender}, {each.reporting_date:%d.%m.%Y}: today's figures rest on it")
    told = counted(len(going), "delivery", "deliveries")
    print(f"{word}: {told}, {counted(len(found.aside), 'thing')} put aside before")
    if staying:
        print(
            "--in-force-too lets go of those that stay; then there are no figures of them.", file=sys.stderr
        )
    return 0


def _plain(stored: "Stored") -> dict[str, str]:
    return {
        "sender": stored.sender,
        "reporting_date": stored.reporting_date.isoformat(),
        "sha256": stored.sha256,
        "state": stored.state,
    }


def _day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2024-12-31") from None
