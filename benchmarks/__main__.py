"""`python -m benchmarks [PART...]`: measure, write README's table, end with 1 if a promise is broken."""

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import asking, books, deviations, goals, growth, readme, releases
from benchmarks.promises import Part, Promise, measure
from benchmarks.web import first_start, opening, pictures, readers, runs
from data.foundation.errors import DashboardError

MODULES = (goals, books, growth, first_start, deviations, releases, asking, runs, opening, pictures, readers)
PARTS = {module.__name__.rpartition(".")[2]: Part(module.PROMISES, module.figures) for module in MODULES}


def promises(parts: Mapping[str, Part]) -> tuple[Promise, ...]:
    """All that is declared, in the order of the table."""
    return tuple(promise for part in parts.values() for promise in part.promises)


def bench(parts: Mapping[str, Part], chosen: list[str], path: Path) -> list[str]:
    """Measure the chosen parts and write each into the table as soon as it is measured.

    The other rows stay. Returns a sentence for every promise that is broken in this run.
    """
    readme.write(
        path, promises(parts), {}
    )  # says at once, and not after an hour, that there is no place for it
    broken = []
    for name in chosen:
        with tempfile.TemporaryDirectory() as folder:
            for promise, figure in measure(name, parts[name], Path(folder)):
                row = readme.row(promise, figure)
                readme.write(path, promises(parts), {promise.id: row})
                what = f"{promise.measured} / {promise.against}" if promise.against else promise.measured
                limit = f", promised {promise.words}" if promise.words else ""
                print(f"{what}: {row.figure}{limit}", flush=True)
                if row.broken:
                    broken.append(f"{promise.id}: {what}: {row.figure}{limit}")
    return broken


def main(arguments: list[str]) -> int:
    """Measure what was chosen, or everything. 0: all promises are kept, 1: one is broken, 2: no such part."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of {', '.join(PARTS)}; all without")
    parser.add_argument("--readme", type=Path, default=readme.README, help="write the table of this file")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.parts if name not in PARTS]:
        parser.error(f"there is no part {unknown[0]!r}; there are {', '.join(PARTS)}")
    try:
        broken = bench(PARTS, given.parts or list(PARTS), given.readme)
    except DashboardError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for sentence in broken:
        print(f"broken: {sentence}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
