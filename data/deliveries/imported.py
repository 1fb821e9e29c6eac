"""What became of one hand-in."""

from dataclasses import dataclass

from data.deliveries.findings import Finding, Group, counts, kept
from data.deliveries.recognised import Recognised
from data.deliveries.sender import Sender


@dataclass(frozen=True)
class Imported:
    """The result for one path. `already_stored`: the same files were accepted before, nothing has changed.

    `head` says who handed in, as of when, as far as that could be read; `rows` counts the rows per table.
    """

    path: str
    accepted: bool
    already_stored: bool
    sha256: str
    head: Sender | None
    rows: dict[str, int]
    recognised: tuple[Recognised, ...]
    groups: tuple[Group, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Rule -> number of findings, exact."""
        return counts(self.groups)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """At most the first 1,000 findings of each rule."""
        return kept(self.groups)
