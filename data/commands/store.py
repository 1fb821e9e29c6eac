"""`python -m data store [demonstration|real]`: what the store is for, or say so before its first delivery."""

import argparse
import json

from data.foundation import settings

CODES = """exit codes: 0 done; 1 the store can't be written; 2 it is for the other already. A store is a
demonstration or for real deliveries from its creation; `demo --prepare` and the first real delivery say so
by themselves."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("store", help="whether the store is a demonstration or real", epilog=CODES)
    parser.add_argument("kind", nargs="?", choices=("demonstration", "real"), help="say so, for good")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the kind, after it was decided if one was named."""
    from data.deliveries.store import kind
    from data.deliveries.store.unusable import clearly

    where = settings.from_environment()
    with clearly(where.store):
        if args.kind:
            kind.decide(where, kind.Kind(args.kind))
        found = kind.described(where)
    print(json.dumps({"kind": found}) if args.json else f"{found}: {kind.SENTENCES[found]}")
    return 0
