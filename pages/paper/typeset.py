"""From a place to its PDF: what stands on the sheets is asked for here, and set in a process of its own.

The same values give the same bytes. At most `AT_ONCE` are made at a time, and what was made is kept.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from data import publish
from data.access.rights import PUBLIC
from data.questions.filters import Filters
from pages.drawing import desk
from pages.files import figure as figures
from pages.files.kept import Kept
from pages.paper import sheets
from pages.text import words

AT_ONCE = 2
WAIT_SECONDS = 3.0
KEPT_BYTES = 32 * 2**20
Drawing = Callable[[str, dict[str, Any]], bytes]


def name(chosen: Filters) -> str:
    """How the file is called: area, period, release, and what marks it."""
    about = publish.edition(PUBLIC, chosen.edition)
    return f"{figures.name(about, 'gebiet', chosen)}.pdf"


def place(chosen: Filters, lang: str) -> bytes:
    """The PDF of the chosen place, as `chosen` names area, period and release.

    Raises BusyError, UndrawnError, and what `data.publish.ask` raises.
    """
    spoken = words.of(lang)
    return _KEPT.made((chosen, spoken), lambda: written(sheets.of(chosen, spoken), when(chosen)))


def written(values: sheets.Values, made: datetime, draw: Drawing = desk.drawn) -> bytes:
    """The PDF of these values; `made` is the time that stands in it."""
    return draw("paper", {"sheets": values, "made": int(made.timestamp())})


_KEPT: Kept[bytes] = Kept(KEPT_BYTES, AT_ONCE, WAIT_SECONDS)


def when(chosen: Filters) -> datetime:
    """When the release was made; a time without a zone is UTC."""
    built = publish.edition(PUBLIC, chosen.edition).built_at
    return built if built.tzinfo else datetime.combine(built.date(), built.time(), UTC)
