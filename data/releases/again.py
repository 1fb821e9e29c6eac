"""Whether a release could be made once more: the deliveries it rests on may have been let go of since."""

from datetime import datetime

from data.deliveries.store import forgetting
from data.foundation.settings import Settings
from data.releases.manifest import Manifest


def lost(settings: Settings, made: Manifest) -> int:
    """How many of the deliveries behind a release are gone for good. Raises DamagedFileError.

    A release names sender and date of each, and no hash; one that came later under the same was not in it.
    """
    created = datetime.fromisoformat(made.created_at)
    gone = {
        (each.sender, each.reporting_date)
        for each in forgetting.listed(settings.store)
        if datetime.fromisoformat(each.accepted_at) <= created
        and created <= datetime.fromisoformat(each.forgotten_at)
    }
    return len(gone & {(each["sender"], each["reporting_date"]) for each in made.deliveries})
