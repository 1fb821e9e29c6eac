"""A delivery that is damaged in the store: one sentence that names its file, wherever it is read again."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb

from data.deliveries import reading, register
from data.deliveries.altered import of_files
from data.deliveries.store import Stored
from data.errors import DashboardError
from data.settings import Settings


class DamagedDeliveryError(DashboardError):
    """A stored file is gone, or not as it was when its delivery was accepted."""

    exit_code = 6

    def __str__(self) -> str:
        return (
            f"{self.args[0]} is damaged, so nothing was made; the figures before stay in use. "
            "`python -m data verify` says what is wrong: put the file back from a backup and do it again."
        )


@contextmanager
def naming_damage(settings: Settings, stored: Mapping[str, Sequence[Stored]]) -> Iterator[None]:
    """Where reading these deliveries fails, look for the file to blame. Raises DamagedDeliveryError.

    An error that no damaged file explains is raised as it is.
    """
    try:
        yield
    except (duckdb.Error, OSError):
        if file := _damaged(settings, {one.id: one for tables in stored.values() for one in tables}):
            raise DamagedDeliveryError(file) from None
        raise


def _damaged(settings: Settings, deliveries: Mapping[int, Stored]) -> str | None:
    with reading.opened(settings.store) as opened:
        for number, one in deliveries.items():
            for damage in of_files(settings.store, one.folder, register.files(opened, number)):
                return damage.file
    return None
