"""The box in which an area is chosen: found by any part of its name, with umlauts or without, or by key.

Streamlit's own box filters in the browser and knows the text of an option alone: it finds Tuebingen nowhere,
and a short name before a large place.
"""

from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

import streamlit as st

from data.access.rights import PUBLIC, Reader
from data.foundation import areas
from data.publish import ask, lasting
from data.questions.filters import Filters
from pages.reading import address, groups, language, reader
from pages.reading.groups import Group

_HERE = Path(__file__)


def _text(ending: str) -> str:
    return _HERE.with_suffix(ending).read_text(encoding="utf-8")


# How letters are compared: boxes and tables find the same.
FOLDED = (_HERE.parent / "folded.js").read_text(encoding="utf-8")
_BOX = st.components.v2.component(
    "areabox", html=_text(".html"), js=FOLDED + _text(".js"), isolate_styles=False
)


# What can be chosen goes to a browser once, and not with each box whenever another area is chosen.
_LIST = st.components.v2.component(
    "arealist",
    js="""
export default ({ data }) => {
    window.dashboardAreas = { lines: new TextDecoder().decode(data), areas: null }
    document.dispatchEvent(new Event("dashboardareas"))
}
""",
)


def offer() -> None:
    """Once on a page with boxes: what can be chosen in them."""
    audience, version = reader.audience(), reader.version()
    known = lasting(audience, version)
    lines = _kept_lines(known, version) if known else _offered(audience, version)
    _LIST(key="arealist", data=lines)


def draw(name: str, *codes: str, required: bool = True, most: int = 1) -> None:
    """A box for the choice `name` of the address, showing the areas or groupings of these codes.

    At most so many are chosen in it, and none unless one is `required`.
    """
    t = language.words().t
    key = f"{name}_box"
    _BOX(
        key=key,
        data={
            "id": name,
            "label": t(f"filters.{name}.label"),
            "placeholder": t(f"filters.{name}.placeholder"),
            "required": required,
            "most": most,
            "code": ",".join(codes),
            "texts": {
                each: t(f"filters.areas.{each}")
                for each in ("none", "count", "clear", "more", "remove", "recent", "every")
            },
        },
        on_picked_change=lambda: _take(name, str(st.session_state[key].picked or "")),
    )


def _take(name: str, code: str) -> None:
    if name == "area_code":
        groups.select(code)
    else:
        address.write(name, code)


@lru_cache(maxsize=8)
def _kept_lines(_: Hashable, version: str | None) -> bytes:
    return _offered(PUBLIC, version)


def _offered(audience: Reader, version: str | None) -> bytes:
    offered = tuple(groups.of(version, audience).values())
    return _lines(_inhabitants(audience, version), offered).encode()


def _inhabitants(audience: Reader, version: str | None) -> tuple[tuple[str, int], ...]:
    """How many live where, by the newest figures of this edition; who is not in it is unknown."""
    found = ask("frame/inhabitants", Filters(edition=version), audience)
    known = zip(found.column("area_code"), found.column("inhabitants"), strict=True)
    return tuple((str(code), number) for code, number in known if isinstance(number, int))


@lru_cache(maxsize=8)
def _lines(inhabitants: tuple[tuple[str, int], ...], groups: tuple[Group, ...] = ()) -> str:
    """One line for each area, as box.js reads it, in the order of the list: by level, then by name.

    Groups stand below the Kreise, each under the name of its grouping, which is the last of their columns.
    """
    known = dict(inhabitants)

    def size(code: str) -> tuple[int, int, bool]:
        area = areas.register()[code]
        # Where nobody knows how many live there: the larger level first, and a town before a village.
        return -known.get(code, 0), areas.LEVELS.index(area.level), area.kind != "Stadt"

    place = {code: at for at, code in enumerate(sorted(areas.register(), key=size))}
    lines = [
        f"{code}\t{areas.register()[code].ars}\t{place[code]}\t{areas.register()[code].label}\t"
        for code in ordered()
    ]
    # Nobody knows how many live there: among equals they come last.
    own = [
        f"{each.code}\t\t{len(place) + at}\t{each.label}\t{each.grouping}" for at, each in enumerate(groups)
    ]
    larger = sum(areas.by_month(areas.level(code)) for code in ordered())
    return "\n".join([*lines[:larger], *own, *lines[larger:]])


@lru_cache(maxsize=1)
def ordered() -> tuple[str, ...]:
    """Every area: the larger levels first, each by its letters."""
    letters = str.maketrans("äöüß", "aous")
    known = areas.register().values()
    by_name = sorted(
        known, key=lambda area: (areas.LEVELS.index(area.level), area.label.lower().translate(letters))
    )
    return tuple(area.code for area in by_name)
