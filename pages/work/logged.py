"""What the page Protokoll may do: read who did what, and take it away, for who audits."""

from collections.abc import Callable

from data import publish
from data.access import audit
from data.access.audit import Entry
from data.access.rights import Right
from data.foundation.settings import Settings
from pages.reading import reader
from pages.work.actions import noted


def entries() -> tuple[Entry, ...]:
    """All of the log, the newest first. Raises DamagedAuditError."""
    return tuple(reversed(audit.entries(_inside())))


def sound() -> int:
    """How many entries there are, all of them as they were written. Raises DamagedAuditError."""
    return audit.check(_inside())


def export() -> Callable[[], bytes]:
    """What gives all of the log as CSV, for a spreadsheet; that it was taken away is an entry itself.

    The file is made where nobody can be asked who they are, so that is done here, and their right once more
    there.
    """
    who = reader.person()
    publish.inside(who, Right.AUDIT)

    def written() -> bytes:
        chosen = publish.inside(who, Right.AUDIT)
        with noted(who, "audit: export", ""):
            return audit.as_csv(audit.entries(chosen)).encode("utf-8-sig")

    return written


def _inside() -> Settings:
    return publish.inside(reader.person(), Right.AUDIT)
