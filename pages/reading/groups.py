"""The groupings of this edition, as a reader chooses one: `grouping` in the address, instead of an area."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache

from data.access.rights import PUBLIC, Reader
from data.disclosure.published import Cell
from data.publish import ask, lasting
from data.questions.filters import Filters
from pages.reading import address, language, reader


@dataclass(frozen=True)
class Group:
    """Municipalities under one name, in the order of their keys.

    `several` are those that stand in another group of the same grouping too: they are whole in each.
    """

    code: str
    grouping: str
    name: str
    places: tuple[str, ...]
    several: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name with that of its grouping, which no other group has."""
        return f"{self.name} · {self.grouping}"


def every() -> dict[str, Group]:
    """All of this edition by their codes, by grouping and name."""
    return of(reader.version(), reader.audience())


def of(version: str | None, audience: Reader) -> dict[str, Group]:
    """All of an edition, without a session. Raises what `publish.ask` raises."""
    known = lasting(audience, version)
    return _kept(known, version) if known else _asked(version, audience)


def chosen() -> Group | None:
    """The one that the address names; None if it names none that this edition has."""
    return every().get(address.read("grouping"))


def named(code: str) -> str:
    """The label of an area or of a grouping of this edition."""
    group = every().get(code)
    return group.label if group else language.words().area(code)


def select(code: str) -> None:
    """Show a grouping instead of an area, or an area instead of a grouping. Only in a callback."""
    is_group = code in every()
    address.write("grouping", code if is_group else "")
    address.write("area_code", "" if is_group else code)


@lru_cache(maxsize=16)
def _kept(_: Hashable, version: str | None) -> dict[str, Group]:
    return _asked(version, PUBLIC)


def _asked(version: str | None, audience: Reader) -> dict[str, Group]:
    return _groups(ask("frame/groupings", Filters(edition=version), audience).rows)


@lru_cache(maxsize=16)
def _groups(rows: tuple[tuple[Cell, ...], ...]) -> dict[str, Group]:
    lines = [tuple(map(str, row)) for row in rows]  # group_code, grouping_name, group_name, area_code
    times = Counter((grouping, place) for _, grouping, _, place in lines)
    places: dict[tuple[str, str, str], list[str]] = {}
    for code, grouping, name, place in lines:
        places.setdefault((code, grouping, name), []).append(place)
    return {
        code: Group(
            code, grouping, name, tuple(inside), tuple(one for one in inside if times[grouping, one] > 1)
        )
        for (code, grouping, name), inside in places.items()
    }
