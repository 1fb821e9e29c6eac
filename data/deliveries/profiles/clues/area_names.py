"""Areas that an office calls by their names: the keys that they have in the register."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from data.deliveries.format.names import heading_key
from data.foundation import areas
from data.foundation.areas import KREIS

# What stands before the name of a place: its postal code, and what kind of place it is.
BEFORE = re.compile(r"(\d{5}\s+)?((große kreisstadt|stadt|gemeinde|markt)\s+)?", re.IGNORECASE)
BRACKETS = re.compile(r"\s*\(.*\)$")
MOST_KREISE = 3  # of one office; their other places are named too, for the next delivery


def codes(values: Mapping[str, int], level: str) -> dict[str, str]:
    """Value -> key of the area of this level whose name it is. Of areas of one name it is the one in a Kreis
    where others of these values surely lie; where that decides nothing the value is left out.
    """
    found = {value: every for value in values if (every := _named(value, level))}
    kreise = Counter(areas.within(every[0], KREIS) for every in found.values() if len(every) == 1)
    surely = {
        value: [code for code in every if areas.within(code, KREIS) in kreise]
        for value, every in found.items()
    }
    return {value: every[0] for value, every in surely.items() if len(every) == 1}


def with_neighbours(named: Mapping[str, str], level: str) -> dict[str, str]:
    """The same with the other areas of the Kreise in which these lie: cases of the next delivery."""
    kreise = list(dict.fromkeys(kreis for code in named.values() if (kreis := areas.within(code, KREIS))))
    if not named or len(kreise) > MOST_KREISE or level == KREIS:
        return dict(named)
    others = [(areas.register()[code].name, code) for kreis in kreise for code in areas.inside(kreis, level)]
    times = Counter(name for name, _ in others)
    known = set(named.values())
    return dict(named) | {
        name: code for name, code in others if times[name] == 1 and name not in named and code not in known
    }


def _named(value: str, level: str) -> tuple[str, ...]:
    short = value[len(found[0]) :] if (found := BEFORE.match(value)) else value
    for written in (value, short, BRACKETS.sub("", short)):
        if every := _by_name(level).get(heading_key(written)):
            return every
    return ()


@lru_cache(maxsize=8)
def _by_name(level: str) -> dict[str, tuple[str, ...]]:
    """Folded name -> keys; the name without what stands in brackets only where none has just that name."""
    whole: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for area in areas.register().values():
        if area.level == level:
            for name in _names(area):
                whole.setdefault(heading_key(name), []).append(area.code)
            short.setdefault(heading_key(BRACKETS.sub("", area.name)), []).append(area.code)
    return {name: tuple(every) for name, every in (short | whole).items()}


def _names(area: areas.Area) -> Iterator[str]:
    yield from dict.fromkeys([area.name, area.label])
