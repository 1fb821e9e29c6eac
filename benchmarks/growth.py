"""Whether time grows with the rows, and how much memory 2 GB of text take."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks import exports, offices
from benchmarks.measured import Line, in_turns, peak_mib

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
LARGE = 24_000_000


def lines(folder: Path) -> Iterator[Line]:
    """Seconds per row should stay as they are; below 100,000 rows what is constant outweighs them."""
    before = None
    for rows in SIZES:
        place = folder / str(rows)
        settings = offices.with_cases(place, rows)
        goals = exports.goals(place, rows)
        (seconds,) = in_turns(lambda: offices.hand_in_goals(goals, settings), rounds=1 if rows > 10**6 else 3)  # noqa: B023
        ratio = f"{seconds / before:.1f} × the time of a tenth" if before else ""
        yield Line(f"hand-in of {rows:,} goals", f"{seconds:.2f} s", "", ratio, "≤ 10 or so")
        before = seconds
        goals.unlink()
    place = folder / "large"
    settings = offices.with_cases(place, LARGE)
    goals = exports.goals(place, LARGE)
    size = goals.stat().st_size / 1e9
    peak = peak_mib(offices.hand_in_goals, goals, settings)
    yield Line(
        f"memory for a CSV of {size:.1f} GB ({LARGE:,} rows)", f"{peak:.0f} MiB", "", "", "< 1,000 MiB"
    )
