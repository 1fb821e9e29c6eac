"""`python -m data verify`: hash everything that is stored once more, say what is damaged, make the register
again from the deliveries.
"""

import argparse
import json
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from data import commands
from data.foundation import settings, storedjson
from data.foundation.languages import counted
from data.foundation.steps import Step

if TYPE_CHECKING:
    from data.deliveries.store.restoring import Restored
    from data.upkeep.integrity import StoreReport

DAMAGED = 6
CODES = """exit codes: 0 everything is as it was accepted; 1 the store can't be read; 6 something is
damaged, or a delivery is not in the register."""


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "verify", help="hash everything stored again; what is damaged?", epilog=CODES
    )
    parser.add_argument(
        "--clean",
        action="store_true",
        help="remove leftovers if nothing is damaged; put deliveries aside",
    )
    parser.add_argument("--restore", action="store_true", help="enter every delivery of the store again")
    parser.add_argument("--json", action="store_true", help="the result as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0: sound; 6: something is damaged or not in the register."""
    from tqdm import tqdm

    from data.deliveries.store import restoring
    from data.deliveries.store.slips import ASIDE
    from data.upkeep import integrity

    settled = settings.from_environment()
    restored = restoring.restore(settled, commands.operator()) if args.restore else None
    with tqdm(unit="delivery", file=sys.stderr, disable=not sys.stderr.isatty()) as bar:

        def progress(step: Step) -> None:
            bar.total = step.of
            bar.set_description(step.about, refresh=False)
            bar.update(step.done - bar.n)

        verified = integrity.damages_and_leftovers(settled, progress)
    removed = integrity.remove_leftovers(settled, verified, commands.operator()) if args.clean else ()
    if args.json:
        said = {**storedjson.plain(verified), "removed": removed, "restored": storedjson.plain(restored)}
        print(json.dumps(said, ensure_ascii=False, indent=2))
    else:
        aside = {name for name in removed if (settled.store / ASIDE / PurePosixPath(name).name).exists()}
        print("\n".join([*(_restored(restored) if restored else ()), _text(verified, removed, aside)]))
    if args.clean and verified.damages:
        print("Nothing was removed: what is damaged has to be looked at first.", file=sys.stderr)
    return DAMAGED if verified.damages or {*verified.unregistered} - {*removed} else 0


def _restored(found: "Restored") -> list[str]:
    lines = [f"put aside: the damaged register, now {found.register}"] if found.register else []
    lines += [f"registered again: {name}" for name in found.entered]
    lines += [f"marked as taken back again: {name}" for name in found.taken_back]
    lines += [f"put aside: {name}: the same files stand already" for name in found.aside]
    lines += [f"not registered: {name}: {reason}" for name, reason in found.impossible]
    return lines or ["nothing was missing in the register"]


def _text(verified: "StoreReport", removed: tuple[str, ...], aside: set[str]) -> str:
    lines = [
        f"damaged: {each.file}\n  expected: {each.expected}\n  found:    {each.found}"
        for each in verified.damages
    ]
    lines += [
        f"not in the register: {name} (--restore enters it; --clean puts it aside)"
        for name in verified.unregistered
        if name not in removed
    ]
    for name in verified.leftovers:
        if name in verified.unregistered and name not in removed:
            continue
        gone = "put aside" if name in aside else "removed"
        word = gone if name in removed else "left over, harmless (--clean removes it)"
        lines.append(f"{word}: {name}" + (" (--restore enters it again)" if word == "put aside" else ""))
    looked = f"{counted(verified.deliveries, 'delivery', 'deliveries')}, {counted(verified.files, 'file')}"
    if verified.releases:
        looked += f", {counted(verified.releases, 'release')}"
    lines.append(f"{looked}: {f'{len(verified.damages)} damaged' if verified.damages else 'all sound'}")
    return "\n".join(lines)
