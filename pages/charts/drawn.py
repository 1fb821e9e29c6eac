"""A chart that was drawn for one reader serves all: it follows from answer, choices and language alone."""

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import ParamSpec

import plotly.graph_objects as go
from cachetools import LRUCache, cached

BYTES = 64_000_000  # of charts as JSON; in memory they take about three times as much

_lock = Lock()


def _size(entry: go.Figure) -> int:
    return len(entry.to_json(validate=False))


_charts: LRUCache[Hashable, go.Figure] = LRUCache(BYTES, getsizeof=_size)
P = ParamSpec("P")


def once(draw: Callable[P, go.Figure]) -> Callable[P, go.Figure]:
    """What `draw` returns is kept by all that it was called with, the longest unused goes first.

    An answer is known by its question, choices, rows and edition, so nothing has to be forgotten by hand: a
    new release has other answers. Whoever gets a chart shares it with others and must not change it.
    """

    def key(*given: Hashable, **named: Hashable) -> Hashable:
        return draw.__module__, draw.__qualname__, given, tuple(sorted(named.items()))

    return wraps(draw)(cached(_charts, key, _lock)(draw))
