"""What happened from outside in the course of the programme: on which day, named in every language, by which
source. Charts over time show it, so that nobody looks for the reason of a bend elsewhere.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from data.foundation import land
from data.foundation.languages import Texts, texts
from data.foundation.periods import Period

FILE = land.folder() / "events.toml"
KINDS = ("people", "posts", "money")  # the figures that an event may bear on


@dataclass(frozen=True, eq=False)  # one is itself alone, so a chart can be kept by it
class Event:
    """One event, named by language, at length and in short; `at` is in which of `KINDS` charts show it."""

    on: date
    name: Texts
    short: Texts
    at: tuple[str, ...]
    source: str

    def is_in(self, period: Period) -> bool:
        """Whether it happened in this period."""
        return period.first_day <= self.on <= period.last_day


@lru_cache(maxsize=1)
def register() -> tuple[Event, ...]:
    """Every event, the oldest first."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))["event"]
    every = [
        Event(each["on"], texts(each, "name"), texts(each, "short"), tuple(each["at"]), each["source"])
        for each in found
    ]
    return tuple(sorted(every, key=lambda each: each.on))


def of(kind: str) -> tuple[Event, ...]:
    """The events that bear on one kind of figures. ValueError for a kind that there is not."""
    if kind not in KINDS:
        raise ValueError(f"no kind of figures is called {kind!r}; there are {', '.join(KINDS)}")
    return tuple(each for each in register() if kind in each.at)
