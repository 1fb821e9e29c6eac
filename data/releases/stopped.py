"""Why a release was not made."""

from data.errors import DashboardError


class NoteMissing(DashboardError):
    """Closed periods change, and nobody has said why."""

    exit_code = 5

    def __init__(self, before: str, revised: dict[str, int]) -> None:
        self.revised = revised
        changed = ", ".join(f"{number:,} in {name}" for name, number in revised.items())
        super().__init__(
            f"Figures of periods that {before} has published already would change: {changed} (cells). "
            'Say why with --note "…": readers see it together with the list. Nothing was published.'
        )


class AttackSucceeded(DashboardError):
    """The red team found something."""

    exit_code = 4
