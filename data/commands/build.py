"""`python -m data build`: a new warehouse from the accepted deliveries."""

import argparse
import json
import sys
from typing import Any

from tqdm import tqdm

from data.commands import AFTER_BUILD
from data.foundation import settings
from data.foundation.steps import Step
from data.warehouse import build


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "build", help="build new figures and let them serve (exit 4: a check failed)"
    )
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Build, with progress on stderr and the version on stdout."""
    bar: tqdm[Any] | None = None

    def progress(step: Step) -> None:
        nonlocal bar
        if bar is None:
            bar = tqdm(total=step.of, desc="build", unit="step", disable=not sys.stderr.isatty())
        if bar.disable and step.done in (1, step.of):
            print(f"build: step {step.done} of {step.of} ({step.about})", file=sys.stderr)
        bar.set_postfix_str(step.about, refresh=False)
        bar.update(1)

    pointer = build.warehouse(settings.from_environment(), progress)
    if bar is not None:
        bar.close()
    built = {"version": pointer.version, "built_at": pointer.built_at.isoformat()}
    print(json.dumps(built, indent=2) if args.json else pointer.version)
    if not args.json:
        print(AFTER_BUILD, file=sys.stderr)
    return 0
