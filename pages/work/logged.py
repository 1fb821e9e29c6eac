"""What the page Protokoll may do: read who did what, and take it away, for who audits."""

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


def export() -> bytes:
    """All of the log as CSV, for a spreadsheet; that it was taken away is an entry itself."""
    chosen = _inside()
    with noted(reader.person(), "audit: export", ""):
        return audit.as_csv(audit.entries(chosen)).encode("utf-8-sig")


def _inside() -> Settings:
    return publish.inside(reader.person(), Right.AUDIT)
