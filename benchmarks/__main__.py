"""`python -m benchmarks [goals] [books] [growth] [releases]`: ratios in one run, as a Markdown table."""

import sys
import tempfile
from pathlib import Path

from benchmarks import books, goals, growth, releases
from benchmarks.measured import markdown

ALL = {"goals": goals, "books": books, "growth": growth, "releases": releases}


def main(chosen: list[str]) -> None:
    """Measure what was chosen, or everything."""
    with tempfile.TemporaryDirectory() as name:
        found = (line for each in chosen or ALL for line in ALL[each].lines(_new(Path(name) / each)))
        for row in markdown(found):
            print(row, flush=True)


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
