"""The keys of a series of releases, and what can be wrong with them."""

from dataclasses import dataclass, field
from pathlib import Path

from data.disclosure import keys
from data.errors import DashboardError


class KeysMissing(DashboardError):
    """The keys of the series are gone."""

    exit_code = 4

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The keys of this series of releases are missing: {path}. Put the file back from your backup. "
            "If it is lost for good, `python -m data release --new-series` makes new keys: every figure then "
            "gets another deviation, and readers have to be told."
        )


class KeysWrong(DashboardError):
    """These are not the keys of the series, or others could read them."""

    exit_code = 4


@dataclass(frozen=True)
class Keys:
    """Both keys. They are never printed."""

    k1: bytes = field(repr=False)
    k2: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Tells whether two pairs of keys are the same, and nothing else about them."""
        return f"{keys.fingerprint(self.k1)}-{keys.fingerprint(self.k2)}"
