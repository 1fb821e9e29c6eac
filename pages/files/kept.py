"""Files that were made are kept, and no more than a few are made at once: they follow from what was asked."""

import threading
from collections.abc import Callable, Sized
from concurrent.futures import Future
from typing import Generic, TypeVar

from cachetools import LRUCache

from pages.files import patience

File = TypeVar("File", bound=Sized)
MAKING_SECONDS = 7.0  # that one who asks for what is being made already waits, beside the time for a turn


class BusyError(RuntimeError):
    """So many are made already that this one would have to wait too long."""


class Kept(Generic[File]):
    """What was made, by what it was made of. What was not asked for the longest makes room.

    The length of a file is its bytes; at most `at_once` are made at a time. What several ask for at once is
    made once.
    """

    def __init__(self, most_bytes: int, at_once: int, wait_seconds: float) -> None:
        self.wait_seconds = wait_seconds
        self.files: LRUCache[object, File] = LRUCache(most_bytes, getsizeof=len)
        self.making: dict[object, Future[File]] = {}
        self.lock = threading.Lock()
        self.places = threading.BoundedSemaphore(at_once)

    def made(self, key: object, make: Callable[[], File]) -> File:
        """The file of this key, made now unless it is there. Raises BusyError, and what `make` raises."""
        with self.lock:
            if found := self.files.get(key):
                return found
            others = self.making.get(key)
            if others is None:
                own = self.making[key] = Future[File]()
        if others:
            try:
                return others.result(patience.left(self.wait_seconds + MAKING_SECONDS))
            except TimeoutError:
                raise BusyError from None
        try:
            found = self._in_turn(make)
        except BaseException as error:
            self._end(key)
            own.set_exception(error)
            raise
        self._end(key, found)
        own.set_result(found)
        return found

    def _in_turn(self, make: Callable[[], File]) -> File:
        if not self.places.acquire(timeout=patience.left(self.wait_seconds)):
            raise BusyError
        try:
            return make()
        finally:
            self.places.release()

    def _end(self, key: object, file: File | None = None) -> None:
        with self.lock:
            del self.making[key]
            if file is not None and len(file) <= self.files.maxsize:
                self.files[key] = file
