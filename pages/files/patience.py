"""Until when an answer has to be there, for all that is made of it: who waits for a part waits no longer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done in here, in this thread and in those that are handed its context, has so many seconds."""
    token = _UNTIL.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _UNTIL.reset(token)


def left(most: float) -> float:
    """How many seconds are left, at most so many; 0 where there are none."""
    until = _UNTIL.get()
    return most if until is None else max(0.0, min(most, until - time.monotonic()))
