"""`python -m data digest`: the weekly mail to heads of department; a timer calls it every morning."""

import argparse
import json
import sys
from datetime import date

from data.foundation import settings
from data.foundation.connections import WEEKDAYS

CODES = """exit codes: 0 done, or not the day, or off; 1 the mail server takes none of them, or not that of
somebody; 2 the settings of mails are wrong; 4 nothing has been built. It is off until DASHBOARD_MAIL_WEEKDAY
(monday …), DASHBOARD_MAIL_HOST and DASHBOARD_MAIL_FROM are set; who has an address (`account mail NAME
ADDRESS`) and areas to read gets one, once a day."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("digest", help="the weekly mail to heads of department", epilog=CODES)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--now", action="store_true", help="whatever the day, also to who has today's already")
    what.add_argument("--print", action="store_true", dest="shown", help="only print what would be sent")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Send, or say why not."""
    from data.access import audit
    from data.commands.digest import sending

    where, today = settings.from_environment(), date.today()
    if args.shown:
        for name, address, one in sending.letters(where, today):
            print(f"{name} <{address}>\n{one.subject}\n\n{one.text}")
        return 0
    if where.mailing is None and not args.now:
        _tell(args, [], "The digest is off: DASHBOARD_MAIL_WEEKDAY is not set.")
        return 0
    if where.mailing and where.mailing.weekday != today.weekday() and not args.now:
        _tell(
            args,
            [],
            f"It is sent on {WEEKDAYS[where.mailing.weekday]}; today is {WEEKDAYS[today.weekday()]}.",
        )
        return 0
    sent = sending.send(where, today, again=args.now)
    _tell(
        args,
        sent,
        "Nobody has both an address and areas to read: `python -m data account mail NAME ADDRESS`.",
    )
    return 0 if all(each.result in (audit.DONE, "already") for each in sent) else 1


def _tell(args: argparse.Namespace, sent: object, otherwise: str) -> None:
    every = [{"account": each.name, "result": each.result} for each in sent]  # type: ignore[attr-defined]
    if args.json:
        print(json.dumps({"sent": every, "said": "" if every else otherwise}, ensure_ascii=False))
    elif every:
        print("\n".join(f"{each['account']}: {each['result']}" for each in every))
    else:
        print(otherwise, file=sys.stderr)
