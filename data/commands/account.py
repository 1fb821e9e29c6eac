"""`python -m data account add|rights|lock|unlock|reset|remove|list NAME`: who may sign in, and for what."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from data import commands
from data.foundation import settings

if TYPE_CHECKING:
    from data.access.accounts import Account

CODES = """exit codes: 0 done; 1 the store can't be written; 2 there is no such account, or no such right; 6
the accounts are damaged. `add` and `reset` print the address of an invitation, good once and for seven days.
`--read 08` lets somebody see exact figures, `--send NAME` hand in as this sender (`all`: as any), `--publish`
publish releases; `--administer` and `--audit` are kept for whoever looks after accounts and the log."""
DO = {
    "add": "a new account, with an invitation",
    "rights": "other rights in place of those it has",
    "lock": "keep somebody out at once",
    "unlock": "let them in again",
    "reset": "forget password and second factor; a new invitation",
    "remove": "forget an account",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("account", help="who may sign in, and for what", epilog=CODES)
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, help in DO.items():
        one = what.add_parser(name, help=help, epilog=CODES)
        one.add_argument("name", metavar="NAME")
        if name in ("add", "rights"):
            one.add_argument("--read", action="append", default=[], metavar="AREA")
            one.add_argument("--send", action="append", default=[], metavar="SENDER")
            for right in ("publish", "administer", "audit"):
                one.add_argument(f"--{right}", action="store_true")
        one.add_argument("--json", action="store_true", help="the result as JSON")
        one.set_defaults(run=run)
    listed = what.add_parser("list", help="every account and its rights")
    listed.add_argument("--json", action="store_true", help="as JSON")
    listed.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, write it into the log, and say what comes next."""
    from data.access import accounts, audit, rights

    where, by = settings.from_environment(), commands.operator()
    if args.what == "list":
        _list(accounts.every(where), as_json=args.json)
        return 0
    given = rights.grants(_given(args)) if args.what in ("add", "rights") else frozenset()
    token = ""
    match args.what:
        case "add":
            token = accounts.add(where, args.name, given, by)
        case "reset":
            token = accounts.reset(where, args.name, by)
        case "rights":
            accounts.change_rights(where, args.name, given)
        case "remove":
            accounts.remove(where, args.name)
        case _:
            accounts.lock(where, args.name, locked=args.what == "lock")
    named = " ".join(sorted(f"{each.right.value}:{each.scope}".rstrip(":") for each in given))
    audit.note(where, by, f"account: {args.what}", f"{args.name} {named}".strip())
    address = f"{where.url.rstrip('/')}/einladung/{token}" if token else None
    if args.json:
        print(
            json.dumps({"account": args.name, "done": args.what, "invitation": address}, ensure_ascii=False)
        )
    elif address:
        _invite(address)
    return 0


def _given(args: argparse.Namespace) -> list[tuple[str, str]]:
    named = [(right, scope) for right in ("read", "send") for scope in getattr(args, right)]
    return named + [(right, "") for right in ("publish", "administer", "audit") if getattr(args, right)]


def _invite(address: str) -> None:
    print(address)
    said = "the address" if address[0] != "/" else "this, behind the address of the internal dashboard,"
    print(f"Send {said} to whom the account is for; it is good once, for seven days.", file=sys.stderr)


def _list(every: "tuple[Account, ...]", *, as_json: bool) -> None:
    rows = [
        {
            "name": one.name,
            "rights": sorted(f"{each.right.value}:{each.scope}".rstrip(":") for each in one.grants),
            "state": "locked" if one.locked else "ready" if one.ready else "invited",
            "made_by": one.made_by,
        }
        for one in every
    ]
    if as_json:
        print(json.dumps({"accounts": rows}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print(f"{row['name']} ({row['state']}): {', '.join(row['rights']) or 'no rights'}")
    if not rows:
        print("There is no account. `python -m data account add NAME --read 08 --publish` makes one.")
