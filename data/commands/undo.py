"""`python -m data undo SENDER|SHA256`: take a delivery back; the one before it stands again."""

import argparse
import json
import sys

from data import commands
from data.foundation import settings

CODES = """exit codes: 0 it is taken back; 1 the store can't be written; 2 there is no such delivery, or a
later single table refers to it. Nothing is deleted: handed in again, the same files are accepted anew."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "undo", help="take a delivery back; the one before it stands again", epilog=CODES
    )
    parser.add_argument("named", metavar="SENDER|SHA256", help="a sender's newest delivery, or this one")
    parser.add_argument("--reason", default="", help="why; it is kept in the audit log")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what was taken back and what stands now."""
    from data.deliveries.store import deliveries

    taken = deliveries.take_back(settings.from_environment(), args.named, commands.operator(), args.reason)
    delivery = taken.delivery
    if args.json:
        result = {
            "sender": delivery.sender,
            "taken_back": delivery.sha256,
            "reporting_date": delivery.reporting_date.isoformat(),
            "standing": [each.sha256 for each in taken.standing],
        }
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print(f"taken back: {delivery.sender}, {delivery.reporting_date:%d.%m.%Y} ({delivery.sha256[:12]})")
        for each in taken.standing:
            print(f"stands now: {each.sender}, {each.reporting_date:%d.%m.%Y} ({each.sha256[:12]})")
        if not taken.standing:
            print(f"stands now: nothing of {delivery.sender}")
    print("The figures change with the next `python -m data build`.", file=sys.stderr)
    return 0
