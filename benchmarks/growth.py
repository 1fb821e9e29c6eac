"""Whether time grows with the rows, and how much memory 2 GB of text take."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks import exports, offices
from benchmarks.measured import compared, in_turns, peak_mb
from benchmarks.promises import Figure, Promise

SIZES = (100_000, 1_000_000, 10_000_000)  # below 100,000 rows what is constant outweighs them
LARGE = 24_000_000
PROMISES = (
    *(
        Promise(f"growth-{rows}", f"hand-in of {rows:,} goals", f"the same of {tenth:,}", at_most=10)
        for tenth, rows in pairwise(SIZES)
    ),
    Promise("memory", "memory for the hand-in of a CSV of 2.0 GB", unit="MB", below=1000),
)


def figures(folder: Path, sizes: tuple[int, ...] = SIZES, large: int = LARGE) -> Iterator[Figure]:
    """Each size against the one before; then the largest, in a process of its own."""
    before = 0.0
    for rows in sizes:
        place = folder / str(rows)
        settings = offices.with_cases(place, rows)
        goals = exports.goals(place, rows)
        (seconds,) = in_turns(lambda: offices.hand_in_goals(goals, settings), rounds=1 if rows > 10**6 else 3)  # noqa: B023
        if before:
            yield compared(f"growth-{rows}", seconds, before)
        before = seconds
        goals.unlink()
    place = folder / "large"
    settings = offices.with_cases(place, large)
    goals = exports.goals(place, large)
    yield Figure("memory", peak_mb(offices.hand_in_goals, goals, settings), f"{large:,} rows")
