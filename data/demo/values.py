"""The value lists of the export format that the demonstration data draws from (values.toml)."""

import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "values.toml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    with FILE.open("rb") as lines:
        return tomllib.load(lines)


def of(field: str) -> list[str]:
    """The values of a field; codes elsewhere are positions in this list."""
    return _lists()[field]


def code(field: str, value: str) -> int:
    """The position of one value."""
    return of(field).index(value)
