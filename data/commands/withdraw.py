"""`python -m data withdraw NAME`: a release that readers get no more, or again."""

import argparse
import sys
from typing import TYPE_CHECKING

from data import commands
from data.foundation import settings, storedjson

if TYPE_CHECKING:
    from data.releases.shelf import Entry

CODES = """exit codes: 0 done, or proposed; 2 there is no such release, it is so already, or two people
have to; 4 nothing is proposed; 5 no reason. Nothing is deleted: readers of its addresses are told the reason
(410) and the way to the newest release that is not withdrawn. A later release stands as it is, and so do
series and corrections."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "withdraw", help="withdraw a release, with a reason for readers", epilog=CODES
    )
    parser.add_argument("name", metavar="NAME", help="of the release")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why; readers are told when withdrawing")
    parser.add_argument("--take-back", action="store_true", help="let a withdrawn release serve again")
    two = parser.add_mutually_exclusive_group()
    two.add_argument("--propose", action="store_true", help="for somebody else to confirm")
    two.add_argument("--confirm", action="store_true", help="what somebody else proposed")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Do it, and say which release readers see now."""
    from data.access import audit
    from data.releases import shelf
    from data.releases.afterwards import withdrawals

    where, by = settings.from_environment(), commands.operator()
    wish = withdrawals.Wish(args.name, args.reason, args.take_back)
    action = "put back release" if wish.back else "withdraw release"
    if args.propose:
        with audit.noted(where, by, f"propose: {action}", f"{wish.name}: {wish.reason}"):
            proposal = withdrawals.propose(where, wish, by)
        said = f"It is proposed for {wish.name}. Somebody else does it: the same with --confirm."
        print(storedjson.text(proposal, indent=2) if args.json else said)
        return 0
    with audit.noted(where, by, action, f"{wish.name}: {wish.reason}") as entry:
        if args.confirm:
            seen = withdrawals.waiting(where)
            entry.what = f"{wish.name}: {seen.wish.reason}, proposed by {seen.by}" if seen else wish.name
            changed = withdrawals.confirm(where, by, wish.name, back=wish.back)
        else:
            changed = withdrawals.carry_out(where, wish)
    serving = shelf.open_to_readers(where.store)
    _tell(changed, serving[-1].name if serving else None, as_json=args.json)
    return 0


def _tell(changed: "Entry", serving: str | None, *, as_json: bool) -> None:
    if as_json:
        print(storedjson.text({"release": changed, "serving": serving}, indent=2))
        return
    print(f"{'withdrawn' if changed.withdrawn else 'serves again'}: {changed.name}")
    print(f"readers see: {serving or 'no release'}")
    if changed.withdrawn and serving is None:
        print("It was the only one: pages say that nothing is published, and why.", file=sys.stderr)
