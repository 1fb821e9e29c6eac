"""From values to a file: typst sets the sheets, with the fonts that ship and nothing of the machine.

The same values give the same bytes.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from pages.charts.svg import letters

PLACE, PICTURE = (Path(__file__).with_name(name) for name in ("place.typ", "picture.typ"))

Values = dict[str, Any]


def sheets(values: Values, made: int) -> bytes:
    """The PDF of a place; `made` is the time that stands in it, in seconds of Unix.

    PDF/UA-1: tags, outline, title, language, alternative texts.
    """
    return _compiled(PLACE, "sheets", values, "pdf", {"pdf_standards": ["ua-1"], "timestamp": made})


def picture(values: Values, made: int, kind: Literal["pdf", "png"], ppi: float = 72.0) -> bytes:
    """A drawn picture on a page of its own: PDF/UA-1, or PNG with so many dots an inch of its points."""
    further: Values = {"ppi": ppi} if kind == "png" else {"pdf_standards": ["ua-1"]}
    return _compiled(PICTURE, "picture", values, kind, {**further, "timestamp": made})


def _compiled(template: Path, name: str, values: Values, kind: Literal["pdf", "png"], how: Values) -> bytes:
    # Each has its own inputs, so two threads can't share one; the fonts are read once.
    compiler = typst.Compiler(template.read_bytes(), font_paths=_fonts())
    inputs = {name: json.dumps(_shown(values), ensure_ascii=False)}
    found = compiler.compile(format=kind, sys_inputs=inputs, **how)
    if not isinstance(found, bytes):
        raise TypeError(f"typst made no {kind}")
    return found


def _shown(value: Any) -> Any:
    """The same values, every text of them in signs that the font has."""
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(each) for each in value]
    return letters.shown(value) if isinstance(value, str) else value


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[letters.FONTS])
