"""Why a delivery is not taken back."""

from data.errors import DashboardError


class NotStoredError(DashboardError):
    """No delivery that stands has this hash or sender."""

    exit_code = 2

    def __str__(self) -> str:
        return (
            f"No delivery of a sender {self.args[0]!r} or with this hash is in the store, or it was taken "
            "back already. `python -m data status` lists them all."
        )


class LeansOnItError(DashboardError):
    """A single table that was handed in later refers to the cases of this delivery."""

    exit_code = 2

    def __str__(self) -> str:
        later = self.args[0]
        return (
            f"A single table of {later.sender}, {later.reporting_date:%d.%m.%Y}, was handed in after it and "
            f"refers to its cases. Nothing was taken back. Take that one back first: {later.sha256[:12]}"
        )
