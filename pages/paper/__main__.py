"""`python -m pages.paper --area 08425071 --out langenau.pdf`: one place as a PDF, without a server."""

import argparse
import sys
from pathlib import Path

from data.foundation import areas, durable
from data.foundation.errors import DashboardError
from data.foundation.languages import DEFAULT
from pages.drawing import made
from pages.paper import edition, sheets, typeset
from pages.text import words


def main(given: list[str] | None = None) -> int:
    """Write the file and say where; 2 for a choice that does not exist, 4 where nothing is published."""
    asked = _parser().parse_args(given)
    try:
        chosen = edition.chosen(asked.area, asked.period, asked.release, asked.compare)
        # Nobody else waits for this process, so it draws itself.
        values = sheets.of(chosen, words.of(asked.lang))
        drawn = typeset.written(values, typeset.when(chosen), made.here)
        durable.replace(asked.out, drawn)
    except DashboardError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"{asked.out} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"{asked.out}: {areas.register()[asked.area].label}, {chosen.period}, release {chosen.edition}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pages.paper", description=__doc__)
    parser.add_argument(
        "--area", required=True, help="official key (AGS), e.g. 08111000 for Stuttgart, 08 the Land"
    )
    parser.add_argument("--out", required=True, type=Path, help="where the PDF is written")
    parser.add_argument("--lang", default=DEFAULT, choices=tuple(words.spoken()), help="its language")
    parser.add_argument(
        "--period", help="2026, 2026-Q3 or 2026-09; the newest quarter of the place without it"
    )
    parser.add_argument("--compare", help="key of an area to stand beside it")
    parser.add_argument("--release", help="name of a release; the newest without it")
    return parser


if __name__ == "__main__":
    sys.exit(main())
