"""`python -m data audit`: who did what inside, as CSV; or whether the log is what was written."""

import argparse
import json
from dataclasses import asdict
from datetime import UTC, date, datetime, time

from data import commands
from data.foundation import settings

CODES = """exit codes: 0 done; 2 wrong arguments; 6 the log was altered or cut, or is damaged. Each entry
hangs on the one before; the newest stands in a file of its own (DASHBOARD_AUDIT_HEAD): keep that elsewhere.
What is let go of leaves an entry that is signed, by a key beside those of the releases (log-key.pem);
`--new-key` makes another where it is lost for good or was read."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("audit", help="who did what inside, as CSV", epilog=CODES)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="only say whether the log is what was written")
    what.add_argument("--new-key", action="store_true", help="sign with a new key what is let go of")
    what.add_argument("--forget-before", type=_day, metavar="DATE", help="let go of what is older")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print, check, or let go."""
    from data.access import audit

    where = settings.from_environment()
    if args.forget_before:
        gone = audit.let_go(where, args.forget_before, commands.operator())
        print(json.dumps({"let_go": gone}) if args.json else f"let go: {gone}")
        return 0
    if args.new_key:
        made = audit.new_key(where, commands.operator())
        print(json.dumps({"key": made}) if args.json else f"new key: {made}")
        return 0
    many = audit.check(where)
    if args.check:
        print(json.dumps({"sound": many}) if args.json else f"sound: {many}")
        return 0
    every = audit.entries(where) if many else ()
    if args.json:
        print(json.dumps({"entries": [asdict(each) for each in every]}, ensure_ascii=False, indent=2))
    else:
        print(audit.as_csv(every), end="")
    return 0


def _day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2024-12-31") from None
