"""`python -m data demo`: write the demonstration deliveries, or fill an empty store with them at first."""

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from data import demo, redteam
from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.groupings import stock
from data.deliveries.handin.isolated import import_as_written
from data.deliveries.store import deliveries, kind
from data.demo import first_day
from data.foundation import apart, settings
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.foundation.steps import Progress, Step
from data.releases import make
from data.releases.draft import Attacks
from data.warehouse import models, versions

SENDERS = 44
WRONG = 2
CODES = (
    "exit codes: 0 done; 1 the store can't be written; 2 wrong arguments, or a folder that can't be written."
)


class DemonstrationRefusedError(DashboardError):
    """A demonstration delivery that the import does not take: a fault of this program."""

    exit_code = 3

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The demonstration delivery {name} was refused. Run `python -m data demo --out FOLDER` and "
            "`python -m data import FOLDER/...` to see the findings."
        )


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help="write synthetic deliveries of all 44 Kreise", epilog=CODES)
    parser.add_argument(
        "--cases", type=_positive, default=200_000, metavar="N", help="number of cases (200000)"
    )
    parser.add_argument("--seed", type=int, default=2018, metavar="S", help="same seed, same bytes (2018)")
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("--out", type=Path, metavar="FOLDER", help="write them into a folder")
    target.add_argument(
        "--first-day",
        type=Path,
        nargs="?",
        const=Path(),
        metavar="FOLDER",
        help="write a sheet as offices keep it (docs/first-day.md), into this folder or here",
    )
    target.add_argument("--prepare", action="store_true", help="fill an empty store: write, import, build")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the deliveries (their paths go to stdout, one per line), or fill the store."""
    from data.deliveries.store.unusable import clearly

    if args.first_day is not None:
        return _first_day(args)
    with tqdm(unit="", disable=not sys.stderr.isatty()) as bar:
        tell = _on(bar)
        if args.prepare:
            chosen = settings.from_environment()
            with clearly(chosen.store):
                filled = fill(chosen, args.cases, args.seed, tell)
            if not filled:
                print("The store is filled already; nothing to do.", file=sys.stderr)
            if args.json:
                print(json.dumps({"filled": filled}))
            return 0
        try:
            written = demo.write(args.out, args.cases, args.seed, lambda step: tell(replace(step, stage="")))
            written += demo.write_lists(args.out, args.seed)
        except OSError as error:
            print(f"{args.out} can't be written: {error.strerror}. Name another folder.", file=sys.stderr)
            return WRONG
    paths = [str(path) for path in written]
    print(json.dumps({"deliveries": paths}, ensure_ascii=False, indent=2) if args.json else "\n".join(paths))
    return 0


def _first_day(args: argparse.Namespace) -> int:
    try:
        path = first_day.write(args.first_day, args.seed)
    except OSError as error:
        print(f"{args.first_day} can't be written: {error.strerror}. Name another folder.", file=sys.stderr)
        return WRONG
    print(json.dumps({"workbook": str(path)}, ensure_ascii=False, indent=2) if args.json else str(path))
    if not args.json:
        print(f"Next: python -m data import {shlex.quote(str(path))}", file=sys.stderr)
    return 0


def fill(
    settings: Settings, cases: int, seed: int, progress: Progress, attacks: Attacks | None = None
) -> bool:
    """Write, import and release the demonstration, as any office hands in; False if there is nothing to do.

    A store that holds anything but demonstration deliveries is never touched, nor one with the sheet of a
    first day, which is a single table. One that a first start left half filled is completed: the same seed
    gives the same bytes, and what is stored is not stored again. `attacks` take the place of the usual ones.
    """
    stored = deliveries.all_deliveries(settings)
    if kind.of(settings) is kind.Kind.REAL or any(
        not (delivery.synthetic and delivery.complete) for delivery in stored
    ):
        return False
    missing = len({delivery.sender for delivery in stored}) < SENDERS
    serving, released = versions.current(settings.store), make.last(settings.store)
    # A newer program may ask for marts that the demonstration was built without.
    newest = models.fingerprint()
    if not missing and serving and serving.layers == newest and released and released.layers == newest:
        return False
    kind.decide(settings, kind.Kind.DEMONSTRATION)
    if missing or not deliveries.official_lists(settings):  # a demonstration of before had none
        settings.store.mkdir(parents=True, exist_ok=True)
        # It starts while the first delivery is being written.
        apart.prepare("data.deliveries.handin.isolated")
        with tempfile.TemporaryDirectory(prefix="demonstration-", dir=settings.store) as folder:
            paths = _written(Path(folder), cases if missing else 0, seed, progress)
            _hand_in(paths, settings, progress)
    if not settings.groupings.exists():
        stock.take_over(settings, demo.GROUPINGS, SYNTHETIC)
    make.make(
        replace(settings, two_people=False),  # nobody decides about made-up figures
        lambda step: progress(replace(step, stage="3/3 release")),
        make.Terms(note=SYNTHETIC),
        attacks=attacks or redteam.for_release(settings.protection),
    )
    return True


def _written(folder: Path, cases: int, seed: int, progress: Progress) -> Iterator[Path]:
    """The deliveries of so many cases, none without any, and the official lists."""
    if cases:
        yield from demo.written(folder, cases, seed, lambda step: progress(replace(step, stage="1/3 write")))
    yield from demo.write_lists(folder, seed)


def _hand_in(paths: Iterator[Path], settings: Settings, progress: Progress) -> None:
    handed_in: list[Path] = []

    def noted() -> Iterator[Path]:
        for path in paths:
            handed_in.append(path)
            yield path

    for done, imported in enumerate(import_as_written(noted(), settings), start=1):
        if not imported.accepted:
            raise DemonstrationRefusedError(handed_in[done - 1].name)
        progress(Step("2/3 import", "", done, len(handed_in)))


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _on(bar: "tqdm[Any]") -> Progress:
    """Progress on a terminal as a bar, elsewhere as a line every now and then."""

    def tell(step: Step) -> None:
        if bar.disable:
            if step.done in (1, step.of) or step.done % 10 == 0:
                print(f"{step.text}: {step.done} of {step.of}", file=sys.stderr, flush=True)
            return
        bar.total = step.of
        bar.set_description(step.text, refresh=False)
        bar.update(step.done - bar.n)

    return tell
