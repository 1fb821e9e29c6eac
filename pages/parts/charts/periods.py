"""The periods between the first and the last, so that a missing one is a gap and not a short cut."""

from collections.abc import Iterable

from pages.parts.words import PERIOD


def span(values: Iterable[str]) -> list[str]:
    """Every period from the first to the last. Other values stay as they came, each once."""
    once = list(dict.fromkeys(values))
    found = [PERIOD.fullmatch(value) for value in once]
    steps = {_steps(value) for value in once}
    if not once or not all(found) or len(steps) != 1:
        return once
    per_year = steps.pop()
    numbers = [_position(value, per_year) for value in once]
    return [_written(number, per_year) for number in range(min(numbers), max(numbers) + 1)]


def ticks(values: list[str], most: int = 8) -> list[str]:
    """Which values are named on the axis: all if they fit, else the first period of some of the years."""
    starts = [value for value in values if value[4:] in ("", "-Q1", "-01")]
    chosen = values if len(values) <= most or len(starts) < 2 else starts
    step = max(1, -(-len(chosen) // most))
    # Counted from the end, because readers look for the newest.
    return chosen[::-1][::step][::-1]


def _steps(value: str) -> int:
    return 1 if len(value) == 4 else 4 if "Q" in value else 12


def _position(value: str, per_year: int) -> int:
    within = 1 if per_year == 1 else int(value[-1]) if per_year == 4 else int(value[-2:])
    return int(value[:4]) * per_year + within - 1


def _written(number: int, per_year: int) -> str:
    year, within = divmod(number, per_year)
    return {1: f"{year}", 4: f"{year}-Q{within + 1}"}.get(per_year, f"{year}-{within + 1:02d}")
