"""`demo`: write the demonstration deliveries, or fill an empty store with them."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data import demo, settings
from data.demo import prepare


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help="write synthetic deliveries of all 44 Kreise")
    parser.add_argument("--cases", type=int, default=200_000, metavar="N", help="number of cases (200000)")
    parser.add_argument("--seed", type=int, default=2018, metavar="S", help="same seed, same bytes (2018)")
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--out", type=Path, metavar="FOLDER", help="write them into a folder")
    target.add_argument("--prepare", action="store_true", help="fill an empty store: write, import, build")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the deliveries (their paths go to stdout, one per line), or fill the store."""
    with tqdm(unit="", disable=not sys.stderr.isatty()) as bar:
        shown = _on(bar)
        if args.prepare:
            if not prepare.fill(settings.from_environment(), args.cases, args.seed, shown):
                print("The store is filled already; nothing to do.", file=sys.stderr)
            return 0
        for path in demo.write(args.out, args.cases, args.seed, shown):
            print(path)
    return 0


def _on(bar: "tqdm[Any]") -> Callable[[str, int, int], None]:
    """Progress on a terminal as a bar, elsewhere as a line every now and then."""

    def shown(what: str, done: int, of: int) -> None:
        if bar.disable:
            if done in (1, of) or done % 10 == 0:
                print(f"{what}: {done} of {of}", file=sys.stderr, flush=True)
            return
        bar.total = of
        bar.set_description(what, refresh=False)
        bar.update(done - bar.n)

    return shown
