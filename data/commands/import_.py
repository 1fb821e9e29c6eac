"""`python -m data import PATH...`: check deliveries and take them over, each as a whole or not at all."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data import settings

if TYPE_CHECKING:
    from data.deliveries.imported import Imported

REFUSED = 3


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("import", help="check case exports and take them over")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folder, ZIP, XLSX, ODS or CSV")
    parser.add_argument("--sender", help="who hands in a single table (absender_id)")
    parser.add_argument("--reporting-date", help="as of when, TT.MM.JJJJ or JJJJ-MM-TT")
    parser.add_argument("--json", action="store_true", help="results as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: everything is in the store; 3: at least one delivery was refused."""
    from tqdm import tqdm

    from data.deliveries import report
    from data.deliveries.several import import_deliveries

    results: list[Imported] = []
    terminal = sys.stderr.isatty()
    several = import_deliveries(args.paths, settings.from_environment(), args.sender, args.reporting_date)
    for imported in tqdm(
        several, total=len(args.paths), unit="delivery", file=sys.stderr, disable=not terminal
    ):
        results.append(imported)
        if not terminal and len(args.paths) > 1:
            print(f"{len(results)} of {len(args.paths)} deliveries", file=sys.stderr)
        with tqdm.external_write_mode(file=sys.stderr):
            if imported.groups:
                print(f"{report.findings(imported)}\n", file=sys.stderr)
            if not args.json:
                print(report.outcome(imported), report.recognised(imported), sep="\n", flush=True)
    if args.json:
        shown = [report.as_json(imported) for imported in results]
        print(json.dumps(shown[0] if len(shown) == 1 else shown, ensure_ascii=False, indent=2))
    return 0 if all(imported.accepted for imported in results) else REFUSED
