"""`python -m data.redteam`: make targets, attack them in full, and write docs/red-team.md."""

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from data import redteam
from data.foundation import durable
from data.redteam import controls, report, targets
from data.redteam.attacker import likelihood
from data.redteam.attacks import consistency

REPORT = Path(__file__).parents[2] / "docs" / "red-team.md"


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 if every attack failed and every negative control was found out, else 4."""
    parser = argparse.ArgumentParser(prog="python -m data.redteam", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="of the demonstration (20000)")
    parser.add_argument("--people", type=int, default=6_000, help="of the hard synthetic data (6000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=REPORT)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="red-team-") as folder:
        found = _all(Path(folder), chosen.cases, chosen.people, chosen.seed)
    durable.replace(chosen.out, report.written(found, date.today()))
    _say(f"{chosen.out.name}: {'passed' if found['passed'] else 'NOT PASSED'}")
    return 0 if found["passed"] else 4


def _all(folder: Path, cases: int, people: int, seed: int) -> dict[str, Any]:
    begun = time.monotonic()
    _say("demonstration: import and release")
    demonstration = targets.demonstration(folder / "demonstration", cases, seed)
    _say("hard data: import and release")
    difficult = targets.difficult(folder / "difficult", people, seed)
    _say("attacks on the demonstration")
    runs = {"demonstration": redteam.run(demonstration.release, demonstration.truth, seed=seed, full=True)}
    _say("attacks on the hard data")
    runs["difficult"] = redteam.run(difficult.release, difficult.truth, seed=seed, full=True)
    _say("the same release once more, and the next one")
    different = consistency.different_rows(difficult.release, targets.again(difficult, folder))
    after = targets.corrected(difficult, folder, people, seed)
    next_one = redteam.run(after.release, after.truth, seed=seed, before=after.before)
    _say("negative controls")
    weak = _controls(folder, difficult, seed)
    passed = all(run["passed"] for run in (*runs.values(), next_one)) and not different
    return {
        "passed": passed and all(weak.values()),
        "cases": cases,
        "people": people,
        "seed": seed,
        "runs": runs,
        "different_rows": different,
        "next": next(each for each in next_one["attacks"] if each["number"] == 8),
        "controls": weak,
        "minutes": (time.monotonic() - begun) / 60,
    }


def _controls(folder: Path, target: targets.Target, seed: int) -> dict[str, list[int]]:
    """By each control the numbers of the attacks that succeeded; an empty list would be a blind suite."""
    out = folder / "suppressed.duckdb"
    controls.suppressed(target.release, target.truth, out)
    with likelihood.undeviated():
        suppressed = redteam.run(out, target.truth, seed=seed)
    bare = targets.without_limit(target, folder)
    shown = redteam.run(bare.release, bare.truth, seed=seed, least=0)
    sums = controls.free_sums(target.truth, seed)
    return {
        "suppressed": _succeeded(suppressed),
        "without_limit": _succeeded(shown),
        "free_sums": [] if sums["passed"] else [sums["number"]],
    }


def _succeeded(run: dict[str, Any]) -> list[int]:
    return [each["number"] for each in run["attacks"] if not each["passed"]]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
