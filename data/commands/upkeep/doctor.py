"""`python -m data doctor`: what is wrong with this installation, in plain words."""

import argparse
import json

from data.foundation.languages import OPERATORS, flat

CODES = """exit codes: 0 nothing is wrong (there may be warnings); 1 something is. Run it with the settings
and as the user of the service: `sudo -u dashboard env $(cat /etc/dashboard/internal.env) … doctor`. It
changes nothing and sends nothing."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("doctor", help="what is wrong with this installation", epilog=CODES)
    parser.add_argument("--lang", default=OPERATORS, choices=("de", "en"), help="of the sentences (en)")
    parser.add_argument("--json", action="store_true", help="the result as JSON, in each language")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """A line for each thing that was looked at, what is wrong first."""
    from data.upkeep import examination

    order = (examination.FAULT, examination.WARNING, examination.SOUND)
    every = sorted(examination.examine(), key=lambda found: order.index(found.severity))
    faults = sum(found.severity == examination.FAULT for found in every)
    if args.json:
        rows = [
            {"name": found.name, "severity": found.severity, **flat("message", found.texts())}
            for found in every
        ]
        print(json.dumps({"findings": rows, "faults": faults}, ensure_ascii=False, indent=2))
    else:
        signs = dict(zip(order, ("FEHLER", "Hinweis", "gut") if args.lang == "de" else order, strict=True))
        for found in every:
            print(f"{signs[found.severity]:8} {found.texts()[args.lang]}")
    return 1 if faults else 0
