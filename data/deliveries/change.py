"""One figure before and after a delivery, and whether the change is an odd one."""

from dataclasses import dataclass
from decimal import Decimal

FAR = Decimal("0.3")  # export-format: "a sum far from the last delivery (±30 %)"


@dataclass(frozen=True)
class Change:
    """One figure before and after. None: unknown, as the delivery doesn't have the table.

    `name` is a key figure (cases, active_cases, goals, plans, posts_approved_vzae, posts_filled_vzae,
    funds_eur:<stage>) or an area code. `least` is the smallest difference that can be a jump.
    """

    name: str
    before: Decimal | None
    after: Decimal | None
    least: int = 0

    @property
    def difference(self) -> Decimal | None:
        """After minus before."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def ratio(self) -> float | None:
        """The difference as a share of before; None if that was nothing."""
        return float(self.difference / self.before) if self.difference is not None and self.before else None

    @property
    def is_jump(self) -> bool:
        """More than 30 % more or less, or something where nothing was, or the other way round."""
        if not self.difference or abs(self.difference) < self.least:
            return False
        return is_far(self.after or Decimal(0), self.before or Decimal(0))


def is_far(now: Decimal, then: Decimal) -> bool:
    """Whether a sum is far from the last one: more than 30 % more or less, or anything where nothing was."""
    return abs(now - then) > abs(then) * FAR
