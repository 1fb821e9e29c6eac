"""Which findings are the anonymity guard's, and which kept it from looking: then nothing may be kept."""

import tomllib
from collections.abc import Iterable
from functools import lru_cache

from data.deliveries.findings import Group
from data.deliveries.wording import FOLDER

# Faults after which something in the files was never taken apart into cells, so nobody knows what it is.
UNREAD = frozenset(
    {
        "broken-archive", "broken-quotes", "broken-workbook", "cell-too-long", "changed-meanwhile",
        "encrypted", "formula-without-value", "header-too-long", "nested-archive", "no-header", "no-table",
        "no-text", "nothing-read", "old-workbook", "path-outside", "row-length", "table-twice", "too-large",
        "too-many-columns", "unreadable", "xml-entities",
    }
)  # fmt: skip


def kept_from_looking(groups: Iterable[Group]) -> bool:
    """Whether something of the files could not be read, so that the guard has not seen it."""
    return any(group.rule in UNREAD for group in groups)


def refused_by_guard(groups: Iterable[Group]) -> bool:
    """Whether the guard found something that a delivery may not hold."""
    return any(group.severity == "fault" and group.rule in _rules() for group in groups)


@lru_cache(maxsize=1)
def _rules() -> frozenset[str]:
    file = FOLDER / "guard.toml"
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))) if file.exists() else frozenset()
