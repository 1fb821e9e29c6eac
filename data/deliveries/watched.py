"""A drop folder that one program looks after."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import DashboardError


class WatchedError(DashboardError):
    """No folder, or one that another `watch` looks after."""

    exit_code = 2

    def __str__(self) -> str:
        folder, reason = self.args
        return f"{folder}: {reason}. Give the folder into which deliveries are dropped, once."


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Look after a folder, alone. Raises `WatchedError`."""
    if not folder.is_dir():
        raise WatchedError(folder, "there is no such folder")
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise WatchedError(folder, "another `watch` looks after it already") from error
    finally:
        os.close(handle)
