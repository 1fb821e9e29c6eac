"""Which findings are the anonymity guard's: of a delivery that it refuses nothing may be kept or shown."""

import tomllib
from collections.abc import Iterable
from functools import lru_cache

from data.deliveries.findings import Group
from data.deliveries.wording import FOLDER


def refused_by_guard(groups: Iterable[Group]) -> bool:
    """Whether the guard found something that a delivery may not hold."""
    return any(group.severity == "fault" and group.rule in _rules() for group in groups)


@lru_cache(maxsize=1)
def _rules() -> frozenset[str]:
    file = FOLDER / "guard.toml"
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))) if file.exists() else frozenset()
