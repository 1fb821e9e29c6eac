"""Whether files come in another shape than the export format's, so that only a mapping profile helps."""

from collections.abc import Collection, Iterable

from data.deliveries.findings import Group, has_fault
from data.deliveries.guarded import refused_by_guard
from data.deliveries.imported import Checked
from data.deliveries.parts import Part

NO_TABLE = frozenset({"no-header", "no-table", "nothing-read", "profile-table-missing"})
PASSED_OVER = frozenset({"unknown-file", "unknown-sheet"})
# A column that is missing beside one that nobody knows was renamed; missing by itself it was forgotten.
ABSENT, UNKNOWN = frozenset({"column-missing"}), frozenset({"unknown-column", "profile-column"})


def is_other(checked: Checked) -> bool:
    """Whether these files were not known as the export format, and no profile fitted them either.

    Never where the anonymity guard refused them: those files are not kept.
    """
    if refused_by_guard(checked.groups):
        return False
    rules = {group.rule for group in checked.groups}
    return bool(rules & NO_TABLE or _places(checked.groups, ABSENT) & _places(checked.groups, UNKNOWN))


def is_nothing(parts: Iterable[Part], said: Collection[Group]) -> bool:
    """Whether files or sheets were passed over and no table was read but `lieferung`.

    The guard only looks at what was read. Taken over, such a delivery would be kept unseen, and would leave
    its sender without a case.
    """
    passed_over = any(group.rule in PASSED_OVER for group in said)
    return passed_over and all(part.table == "lieferung" for part in parts) and not has_fault(said)


def _places(groups: Iterable[Group], rules: frozenset[str]) -> set[tuple[str, str | None]]:
    return {(group.file, group.sheet) for group in groups if group.rule in rules}
