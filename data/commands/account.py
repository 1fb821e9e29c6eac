"""`python -m data account add|rights|lock|list|…`: who may sign in, and for what."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from data import commands
from data.access.rights import WITHOUT_SCOPE
from data.foundation import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.access.rights import Grant
    from data.foundation.settings import Settings

CODES = """exit codes: 0 done; 1 the store can't be written; 2 there is no such account, or no such right; 6
the accounts are damaged. `add` and `reset` print the address of an invitation, good once and for seven days.
`--read 08` lets somebody see exact figures, `--send NAME` hand in as this sender (`all`: as any), `--publish`
publish releases, `--press` have pictures of one under its embargo; `--administer` and `--audit` are kept for
whoever looks after accounts and the log.
`--subject` names somebody whom an identity provider tells apart, `--proxy-user` whom a proxy does: they need
no invitation. `group GROUP --read 08` gives rights to everybody whom the provider says is in that group."""
DO = {
    "add": "a new account, with an invitation",
    "link": "who signs in outside has this account",
    "unlink": "nobody outside has it any more",
    "group": "rights of everybody in a group of the identity provider, in place of those it had",
    "mail": "where the weekly digest goes; without an address nowhere",
    "rights": "other rights in place of those it has",
    "lock": "keep somebody out at once",
    "unlock": "let them in again",
    "reset": "forget password and second factor; a new invitation",
    "remove": "forget an account",
}
WITH_RIGHTS = ("add", "group", "rights")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("account", help="who may sign in, and for what", epilog=CODES)
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    for name, help in DO.items():
        one = what.add_parser(name, help=help, epilog=CODES)
        one.add_argument("name", metavar="NAME")
        if name in ("add", "link"):
            outside = one.add_mutually_exclusive_group(required=name == "link")
            outside.add_argument("--subject", metavar="SUBJECT", help="of the identity provider")
            outside.add_argument("--proxy-user", metavar="USER", help="as the proxy names them")
            one.add_argument(
                "--issuer", metavar="URL", help="of the provider, if it is not the one that is set"
            )
        if name == "mail":
            one.add_argument("address", nargs="?", default="", metavar="ADDRESS")
        if name in WITH_RIGHTS:
            one.add_argument("--read", action="append", default=[], metavar="AREA")
            one.add_argument("--send", action="append", default=[], metavar="SENDER")
            for right in WITHOUT_SCOPE:
                one.add_argument(f"--{right.value}", action="store_true")
        one.add_argument("--json", action="store_true", help="the result as JSON")
        one.set_defaults(run=run)
    listed = what.add_parser("list", help="every account and its rights")
    listed.add_argument("--json", action="store_true", help="as JSON")
    listed.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, write it into the log, and say what comes next."""
    from data.access import accounts, audit, mails, rights, subjects

    where, by = settings.from_environment(), commands.operator()
    if args.what == "list":
        _list(where, as_json=args.json)
        return 0
    given = rights.grants(_given(args)) if args.what in WITH_RIGHTS else frozenset()
    of = _outside(where, args) if args.what in ("add", "link") else None
    token = ""
    match args.what:
        case "add" if of:
            subjects.add(where, args.name, given, by, of)
        case "add":
            token = accounts.add(where, args.name, given, by)
        case "link" if of:
            subjects.link(where, args.name, *of)
        case "unlink":
            subjects.unlink(where, args.name)
        case "group":
            subjects.change_group(where, args.name, given)
        case "reset":
            token = accounts.reset(where, args.name, by)
        case "rights":
            accounts.change_rights(where, args.name, given)
        case "mail":
            mails.send_to(where, args.name, args.address)
        case "remove":
            accounts.remove(where, args.name)
        case _:
            accounts.lock(where, args.name, locked=args.what == "lock")
    named = " ".join(_named(given))
    who = f"{args.name} {of[1]}" if of else args.name
    audit.note(where, by, f"account: {args.what}", f"{who} {named}".strip())
    address = f"{where.url.rstrip('/')}/einladung/{token}" if token else None
    if args.json:
        print(
            json.dumps({"account": args.name, "done": args.what, "invitation": address}, ensure_ascii=False)
        )
    elif address:
        _invite(address)
    return 0


def _outside(where: "Settings", args: argparse.Namespace) -> tuple[str, str] | None:
    """Issuer and subject of whoever shall have the account, if somebody outside shall."""
    from data.access import accounts, subjects

    if args.proxy_user is not None:
        return subjects.PROXY, args.proxy_user
    if args.subject is None:
        return None
    issuer = args.issuer or (where.open_id.issuer if where.open_id else "")
    if not issuer:
        raise accounts.AccountError("Whose subject is this? Set DASHBOARD_OIDC_ISSUER, or give --issuer.")
    return issuer, args.subject


def _given(args: argparse.Namespace) -> list[tuple[str, str]]:
    named = [(right, scope) for right in ("read", "send") for scope in getattr(args, right)]
    return named + [(right.value, "") for right in WITHOUT_SCOPE if getattr(args, right.value)]


def _invite(address: str) -> None:
    print(address)
    said = "the address" if address[0] != "/" else "this, behind the address of the internal dashboard,"
    print(f"Send {said} to whom the account is for; it is good once, for seven days.", file=sys.stderr)


def _list(where: "Settings", *, as_json: bool) -> None:
    from data.access import accounts, subjects

    known, groups = subjects.of_accounts(where), subjects.every_group(where)
    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "rights": _named(one.grants),
            "state": "locked" if one.locked else "ready" if one.ready else "invited",
            "made_by": one.made_by,
            "outside": [
                {"issuer": issuer, "subject": subject} for issuer, subject in known.get(one.name, ())
            ],
        }
        for one in accounts.every(where)
    ]
    of_groups = [{"group": group, "rights": _named(grants)} for group, grants in groups.items()]
    if as_json:
        print(json.dumps({"accounts": rows, "groups": of_groups}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        people = "".join(f"; {each['subject']} of {each['issuer']}" for each in row["outside"])
        print(f"{row['name']} ({row['state']}): {', '.join(row['rights']) or 'no rights'}{people}")
    for group, grants in groups.items():
        print(f"group {group}: {', '.join(_named(grants))}")
    if not rows:
        print("There is no account. `python -m data account add NAME --read 08 --publish` makes one.")


def _named(grants: "Iterable[Grant]") -> list[str]:
    return sorted(f"{each.right.value}:{each.scope}".rstrip(":") for each in grants)
