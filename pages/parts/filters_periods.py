"""The periods that a reader can choose, worked out from the newest reporting date."""

from datetime import date, timedelta

FIRST_YEAR = 2018


def offered(as_of: date) -> tuple[str, ...]:
    """Quarters newest first, then years, then months. Only the running year may be incomplete."""
    quarters = [f"{year}-Q{quarter}" for year, quarter in _backwards(as_of, 4)]
    years = [str(year) for year in range(as_of.year, FIRST_YEAR - 1, -1)]
    months = [f"{year}-{month:02}" for year, month in _backwards(as_of, 12)]
    return (*quarters, *years, *months)


def latest(as_of: date) -> str:
    """The newest quarter that is complete."""
    return offered(as_of)[0]


def _backwards(as_of: date, parts: int) -> list[tuple[int, int]]:
    # The day after the reporting date lies in the first part of a year that is not complete yet.
    after = as_of + timedelta(days=1)
    complete = after.year * parts + (after.month - 1) * parts // 12
    return [_part(at, parts) for at in range(complete - 1, FIRST_YEAR * parts - 1, -1)]


def _part(at: int, parts: int) -> tuple[int, int]:
    """Year and part of a year, counted from one."""
    year, part = divmod(at, parts)
    return year, part + 1
