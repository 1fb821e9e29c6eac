"""`python -m data import PATH...`: check deliveries and take them over, each as a whole or not at all."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data import commands
from data.commands import AFTER_IMPORT, NEEDS_CONFIRMATION, REFUSED
from data.foundation import settings

if TYPE_CHECKING:
    from data.deliveries.handin.results import Imported

CODES = """exit codes: 0 everything is in the store; 1 the store or the report can't be written; 2 wrong
arguments; 3 a delivery was refused, or the profile is wrong; 5 a delivery has warnings and needs
--confirm "reason"."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("import", help="check case exports and take them over", epilog=CODES)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folder, ZIP, XLSX, ODS or CSV")
    parser.add_argument("--sender", help="who hands in a single table (absender_id)")
    parser.add_argument("--reporting-date", help="as of when, TT.MM.JJJJ or JJJJ-MM-TT")
    parser.add_argument(
        "--census", metavar="YEAR", help="of an official list that does not say it: 2011 or 2022"
    )
    parser.add_argument("--profile", metavar="NAME|FILE", help="mapping profile for files in another shape")
    parser.add_argument("--confirm", metavar="REASON", help="why the warnings are right; it is kept")
    parser.add_argument("--report", type=Path, metavar="FILE", help="findings as FILE.json or FILE.xlsx")
    parser.add_argument("--json", action="store_true", help="results as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: everything is in the store; 3: one was refused; 5: one needs a reason."""
    from data.foundation import apart

    apart.prepare("data.deliveries.handin.isolated")  # it starts while this process imports what follows
    from tqdm import tqdm

    from data.deliveries.handin import report
    from data.deliveries.handin.isolated import import_deliveries
    from data.deliveries.handin.results import as_json
    from data.deliveries.handin.work import HandIn
    from data.deliveries.profiles import saved

    if args.report:
        report.possible(args.report)
    where = settings.from_environment()
    profile = saved.called(where, args.profile) if args.profile else None
    handin = HandIn(
        args.sender,
        args.reporting_date,
        profile,
        commands.operator(),
        args.census,
        confirm=args.confirm,
        with_rows=args.report is not None and args.report.suffix.lower() == ".xlsx",
    )
    terminal, of = sys.stderr.isatty(), len(args.paths)
    results: list[Imported] = []
    with tqdm(total=of, unit="delivery", file=sys.stderr, disable=not terminal) as bar:
        several = import_deliveries(
            args.paths,
            where,
            handin,
            lambda step: bar.set_description(f"{step.stage} {step.about}"),
        )
        for imported in several:
            results.append(imported)
            bar.update()
            with tqdm.external_write_mode(file=sys.stderr):
                _tell(imported, args)
                if not terminal and of > 1:
                    print(f"{len(results)} of {of} deliveries", file=sys.stderr, flush=True)
    if args.json:
        shown = [as_json(imported) for imported in results]
        print(json.dumps(shown[0] if of == 1 else shown, ensure_ascii=False, indent=2))
    elif any(imported.accepted and not imported.already_stored for imported in results):
        print(AFTER_IMPORT)
    if args.report:
        report.write(args.report, results)
    if any(not imported.accepted and not imported.needs_confirmation for imported in results):
        return REFUSED
    return NEEDS_CONFIRMATION if any(imported.needs_confirmation for imported in results) else 0


def _tell(imported: "Imported", args: argparse.Namespace) -> None:
    from data.deliveries.handin import report
    from data.deliveries.handin.results import findings, outcome, recognised

    if imported.groups:
        print(f"{findings(imported)}\n", file=sys.stderr, flush=True)
    if args.json:
        if imported.needs_confirmation:
            print(outcome(imported), file=sys.stderr, flush=True)
        return
    written = recognised(imported)
    print(outcome(imported), *([written] if written else []), sep="\n", flush=True)
    if imported.accepted or args.profile:
        return
    if said := report.profile_for(imported, args.sender, args.reporting_date):
        print(said, flush=True)
