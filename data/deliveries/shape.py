"""Whether files come in another shape than the export format's, so that only a mapping profile helps."""

from collections.abc import Iterable

from data.deliveries.findings import Group
from data.deliveries.guarded import refused_by_guard
from data.deliveries.imported import Checked

NO_TABLE = frozenset({"no-header", "no-table", "profile-table-missing"})
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
    if rules & NO_TABLE or _places(checked.groups, ABSENT) & _places(checked.groups, UNKNOWN):
        return True
    return bool(rules & PASSED_OVER) and all(each.table == "lieferung" for each in checked.recognised)


def _places(groups: Iterable[Group], rules: frozenset[str]) -> set[tuple[str, str | None]]:
    return {(group.file, group.sheet) for group in groups if group.rule in rules}
