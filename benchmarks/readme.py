"""The table of the README: what stands in it, and writing it anew from the declared promises."""

import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from string import ascii_lowercase

from benchmarks.promises import Figure, Promise
from data.foundation.errors import DashboardError

README = Path(__file__).parent.parent / "README.md"
BEGIN = "<!-- `make bench` writes what stands between here and the end -->"
END = "<!-- the end of what `make bench` writes -->"
HEAD = "| measured | against | figure | promised | on |\n|---|---|---:|---|---|"
BROKEN = ", **broken**"
ROW = r"^\| (.*) \| (.*) \| (.*) \| (.*) \| (\S+) \(([a-z])\) \|$"
NEVER = "not measured yet"


class MissingMarkersError(DashboardError):
    """A file without a place for the table."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} has no place for the table. Put these two lines where it belongs:\n{BEGIN}\n{END}"
        )


@dataclass(frozen=True)
class Row:
    """What the table says of one promise: the figure in words, whether it is broken, when and with what."""

    figure: str
    broken: bool
    day: str
    surroundings: str


def surroundings() -> str:
    """What a figure depends on, without the name of the machine or a path of it."""
    return (
        f"{len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, "
        f"DuckDB {version('duckdb')}, Streamlit {version('streamlit')}"
    )


def row(promise: Promise, figure: Figure) -> Row:
    """A figure that was measured just now."""
    beside = f" ({figure.beside})" if figure.beside else ""
    day = f"{datetime.now(UTC):%d.%m.%Y}"
    return Row(promise.written(figure.value) + beside, not promise.kept(figure.value), day, surroundings())


def rows(text: str, promises: Iterable[Promise]) -> dict[str, Row]:
    """What the table of this text says, by the id of the promise; a promise with other words has no row."""
    table = text.partition(BEGIN)[2].partition(END)[0]
    known = {(promise.measured, promise.against): promise.id for promise in promises}
    with_what = dict(re.findall(r"^\(([a-z])\) (.+?)(?:  )?$", table, re.M))
    found = {}
    for measured, against, figure, promised, day, letter in re.findall(ROW, table, re.M):
        if name := known.get((measured, against)):
            found[name] = Row(figure, promised.endswith(BROKEN), day, with_what[letter])
    return found


def write(path: Path, promises: Iterable[Promise], measured: Mapping[str, Row]) -> None:
    """Write one row for each promise: what was measured now, else what the file says of it already.

    Raises MissingMarkersError and leaves the file as it is if it has no place for the table.
    """
    text = path.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise MissingMarkersError(path)
    promises = tuple(promises)
    standing = {**rows(text, promises), **measured}
    path.write_text(f"{before}{BEGIN}\n\n{_table(promises, standing)}\n\n{END}{after}", encoding="utf-8")


def _table(promises: tuple[Promise, ...], standing: Mapping[str, Row]) -> str:
    used = dict.fromkeys(standing[each.id].surroundings for each in promises if each.id in standing)
    letters = dict(zip(used, ascii_lowercase, strict=False))
    lines = [HEAD]
    for promise in promises:
        figure, promised, on = NEVER, promise.words, ""
        if said := standing.get(promise.id):
            figure, on = said.figure, f"{said.day} ({letters[said.surroundings]})"
            promised += BROKEN if said.broken else ""
        lines.append(f"| {promise.measured} | {promise.against} | {figure} | {promised} | {on} |")
    return "\n".join(lines) + "\n\n" + "  \n".join(f"({letter}) {what}" for what, letter in letters.items())
