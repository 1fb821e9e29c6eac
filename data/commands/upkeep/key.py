"""`python -m data key`: the key that signs the list of releases, which copies elsewhere follow."""

import argparse
import json
import sys
from typing import Any

from data import commands
from data.foundation import settings

CODES = """exit codes: 0 done; 1 the store can't be written; 4 the key is missing, or others can read it; 6
the list of releases is damaged. The key is made at the first release and lies with the keys of the releases
(docs/operation.md). A new one is taken by a copy only when somebody there accepts its fingerprint:
`python -m data pull --accept-key FINGERPRINT`."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("key", help="the key by which copies know who published", epilog=CODES)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--sign", action="store_true", help="renew the signed list if it is due; for a timer")
    what.add_argument("--new", action="store_true", help="sign with a new key from now on")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say which key it is and until when its list holds; before, renew either."""
    from data.access import audit
    from data.deliveries.store.unusable import clearly
    from data.releases import shelf
    from data.releases.afterwards.copies import signed_list, signing

    where = settings.from_environment()
    with clearly(where.store):
        if args.new or args.sign:
            shelf.refuse_copy(where.store)
        if args.new:
            with audit.noted(where, commands.operator(), "new key for lists", "") as entry:
                entry.what = signing.fingerprint(signing.public(signing.make(where)))
                signed_list.renew(where)
        elif args.sign:
            signed_list.renew(where, only_due=True)
        key = signing.load(where)
        envelope = signed_list.current(where.store) if key else None
    told: dict[str, Any] = {"fingerprint": None, "serial": None, "holds_until": None, "releases": []}
    if key:
        told["fingerprint"] = signing.fingerprint(signing.public(key))
    if envelope:
        listed = signed_list.read(signing.opened(envelope.encode())[0])
        told |= {"serial": listed.serial, "holds_until": listed.holds_until.isoformat()}
        told["releases"] = [each.name for each in listed.releases]
    if args.json:
        print(json.dumps(told, indent=2))
    elif key is None:
        print("There is no key yet: the first release makes it.", file=sys.stderr)
    else:
        print(f"fingerprint  {told['fingerprint']}")
        print(f"list         {told['serial']}, holds until {told['holds_until']}")
    return 0
