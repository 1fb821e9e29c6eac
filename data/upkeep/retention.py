"""What was kept long enough is let go of; releases stay, and say that they can't be made again."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.access import audit
from data.deliveries.store import deliveries, forgetting, slips
from data.deliveries.store.deliveries import Stored
from data.deliveries.store.unusable import clearly
from data.foundation.durable import store_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings


class FutureDateError(DashboardError):
    """A day that has not been yet."""

    exit_code = 2


@dataclass(frozen=True)
class Due:
    """What was taken in before a day: what stands for nothing any more, and what today's figures rest on.

    `aside`: names of what `verify` put aside before it.
    """

    replaced: tuple[Stored, ...]
    in_force: tuple[Stored, ...]
    aside: tuple[str, ...]


def due(settings: Settings, before: datetime) -> Due:
    """What was accepted before this moment. Official lists are no personal matter and stay.

    Raises FutureDateError, StoreError, LostRegisterError.
    """
    if before > datetime.now(UTC):
        raise FutureDateError(f"{before:%Y-%m-%d} has not been yet. Nothing was let go of.")
    with clearly(settings.store):
        old = [each for each in deliveries.all_deliveries(settings) if each.accepted_at < before]
        folder = settings.store / slips.ASIDE
        aside = [path for path in sorted(folder.iterdir()) if _put(path) < before] if folder.is_dir() else []
    return Due(
        tuple(each for each in old if each.state != "accepted"),
        tuple(each for each in old if each.state == "accepted"),
        tuple(path.name for path in aside),
    )


def forget(settings: Settings, found: Due, by: str, in_force: bool = False) -> int:
    """Let go of it, and write each delivery into the log; how many there were. What today's figures rest on
    only where that is said. Raises StoreError, LostRegisterError, DamagedAuditError.
    """
    audit.check(settings)  # what can't be written down is not done
    chosen = (*found.replaced, *(found.in_force if in_force else ()))
    gone = forgetting.let_go(settings, chosen, by, in_force)
    for each in gone:
        told = f"{each.sender} {each.reporting_date} {each.sha256[:12]}"
        audit.note(settings, by, "delivery: forgotten", told)
    with clearly(settings.store), store_lock(settings.store):
        for name in found.aside:
            path = settings.store / slips.ASIDE / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if found.aside:
        audit.note(settings, by, "aside: forgotten", str(len(found.aside)))
    return len(gone)


def _put(path: Path) -> datetime:
    """When something was put aside, as its folder says: a rename changes that, and nothing else here."""
    return datetime.fromtimestamp(path.stat().st_ctime, UTC)
