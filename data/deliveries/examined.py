"""A delivery that was received and checked, and waits for somebody to say yes."""

from dataclasses import dataclass
from datetime import datetime

from data.deliveries.comparison import Comparison
from data.deliveries.imported import Checked


@dataclass(frozen=True, kw_only=True)
class Examined(Checked):
    """A delivery that was received and checked but not taken over, and what it would change.

    `token` is None for one that is not kept: the anonymity guard refused it or could not read all of it, or
    it is in the store already. `comparison` is None where faults leave nothing to compare. `sender_given`,
    `date_given` and `profile` (its text) are what was said beside the files.
    """

    by: str
    examined_at: datetime
    token: str | None = None
    comparison: Comparison | None = None
    sender_given: str | None = None
    date_given: str | None = None
    profile: str | None = None

    @property
    def needs_confirmation(self) -> bool:
        """It can be accepted, but only with a reason why its warnings are right."""
        return not self.refused and not self.already_stored and self.has_warnings

    @property
    def acceptable(self) -> bool:
        """`accept` takes it over, with a reason where one is needed."""
        return self.token is not None and not self.refused
