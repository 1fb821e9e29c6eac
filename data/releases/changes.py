"""The main measures of places, as two releases show them."""

from dataclasses import dataclass

from data import areas
from data.disclosure.published import Cell, Gap, Published

MEASURES = ("active_cases", "opened", "closed", "plan_rate", "attainment_in_12")


@dataclass(frozen=True)
class Change:
    """One released value before and after; `Gap.UNKNOWN` before the first release."""

    area_code: str
    name: str
    before: Cell
    after: Cell

    @property
    def differs(self) -> bool:
        """Whether readers would see something else."""
        return self.before != self.after


def between(before: Published | None, after: Published) -> tuple[Change, ...]:
    """Every main measure of every area of `after`, with what `before` shows."""
    earlier = {row["area_code"]: row for row in before or ()}
    return tuple(
        Change(
            str(row["area_code"]), name, earlier.get(row["area_code"], {}).get(name, Gap.UNKNOWN), row[name]
        )
        for row in after
        for name in MEASURES
        if str(row["area_code"]) in areas.register()
    )
