"""What was found out about one hand-in, and what became of it."""

from dataclasses import dataclass, field

from data.deliveries.faultyrows import FaultyRows
from data.deliveries.findings import Finding, Group, counts, has_fault, kept
from data.deliveries.recognised import Recognised
from data.deliveries.sender import Sender


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The delivery at one path. `already_stored`: the same files are in the store; `taken_back`: but they do
    not stand, and are not to be accepted anew.

    `head` says who handed in, as of when, as far as that could be read; `rows` counts the rows per table.
    `unread`: something of the files could not be read, so the anonymity guard has not seen it; such a
    delivery is refused, and nothing of it is kept. `received` is the hash of the files as they were handed
    in, without a profile, also where a part of them is left out of what is kept.
    """

    path: str
    sha256: str
    head: Sender | None
    rows: dict[str, int]
    recognised: tuple[Recognised, ...]
    groups: tuple[Group, ...]
    already_stored: bool = False
    taken_back: bool = False
    unread: bool = False
    received: str = ""
    faulty: tuple[FaultyRows, ...] = field(default=(), repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """Rule -> number of findings, exact."""
        return counts(self.groups)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """At most the first 1,000 findings of each rule."""
        return kept(self.groups)

    @property
    def refused(self) -> bool:
        """A rule of the export format is broken; only other files help."""
        return self.head is None or has_fault(self.groups)

    @property
    def has_warnings(self) -> bool:
        """Something is plausible but odd: whoever hands in has to say why it is right."""
        return any(group.severity == "warning" for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class Imported(Checked):
    """What became of it. `accepted`: it is in the store. `needs_confirmation`: it would be, with a reason."""

    accepted: bool
    needs_confirmation: bool = False
