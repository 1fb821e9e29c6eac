"""A chart that was drawn for one reader serves all: it follows from answer, choices and language alone."""

import json
from collections.abc import Callable, Hashable
from functools import wraps
from threading import Lock
from typing import ParamSpec, Protocol

import plotly.graph_objects as go
from cachetools import LRUCache, cached

BYTES = 64_000_000

P = ParamSpec("P")
# As JSON: the objects of Plotly take five (a map) to fourteen times (a line) as much memory.
_charts: LRUCache[Hashable, str] = LRUCache(BYTES, getsizeof=len)
_lock = Lock()


class Drawn(Protocol):
    """What a chart can be drawn as: a `Sketch`, or what Plotly has for it."""

    def to_json(self, *, validate: bool = ...) -> str:
        """As Plotly reads it."""


def once(draw: Callable[P, Drawn]) -> Callable[P, go.Figure]:
    """What `draw` returns is kept by all that it was called with; the longest unused goes first.

    An answer is known by its question, choices, rows and edition, so nothing has to be forgotten by hand: a
    new release has other answers. Everybody gets a figure of their own, made without checking it again.
    """

    def key(*given: Hashable, **named: Hashable) -> Hashable:
        return draw.__module__, draw.__qualname__, given, tuple(sorted(named.items()))

    @cached(_charts, key, _lock)
    def as_json(*given: P.args, **named: P.kwargs) -> str:
        return str(draw(*given, **named).to_json(validate=False))

    @wraps(draw)
    def shown(*given: P.args, **named: P.kwargs) -> go.Figure:
        return go.Figure(json.loads(as_json(*given, **named)), _validate=False)

    return shown
