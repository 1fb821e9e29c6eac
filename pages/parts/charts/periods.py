"""The periods between the first and the last, so that a missing one is a gap and not a short cut."""

from collections.abc import Iterable

from data import periods


def span(values: Iterable[str]) -> list[str]:
    """Every period from the first to the last. Other values stay as they came, each once."""
    once = list(dict.fromkeys(values))
    found = [period for period in map(periods.read, once) if period]
    grains = {period.grain for period in found}
    if not once or len(found) < len(once) or len(grains) != 1:
        return once
    positions = [period.position for period in found]
    return [str(periods.at(each, found[0].grain)) for each in range(min(positions), max(positions) + 1)]


def ticks(values: list[str], most: int = 8) -> list[str]:
    """Which values are named on the axis: all if they fit, else the first period of some of the years."""
    starts = [value for value in values if begins_a_year(value)]
    chosen = values if len(values) <= most or len(starts) < 2 else starts
    step = max(1, -(-len(chosen) // most))
    # Counted from the end, because readers look for the newest.
    return chosen[::-1][::step][::-1]


def begins_a_year(value: str) -> bool:
    """Whether this is a year, or its first quarter or month."""
    found = periods.read(value)
    return found is not None and found.number == 1
