"""`python -m data compare SHA256 SHA256`: what changed between two deliveries of one sender."""

import argparse
import json
from decimal import Decimal
from typing import TYPE_CHECKING

from data.foundation import settings, storedjson

if TYPE_CHECKING:
    from data.deliveries.handin.comparison import Change, Comparison

CODES = "exit codes: 0; 2 no such delivery, or of two senders. The figures are exact: for internal use only."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("compare", help="what changed between two deliveries", epilog=CODES)
    parser.add_argument("before", metavar="SHA256", help="the earlier one, or the beginning of its hash")
    parser.add_argument("after", metavar="SHA256", help="the later one")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print key figures, municipalities and cases, before and after."""
    from contextlib import closing

    from data.deliveries.checking.workbench import workbench
    from data.deliveries.handin import comparison
    from data.deliveries.store import deliveries

    settled = settings.from_environment()
    before, after = deliveries.one(settled, args.before), deliveries.one(settled, args.after)
    with closing(workbench()) as connection:
        compared = comparison.compare(connection, before, after)
    if args.json:
        jumps = [each.name for each in compared.jumps]
        print(json.dumps({**storedjson.plain(compared), "jumps": jumps}, ensure_ascii=False, indent=2))
    else:
        print(_text(compared))
    return 0


def _text(compared: "Comparison") -> str:
    before = f"{compared.before.reporting_date:%d.%m.%Y}" if compared.before else "-"
    heading = f"{compared.sender}: {before} -> {compared.after.reporting_date:%d.%m.%Y}"
    cases = compared.cases
    lines = [heading, *(_line(each) for each in compared.figures)]
    lines.append(
        f"cases: {cases.new:,} new, {cases.gone:,} gone, {cases.changed:,} changed, {cases.same:,} same"
    )
    changed = [each for each in compared.municipalities if each.difference]
    if changed:
        lines += ["active cases by municipality, where they changed:", *(_line(each) for each in changed)]
    return "\n".join(lines)


def _line(change: "Change") -> str:
    ratio = f"{change.ratio:+.1%}" if change.ratio is not None else ""
    jump = "  odd jump" if change.is_jump else ""
    return f"  {change.name:32} {_number(change.before):>16} {_number(change.after):>16} {ratio:>9}{jump}"


def _number(figure: Decimal | None) -> str:
    return "-" if figure is None else f"{figure:,}"
