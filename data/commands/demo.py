"""`demo`: write the demonstration deliveries, or fill an empty store with them."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data import demo, settings
from data.demo import prepare
from data.steps import Progress, Step

CODES = (
    "exit codes: 0 done; 1 the store can't be written; 2 wrong arguments, or a folder that can't be written."
)
WRONG = 2


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help="write synthetic deliveries of all 44 Kreise", epilog=CODES)
    parser.add_argument(
        "--cases", type=_positive, default=200_000, metavar="N", help="number of cases (200000)"
    )
    parser.add_argument("--seed", type=int, default=2018, metavar="S", help="same seed, same bytes (2018)")
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--out", type=Path, metavar="FOLDER", help="write them into a folder")
    target.add_argument("--prepare", action="store_true", help="fill an empty store: write, import, build")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the deliveries (their paths go to stdout, one per line), or fill the store."""
    from data.deliveries.unusable import clearly

    with tqdm(unit="", disable=not sys.stderr.isatty()) as bar:
        shown = _on(bar)
        if args.prepare:
            chosen = settings.from_environment()
            with clearly(chosen.store):
                filled = prepare.fill(chosen, args.cases, args.seed, shown)
            if not filled:
                print("The store is filled already; nothing to do.", file=sys.stderr)
            if args.json:
                print(json.dumps({"filled": filled}))
            return 0
        try:
            paths = [
                str(path)
                for path in demo.write(
                    args.out, args.cases, args.seed, lambda step: shown(replace(step, stage=""))
                )
            ]
        except OSError as error:
            print(f"{args.out} can't be written: {error.strerror}. Name another folder.", file=sys.stderr)
            return WRONG
    print(json.dumps({"deliveries": paths}, ensure_ascii=False, indent=2) if args.json else "\n".join(paths))
    return 0


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _on(bar: "tqdm[Any]") -> Progress:
    """Progress on a terminal as a bar, elsewhere as a line every now and then."""

    def shown(step: Step) -> None:
        if bar.disable:
            if step.done in (1, step.of) or step.done % 10 == 0:
                print(f"{step.text}: {step.done} of {step.of}", file=sys.stderr, flush=True)
            return
        bar.total = step.of
        bar.set_description(step.text, refresh=False)
        bar.update(step.done - bar.n)

    return shown
