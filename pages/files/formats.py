"""The forms in which a figure is taken away: the ending, what writes it, what a browser is told it is."""

from collections.abc import Callable

from pages.files import comma, excel, package
from pages.files.figure import Figure

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV, ZIP, PDF = "text/csv; charset=utf-8", "application/zip", "application/pdf"
JSON = "application/json"


def bare(mime: str) -> str:
    """A kind of file without what is said of its signs."""
    return mime.partition(";")[0]


# In the order of the menu.
BY_ENDING: dict[str, tuple[Callable[[Figure], bytes], str]] = {
    "csv": (comma.written, CSV),
    "xlsx": (excel.written, XLSX),
    "zip": (package.written, ZIP),
}
# Those that have an address: programs ask for one that nobody opens by a click.
ADDRESSED = BY_ENDING | {"json": (package.inline, JSON)}
