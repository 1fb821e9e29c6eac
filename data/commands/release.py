"""`python -m data release`: make the next release from everything stored, and let it serve."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from tqdm import tqdm

from data import commands
from data.commands import AFTER_RELEASE
from data.foundation import settings, storedjson
from data.foundation.errors import DashboardError
from data.foundation.languages import counted
from data.foundation.steps import Step
from data.releases.manifest import Manifest

NOT_ATTACKED = "none was run: they know the parameters of the method only, and others are set here"

# What a municipality gets to see: the name, the table, the part, the level, the grain, the rows.
SEEN = (
    ("plan rate, year", "cases", "with_plan", "gemeinde", "year", ""),
    ("attainment, year", "goals", "attained", "gemeinde", "year", "total"),
    ("attainment, phase", "goals", "attained", "gemeinde", "phase", "total"),
    ("attainment, programme", "goals", "attained", "gemeinde", "programme", "total"),
    ("attainment by theme, programme", "goals", "attained", "gemeinde", "programme", "parts"),
    ("language B1, year", "outcomes", "language_at_b1", "gemeinde", "year", ""),
    ("in work, year", "outcomes", "working", "gemeinde", "year", ""),
    ("own housing, year", "outcomes", "in_own_housing", "gemeinde", "year", ""),
    ("attainment by area, Kreis, year", "goals", "attained", "kreis", "year", "parts"),
)


class BadTimeError(DashboardError):
    """A time that can't be read."""

    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is no time. Write it like 2026-10-15T09:00 (time of this machine).")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("release", help="publish: protected figures that everybody may read")
    parser.add_argument("--name", help="for example 2026-Q3 (the newest quarter that is complete)")
    parser.add_argument("--embargo", metavar="TIME", help="serve from then on, for example 2026-10-15T09:00")
    parser.add_argument(
        "--note", default="", metavar="TEXT", help="what readers should know, e.g. of revisions"
    )
    parser.add_argument("--new-series", action="store_true", help="with new keys; every figure deviates anew")
    two = parser.add_mutually_exclusive_group()
    two.add_argument("--propose", action="store_true", help="work it out, for somebody else to confirm")
    two.add_argument("--confirm", action="store_true", help="publish what somebody else proposed")
    parser.add_argument("--json", action="store_true", help="print the manifest")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make it, with progress on stderr; its name, or its manifest, goes to stdout."""
    from data import redteam
    from data.access import audit
    from data.releases import approval, make, preview

    chosen = settings.from_environment()
    with tqdm(unit="step", disable=not sys.stderr.isatty()) as bar:

        def progress(step: Step) -> None:
            if bar.disable and step.done in (1, step.of):
                print(f"release: step {step.done} of {step.of} ({step.about})", file=sys.stderr, flush=True)
            bar.total = step.of
            bar.set_description(step.about, refresh=False)
            bar.update(step.done - bar.n)

        attacks, by = redteam.for_release(chosen.protection), commands.operator()
        if args.propose:
            preview.prepare(chosen, progress, attacks=attacks)
            proposed = approval.propose(chosen, by, args.note, _time(args.embargo))
            audit.note(chosen, by, "propose", f"{proposed.name} {proposed.sha256[:12]}")
            print(storedjson.text(proposed, indent=2) if args.json else _proposed(proposed.name))
            return 0
        with audit.noted(chosen, by, "publish", args.name or "") as entry:
            if args.confirm:
                seen = approval.waiting(chosen)
                if seen is None:
                    raise approval.NothingProposedError
                entry.what = f"{seen.name} {seen.sha256[:12]}, proposed by {seen.by}"
                made = approval.confirm(chosen, by, seen, progress, attacks=attacks)
            else:
                terms = make.Terms(args.name, args.note, _time(args.embargo), args.new_series)
                made = make.make(chosen, progress, terms, attacks=attacks)
                entry.what = f"{made.name} {made.sha256[:12]}"
    print(storedjson.text(made, indent=2) if args.json else _summary(made))
    if not args.json:
        print(AFTER_RELEASE, file=sys.stderr)
    return 0


def _proposed(name: str) -> str:
    return (
        f"{name} is proposed. Somebody else publishes it: `python -m data release --confirm`, or the page. "
        "It lapses with the next delivery or preview."
    )


def _time(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise BadTimeError(text) from None


def _summary(made: Manifest) -> str:
    shown: dict[str, Any] = {
        "release": made.name,
        "series": f"{made.series} (a new one)" if made.starts_series else made.series,
        "serves from": made.serves_from,
        "rests on": counted(len(made.deliveries), "delivery", "deliveries"),
        "revised": ", ".join(f"{name}: {number}" for name, number in made.revised.items()) or "nothing",
        "attacks": f"{len(made.red_team.get('attacks', []))} withstood" if made.red_team else NOT_ATTACKED,
        "sha256": made.sha256,
    }
    lines = [f"{name:12} {value}" for name, value in shown.items()]
    return "\n".join([*lines, "", *_seen(made)])


def _seen(made: Manifest) -> list[str]:
    """How many places see a share, of those where there is anybody: too few places have a point instead."""
    head = f"{'seen, in percent of places with any':34} number  or band  or association's"
    lines = [head]
    for name, table, part, level, grain, of in SEEN:
        wanted = (part, level, grain, of)
        entries = made.tables.get(table, ())
        found = next((each for each in entries if _about(each) == wanted), {})
        seen = found.get("seen") or {}
        written = [
            f"{seen[each]:.0%}" if each in seen else "." for each in ("number", "told", "with_association")
        ]
        lines.append(f"{name:34} {written[0]:>6}  {written[1]:>7}  {written[2]:>16}")
    return lines


def _about(entry: dict[str, Any]) -> tuple[str, ...]:
    return entry["count"], entry["level"], entry["grain"], entry.get("of", "")
