"""`python -m data pull URL`: let this store be a copy of another installation's releases, as they are now."""

import argparse
import sys
from typing import TYPE_CHECKING

from data.foundation import settings, storedjson

if TYPE_CHECKING:
    from data.releases.afterwards.copies.pulled import Pulled

CODES = """exit codes: 0 the copy is what is published now; 1 the publisher was not reached, the disk is full
or another pull is at work; 2 the address is none, or the store is no copy, of another Land or kind; 4 what
came is forged, damaged, older than what was here, or signed with another key; 6 what is stored here is
damaged. Whatever it ends with, the copy goes on serving what it has. The first pull pins the key of the
publisher: compare the fingerprint with `python -m data key` there, or give it with --accept-key."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("pull", help="follow the releases of another installation", epilog=CODES)
    parser.add_argument("url", nargs="?", default="", metavar="URL", help="its address, as people type it")
    parser.add_argument("--accept-key", default="", metavar="FINGERPRINT", help="trust this key from now on")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Pull, and say what is new."""
    from data.deliveries.store.unusable import clearly
    from data.releases.afterwards.copies import pulled, signing

    where = settings.from_environment()
    with clearly(where.store):
        done = pulled.pull(where, args.url, args.accept_key)
    fingerprint = signing.fingerprint(done.copy.key)
    if args.json:
        print(storedjson.text(_told(done, fingerprint), indent=2))
        return 0
    if done.pinned:
        said = "Compare it with `python -m data key` of the publisher." if not args.accept_key else ""
        print(f"key pinned: {fingerprint}. {said}".strip(), file=sys.stderr)
    for name in done.withdrawn:
        print(f"withdrawn: {name}")
    for name in done.new:
        print(f"new: {name}")
    print(f"readers see: {done.serving or 'no release'}; as of {done.copy.asked_at:%Y-%m-%d %H:%M:%S} UTC")
    return 0


def _told(done: "Pulled", fingerprint: str) -> dict[str, object]:
    return {
        "address": done.copy.address,
        "fingerprint": fingerprint,
        "pinned": done.pinned,
        "serial": done.copy.serial,
        "releases": list(done.releases),
        "serving": done.serving,
        "new": list(done.new),
        "withdrawn": list(done.withdrawn),
        "bytes": done.bytes,
        "asked_at": done.copy.asked_at,
    }
