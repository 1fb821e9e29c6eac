"""What was found out about one hand-in, and what became of it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from data.deliveries.format.findings import FaultyRows, Finding, Group, counts, has_fault, listed
from data.deliveries.format.parts import Part, Recognised
from data.deliveries.format.sender import Sender
from data.deliveries.guard.refusal import refused_by_guard
from data.foundation import storedjson

NO_TABLE = frozenset({"header-below", "no-header", "no-table", "nothing-read", "profile-table-missing"})
PASSED_OVER = frozenset({"unknown-file", "unknown-sheet", "table-like"})
# A column that is missing beside one that nobody knows was renamed; missing by itself it was forgotten.
ABSENT, UNKNOWN = (
    frozenset({"column-missing"}),
    frozenset({"unknown-column", "column-like", "profile-column"}),
)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """The delivery at one path. `already_stored`: the same files are in the store; `taken_back`: but they do
    not stand, and are not to be accepted anew.

    `head` says who handed in, as of when, as far as that could be read; `rows` counts the rows per table.
    `hidden_from_guard`: something of the files could not be read, so the anonymity guard has not seen it;
    such a delivery is refused, and nothing of it is kept. `received` is the hash of the files as they were
    handed in, without a profile, also where a part of them is left out of what is kept.
    """

    path: str
    sha256: str
    head: Sender | None
    rows: dict[str, int]
    recognised: tuple[Recognised, ...]
    groups: tuple[Group, ...]
    already_stored: bool = False
    taken_back: bool = False
    hidden_from_guard: bool = field(default=False, metadata={storedjson.NAME: "unread"})
    received: str = ""
    faulty: tuple[FaultyRows, ...] = field(default=(), repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """Rule -> number of findings, exact."""
        return counts(self.groups)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """At most the first 1,000 findings of each rule."""
        return listed(self.groups)

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


def is_other(checked: Checked) -> bool:
    """Whether these files were not known as the export format, and no profile fitted them either.

    Never where the anonymity guard refused them: those files are not kept.
    """
    if refused_by_guard(checked.groups):
        return False
    rules = {group.rule for group in checked.groups}
    return bool(rules & NO_TABLE or _places(checked.groups, ABSENT) & _places(checked.groups, UNKNOWN))


def is_of_other_kind(groups: Iterable[Group]) -> bool:
    """Whether a delivery was told that it is in the wrong store: nothing of it may stay there."""
    return any(each.rule.startswith("kind-") for each in groups)


def is_nothing(parts: Iterable[Part], said: Collection[Group]) -> bool:
    """Whether no table was read at all, or files or sheets were passed over beside `lieferung` alone.

    The guard only looks at what was read. Taken over, such a delivery would be kept unseen, and would leave
    its sender without a case.
    """
    read = {part.table for part in parts}
    passed_over = any(group.rule in PASSED_OVER for group in said)
    return (not read or (passed_over and read == {"lieferung"})) and not has_fault(said)


def _places(groups: Iterable[Group], rules: frozenset[str]) -> set[tuple[str, str | None]]:
    return {(group.file, group.sheet) for group in groups if group.rule in rules}
