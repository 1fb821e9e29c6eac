"""The figures: each of the public pages by its name, from `figures.toml`."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.foundation import languages
from data.foundation.errors import DashboardError
from data.foundation.languages import Texts
from data.questions import catalogue

FILE = Path(__file__).parents[1] / "figures.toml"
FIELDS = ("question", "chart", "since")
TABLE = "table"
# What can stand in an address and in the name of a file as it is.
NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
CHART = re.compile(r"table|[a-z_]+\.[a-z_]+")
VERSION = re.compile(r"\d+\.\d+\.\d+")


class BrokenFiguresError(DashboardError):
    """The list of figures has faults: each in a line of its own."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"data/figures.toml: {len(faults)} faults.\n" + "\n".join(faults))


class UnknownFigureError(DashboardError):
    """There is no figure of this name."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no figure {name!r}; data/figures.toml lists all.")


@dataclass(frozen=True)
class Named:
    """One figure. `title` is by language; `chart` is what draws it, or `table`; `since` is the version of the
    program whose releases first had it.
    """

    name: str
    title: Texts
    question: str
    chart: str
    since: str

    @property
    def has_picture(self) -> bool:
        """Whether it can be drawn: a table has no chart."""
        return self.chart != TABLE


@lru_cache(maxsize=1)
def register() -> dict[str, Named]:
    """Every figure by its name, in the order of the file. Raises BrokenFiguresError."""
    return read(FILE.read_text(encoding="utf-8"))


def named(name: str) -> Named:
    """One figure. Raises UnknownFigureError."""
    if name not in register():
        raise UnknownFigureError(name)
    return register()[name]


def read(text: str) -> dict[str, Named]:
    """The figures of such a file. Raises BrokenFiguresError with all of its faults."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # a name that stands twice too
        raise BrokenFiguresError([f"It is no TOML: {error}."]) from None
    faults = [fault for name, table in tables.items() for fault in _faults(name, table)]
    faults += _twice(tables) if not faults else []
    if faults:
        raise BrokenFiguresError(faults)
    return {
        name: Named(name, languages.texts(table, "title"), *(table[field] for field in FIELDS))
        for name, table in tables.items()
    }


def _faults(name: str, table: Any) -> Iterator[str]:
    if not isinstance(table, dict):
        yield f"{name} stands under no heading. Write [page_figure], and below it its texts."
        return
    if not NAME.fullmatch(name):
        yield f"[{name}]: a name is made of a-z, 0-9 and _, the page first, as in caseload_active."
    titles = languages.texts(table, "title")
    wanted = {f"title_{lang}" for lang in (languages.DEFAULT, languages.OPERATORS)}
    there = {field for field, text in table.items() if _is_text(text)}
    for missing in sorted((wanted | set(FIELDS)) - there):
        yield f"[{name}] has no {missing}, or an empty one."
    for other in sorted(table.keys() - set(FIELDS) - {f"title_{lang}" for lang in titles}):
        yield f"[{name}] has {other}, which means nothing."
    checks = {"chart": (CHART, "module.function or table"), "since": (VERSION, "a version such as 0.4.0")}
    for field, (pattern, written) in checks.items():
        if _is_text(table.get(field)) and not pattern.fullmatch(table[field]):
            yield f"[{name}]: {field} is {table[field]!r}. Write {written}."
    if _is_text(table.get("question")) and table["question"] not in catalogue.names():
        yield f"[{name}] asks {table['question']!r}, which is no question. `python -m data ask` lists all."


def _twice(tables: dict[str, dict[str, str]]) -> list[str]:
    """Two figures of one title could not be told apart in a list."""
    found: dict[tuple[str, str], str] = {}
    faults = []
    for name, table in tables.items():
        for lang, title in languages.texts(table, "title").items():
            first = found.setdefault((lang, title), name)
            if first != name:
                faults.append(f"[{name}] has the title_{lang} of [{first}].")
    return faults


def _is_text(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip())
