"""Pictures that are ordered without a figure, and a process that is ready to draw."""

from collections.abc import Callable
from typing import Any, TypeVar

from pages.drawing import desk
from pages.files.kept import BusyError

T = TypeVar("T")
AGAIN = 6  # times that somebody asks for what a busy machine has not drawn yet

LONG = 30.0  # seconds, where it is not the time that is looked at: the machine may be busy
SAID = dict.fromkeys(
    ("Title", "Author", "Description", "Source", "Copyright", "Licence", "Citation", "Release"), "x"
)
ORDER: dict[str, Any] = {
    "heading": "In Ulm werden 12 Personen betreut",
    "marks": ["DEMONSTRATIONSDATEN"],
    "about": "Ulm",
    "why": [],
    "notes": [],
    "source": ["Quelle: x"],
    "alt": "x",
    "lang": "de",
    "form": {"width": 1200, "height": 675, "units": 800, "dpi": 96},
    "grey": False,
    "nothing": "Zum Schutz nicht gezeigt",
    "map": None,
    "chart": None,
    "made": 0,
    "keywords": [],
    "said": SAID,
}

SANKEY = ORDER | {
    "nothing": "",
    "chart": {"data": [{"type": "sankey"}], "layout": {"font": {"size": 14}, "yaxis": {}, "height": 300}},
}


def ready() -> None:
    """A process draws already, as in a server that drew before: a busy machine takes long to begin one."""
    if not desk.own().processes:
        desk.own().drawn("svg", ORDER, LONG)


def patiently(ask: Callable[[], T]) -> T:
    """What is asked for, again and again while it is not drawn yet. Raises BusyError in the end."""
    for _ in range(AGAIN):
        try:
            return ask()
        except BusyError:
            continue
    return ask()
