"""One writer at a time: a lock on the store that the operating system gives back when its process dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def store_lock(store: Path) -> Iterator[None]:
    """Hold the store's lock; waits for whoever has it."""
    store.mkdir(parents=True, exist_ok=True)
    with (store / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
