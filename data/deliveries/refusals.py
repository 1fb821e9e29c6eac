"""A refused delivery leaves a line in the audit log: who, whose, which rules, and nothing of its content."""

from data.deliveries import audit, register, store
from data.deliveries.findings import counts
from data.deliveries.imported import Checked
from data.deliveries.locks import store_lock
from data.deliveries.sender import Given
from data.settings import Settings


def note(settings: Settings, checked: Checked, given: Given, by: str) -> None:
    """Write the line if the delivery is refused. Raises sqlite3.Error.

    The hash of the files is left out, since a file of few rows could be guessed by it. A sender that was only
    said beside the files is named if the store knows it; it may be anything else.
    """
    if not checked.refused:
        return
    stated = checked.head if checked.head and checked.head.complete else None
    sender = stated.sender if stated else _known(settings, given.sender)
    faults = counts(group for group in checked.groups if group.severity == "fault")
    rules = ", ".join(f"{rule}: {count}" for rule, count in sorted(faults.items()))
    with store_lock(settings.store), register.opened(settings.store) as opened:
        audit.note(opened, "refused", by, None, sender, rules)


def _known(settings: Settings, sender: str | None) -> str | None:
    return sender if sender in {each.sender for each in store.all_deliveries(settings)} else None
