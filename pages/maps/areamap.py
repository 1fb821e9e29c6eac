"""The map as it stands on a page: a click or Enter chooses a place, arrow keys walk over its neighbours.

Python sends what follows from the figures: the class of each area, its value in words, the sizes of circles.
The browser fetches the boundaries once (`shapes`) and draws them as SVG, so it prints and needs no WebGL.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from data.foundation import areas
from pages.maps import shapes
from pages.maps.choropleth import AreaMap
from pages.text.words import Words

_HERE = Path(__file__)
_TEXTS = ("as_table", "as_map", "keys", "land", "closer", "farther", "picture", "failed")
_MAP = st.components.v2.component(
    "areamap",
    html=_HERE.with_suffix(".html").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
_CHARACTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CIRCLES = 1000  # the surface of a circle is told in so many parts of the largest


@dataclass(frozen=True)
class Said:
    """What stands round a map.

    `alt` is for whoever cannot see it; `title`, the lines `below` and the name of the `file` are those of a
    picture of it. `across` is written over it; empty for a map that may be published.
    """

    alt: str
    title: str
    below: tuple[str, ...]
    file: str
    across: str = ""


def coloured(drawn: AreaMap, words: Words) -> dict[str, Any]:
    """What follows from the figures alone, whichever place is marked, as `areamap.js` reads it."""
    uninhabited = words.t("chart.uninhabited")
    codes = shapes.codes(drawn.level)
    return {
        "file": shapes.PATH.format(name=shapes.name(drawn.level)).lstrip("/"),
        "level": drawn.level,
        "label": drawn.label,
        "fills": [
            {"name": fill.name, "colour": fill.colour, "pattern": fill.pattern, "over": fill.over}
            | ({"circle": fill.circle} if fill.circle else {})
            for fill in drawn.fills
        ],
        # One character and one line for each area, in the order of the file.
        "found": "".join(_CHARACTERS[drawn.found[code]] if code in drawn.found else "-" for code in codes),
        "values": "\n".join(drawn.texts.get(code, uninhabited) for code in codes),
        "circles": ",".join(str(round(drawn.circles.get(code, 0) * _CIRCLES)) for code in codes)
        if drawn.circles
        else "",
        "members": [at for at, code in enumerate(codes) if code in drawn.members],
        # A Kreis by itself would be nothing but its own colour.
        "zooms": drawn.level != areas.KREIS,
        "source": words.t("chart.attribution"),
        "texts": {name: words.t(f"chart.map.{name}") for name in _TEXTS},
    }


def draw(
    drawn: Mapping[str, Any],
    said: Said,
    *,
    key: str,
    chosen: str = areas.LAND,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """A map with its legend, of what `coloured` gave. `on_pick` is called with the code of the area that a
    reader chooses.

    `chosen` is marked, and the map shows its Kreis first; that of a grouping shows its members first.
    """
    _MAP(
        key=key,
        data={
            **drawn,
            "id": key,
            "alt": said.alt,
            "chosen": chosen,
            "around": shapes.around(chosen) if chosen in areas.register() else "",
            "kreis": (chosen in areas.register() and areas.within(chosen, areas.KREIS)) or "",
            "picks": on_pick is not None,
            "across": said.across,
            "picture": {"title": said.title, "below": list(said.below), "name": said.file},
        },
        on_picked_change=lambda: _picked(key, on_pick),
    )


def _picked(key: str, on_pick: Callable[[str], None] | None) -> None:
    code = st.session_state[key].picked
    if code and on_pick:
        on_pick(str(code))
