"""From values to a PDF: typst sets the sheets, with the fonts that ship and nothing of the machine.

The same values give the same bytes. At most `AT_ONCE` are set at a time, and what was made is kept.
"""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from data import publish
from data.access.rights import PUBLIC
from data.questions.filters import Filters
from pages.charts.svg import letters
from pages.files import figure as figures
from pages.files.kept import Kept
from pages.paper import sheets
from pages.paper.sheets import Values
from pages.text import words

TEMPLATE = Path(__file__).parent / "place.typ"
PICTURE = Path(__file__).parent / "picture.typ"
AT_ONCE = 2
WAIT_SECONDS = 20.0
KEPT_BYTES = 32 * 2**20


def name(chosen: Filters) -> str:
    """How the file is called: area, period, release, and what marks it."""
    about = publish.edition(PUBLIC, chosen.edition)
    return f"{figures.name(about, 'gebiet', chosen)}.pdf"


def place(chosen: Filters, lang: str) -> bytes:
    """The PDF of the chosen place, as `chosen` names area, period and release. Raises BusyError.

    PDF/UA-1: tags, outline, title, language, alternative texts. Else raises what `data.publish.ask` raises.
    """
    spoken = words.of(lang)
    return _KEPT.made((chosen, spoken), lambda: written(sheets.of(chosen, spoken), when(chosen)))


def written(values: sheets.Values, made: datetime) -> bytes:
    """The PDF of these values; `made` is the time that stands in it."""
    found = _compiler().compile(
        format="pdf",
        sys_inputs={"sheets": json.dumps(_shown(values), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made.timestamp()),
    )
    if not isinstance(found, bytes):
        raise TypeError("typst made no PDF")
    return found


def picture(values: Values, made: datetime, kind: Literal["pdf", "png"], ppi: float = 72.0) -> bytes:
    """A drawn picture on a page of its own: PDF/UA-1, or PNG with so many dots an inch of its points."""
    compiler = typst.Compiler(PICTURE.read_bytes(), font_paths=_fonts())
    inputs = {"picture": json.dumps(_shown(values), ensure_ascii=False)}
    further: dict[str, Any] = {"ppi": ppi} if kind == "png" else {"pdf_standards": ["ua-1"]}
    found = compiler.compile(format=kind, sys_inputs=inputs, timestamp=int(made.timestamp()), **further)
    if not isinstance(found, bytes):
        raise TypeError(f"typst made no {kind}")
    return found


_KEPT: Kept[bytes] = Kept(KEPT_BYTES, AT_ONCE, WAIT_SECONDS)


def _shown(value: Any) -> Any:
    """The same values, every text of them in signs that the font has."""
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(each) for each in value]
    return letters.shown(value) if isinstance(value, str) else value


def _compiler() -> typst.Compiler:
    # Each has its own inputs, so two threads can't share one; the fonts are read once.
    return typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[letters.FONTS])


def when(chosen: Filters) -> datetime:
    """When the release was made; a time without a zone is UTC."""
    built = publish.edition(PUBLIC, chosen.edition).built_at
    return built if built.tzinfo else datetime.combine(built.date(), built.time(), UTC)
