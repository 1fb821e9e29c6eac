"""`python -m data groupings [FILE]`: keep lists of municipalities, which readers choose like an area."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from data import commands
from data.foundation import areas, settings
from data.foundation.languages import counted

if TYPE_CHECKING:
    from data.deliveries.groupings.grouping_list import Line

CODES = """exit codes: 0 done; 1 the store can't be written; 2 there is no such grouping; 3 the list was
refused. FILE is a CSV `grouping,name,area_code` with a line for each municipality (docs/releases.md). A
grouping of a name that is kept already is replaced as a whole. Readers see it with the next
`python -m data release`."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "groupings", help="keep constituencies, regions, a list of one's own; without FILE, list them",
        epilog=CODES,
    )  # fmt: skip
    what = parser.add_mutually_exclusive_group()
    what.add_argument("path", nargs="?", type=Path, metavar="FILE", help="CSV: grouping,name,area_code")
    what.add_argument("--remove", metavar="GROUPING", help="keep this one no longer")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Take over a list, remove a grouping, or say what is kept."""
    from data.deliveries.groupings import stock

    where = settings.from_environment()
    if args.remove is not None:
        stock.remove(where, args.remove, commands.operator())
        shown = stock.lines(where.groupings)
    elif args.path is not None:
        shown = stock.take_over(where, args.path, commands.operator())
    else:
        shown = stock.lines(where.groupings)
    _tell(shown, as_json=args.json)
    if args.path is not None or args.remove is not None:
        print("Readers see it with the next `python -m data release`.", file=sys.stderr)
    return 0


def _tell(lines: "tuple[Line, ...]", *, as_json: bool) -> None:
    from data.deliveries.groupings import grouping_list

    found = grouping_list.by_group(lines)
    if as_json:
        print(json.dumps({"groupings": found}, ensure_ascii=False, indent=2))
        return
    several = grouping_list.in_several(lines)
    if not found:
        print("No grouping is kept.")
    for grouping, groups in found.items():
        keys = {key for group in groups.values() for key in group}
        inside = counted(len(keys), "municipality", "municipalities")
        print(f"{grouping}: {counted(len(groups), 'group')}, {inside}")
        if several[grouping]:
            named = ", ".join(areas.register()[key].label for key in several[grouping])
            print(f"  in several groups, and whole in each of them: {named}")
