"""What goes wrong with an engine that is not in this process."""

import re

from data.foundation.errors import DashboardError

LONGEST = 200  # signs of what the server says


class EngineError(DashboardError):
    """The server does not answer, or could not work something out."""

    exit_code = 4

    def __init__(self, server: str, error: Exception) -> None:
        address = server.partition("/;")[0]  # behind it may stand a token
        details = re.search(r'details = "([^"]+)', str(error))  # of a call that did not get through
        said = details[1] if details else str(error)
        reason = next((line.strip() for line in said.splitlines() if line.strip()), type(error).__name__)
        super().__init__(
            f"The Spark Connect server at {address} did not work it out ({reason[:LONGEST].rstrip('.')}). "
            "Nothing was published; the figures before stay in use."
        )


class NotInstalledError(DashboardError):
    """The client of the server is an extra."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "DASHBOARD_ENGINE is spark, and its client is not installed: `make .venv/spark` installs it."
        )
