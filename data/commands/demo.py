"""`demo`: write the demonstration deliveries."""

import argparse
from pathlib import Path

from tqdm import tqdm

from data import demo


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help="write synthetic deliveries of all 44 Kreise")
    parser.add_argument("--cases", type=int, default=200_000, metavar="N", help="number of cases (200000)")
    parser.add_argument("--seed", type=int, default=2018, metavar="S", help="same seed, same bytes (2018)")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where they are written")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the deliveries; their paths go to stdout, one per line."""
    with tqdm(desc="Demonstration deliveries", unit=" deliveries") as bar:

        def show(what: str, done: int, of: int) -> None:
            bar.total = of
            bar.set_postfix_str(what, refresh=False)
            bar.update(done - bar.n)

        for path in demo.write(args.out, args.cases, args.seed, show):
            print(path)
    return 0
