"""Bytes that were made once and are the same for every reader, until others need the room."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Kept:
    """At most `most_bytes` of them; those that nobody asked for longest make room."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._size = most_bytes, 0
        self._made: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def once(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is kept under this key; made now if nothing is."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = make()
        with self._lock:
            self._size += len(made) - len(self._made.pop(key, b""))
            self._made[key] = made
            while self._size > self._most:
                _, dropped = self._made.popitem(last=False)
                self._size -= len(dropped)
        return made
