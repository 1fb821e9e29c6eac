"""`python -m data verify`: hash everything that is stored once more and say what is damaged."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from data import commands
from data.foundation import settings, storedjson
from data.foundation.errors import counted
from data.foundation.steps import Step

if TYPE_CHECKING:
    from data.integrity import StoreReport

DAMAGED = 6
CODES = (
    """exit codes: 0 everything is as it was accepted; 1 the store can't be read; 6 something is damaged."""
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "verify", help="hash everything stored again; what is damaged?", epilog=CODES
    )
    parser.add_argument("--clean", action="store_true", help="remove leftovers, if nothing is damaged")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: sound; 6: something is damaged."""
    from tqdm import tqdm

    from data import integrity

    settled = settings.from_environment()
    with tqdm(unit="delivery", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:

        def progress(step: Step) -> None:
            bar.total = step.of
            bar.set_description(step.about, refresh=False)
            bar.update(step.done - bar.n)

        verified = integrity.damages_and_leftovers(settled, progress)
    removed = integrity.remove_leftovers(settled, verified, commands.operator()) if args.clean else ()
    if args.json:
        print(json.dumps({**storedjson.plain(verified), "removed": removed}, ensure_ascii=False, indent=2))
    else:
        print(_text(verified, removed))
    if args.clean and verified.damages:
        print("Nothing was removed: what is damaged has to be looked at first.", file=sys.stderr)
    return DAMAGED if verified.damages else 0


def _text(verified: "StoreReport", removed: tuple[str, ...]) -> str:
    lines = [
        f"damaged: {each.file}\n  expected: {each.expected}\n  found:    {each.found}"
        for each in verified.damages
    ]
    for name in verified.leftovers:
        word = "removed" if name in removed else "left over, harmless (--clean removes it)"
        lines.append(f"{word}: {name}")
    looked = f"{counted(verified.deliveries, 'delivery', 'deliveries')}, {counted(verified.files, 'file')}"
    if verified.releases:
        looked += f", {counted(verified.releases, 'release')}"
    lines.append(f"{looked}: {f'{len(verified.damages)} damaged' if verified.damages else 'all sound'}")
    return "\n".join(lines)
