"""What goes wrong with an engine that is not in this process."""

from data.foundation.errors import DashboardError


class EngineError(DashboardError):
    """The server does not answer, or could not work something out."""

    exit_code = 4

    def __init__(self, server: str, error: Exception) -> None:
        reason = next(
            (line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__
        )
        super().__init__(
            f"The Spark Connect server at {server} did not work it out ({reason[:200]}). "
            "Nothing was published; the figures before this build stay in use."
        )


class NotInstalledError(DashboardError):
    """The client of the server is an extra."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "DASHBOARD_ENGINE is spark, and its client is not installed: `make .venv/spark` installs it."
        )
