"""What is said of a log that is not what was written, by each that looks at a part of it."""

from typing import Any

from data.foundation.errors import DashboardError

Fields = tuple[Any, ...]  # of an entry but for its own hash


class DamagedAuditError(DashboardError):
    """The log is not what was written."""

    exit_code = 6
