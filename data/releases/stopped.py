"""Why a release was not made."""

from collections.abc import Mapping
from typing import Any

from data.errors import DashboardError


class NoteMissing(DashboardError):
    """Closed periods change, and nobody has said why."""

    exit_code = 5

    def __init__(self, before: str, revised: dict[str, int]) -> None:
        self.revised = revised
        changed = ", ".join(f"{number:,} in {name}" for name, number in revised.items())
        super().__init__(
            f"Figures of periods that {before} has published already would change: "
            f"{changed or 'all of them, because a new series begins'} (cells). "
            'Say why with --note "…": readers see it together with the list. Nothing was published.'
        )


class AttackSucceeded(DashboardError):
    """The red team found something."""

    exit_code = 4

    def __init__(self, report: Mapping[str, Any]) -> None:
        found = [each for each in report.get("attacks", ()) if not each["passed"]]
        told = "; ".join(f"{each['number']} {each['name']} {each['figures']}" for each in found)
        super().__init__(
            f"An attack on the release succeeded: {told or report}. Nothing was published. The deviations "
            "depend on the keys: a first release gets other ones when it is made again, a later one with "
            "--new-series. If it fails with those too, tell the maintainers what stands above."
        )
