"""Files that were made are kept, and no more than a few are made at once: they follow from what was asked."""

import threading
from collections.abc import Callable, Sized
from typing import Generic, TypeVar

from cachetools import LRUCache

File = TypeVar("File", bound=Sized)


class BusyError(RuntimeError):
    """So many are made already that this one would have to wait too long."""


class Kept(Generic[File]):
    """What was made, by what it was made of. What was not asked for the longest makes room.

    The length of a file is its bytes; at most `at_once` are made at a time.
    """

    def __init__(self, most_bytes: int, at_once: int, wait_seconds: float) -> None:
        self.wait_seconds = wait_seconds
        self.files: LRUCache[object, File] = LRUCache(most_bytes, getsizeof=len)
        self.lock = threading.Lock()
        self.places = threading.BoundedSemaphore(at_once)

    def made(self, key: object, make: Callable[[], File]) -> File:
        """The file of this key, made now unless it is there. Raises BusyError."""
        if found := self._found(key):
            return found
        if not self.places.acquire(timeout=self.wait_seconds):
            raise BusyError
        try:
            # Somebody else may have made it while this one waited.
            found = self._found(key) or make()
        finally:
            self.places.release()
        self._keep(key, found)
        return found

    def _found(self, key: object) -> File | None:
        with self.lock:
            return self.files.get(key)

    def _keep(self, key: object, file: File) -> None:
        with self.lock:
            if len(file) <= self.files.maxsize:
                self.files[key] = file
