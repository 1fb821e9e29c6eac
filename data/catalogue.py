"""The questions: every file of `queries/pages`, with the contract in its header comment."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from data.errors import DashboardError

FOLDER = Path(__file__).parent.parent / "queries" / "pages"

_LINE = re.compile(
    r"^-- (grain|params|dimensions|measures|counts|amounts|rates|curves|sorted|origin):\s+(.*)$"
)
_CONTINUED = re.compile(r"^--\s{5,}(\S.*)$")


class UnknownQuery(DashboardError):
    """There is no such question."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no query {name!r}. `python -m data ask` lists all; "
            "a query is a file queries/pages/<page>/<name>.sql."
        )


class BrokenHeader(DashboardError):
    """A header that the program can't read."""

    def __init__(self, name: str, line: str, expected: str) -> None:
        super().__init__(f"queries/pages/{name}.sql: can't read the header line {line!r}. Write {expected}.")


@dataclass(frozen=True)
class Count:
    """A count and the column with the number of people behind it (itself, where people are counted)."""

    name: str
    people: str


@dataclass(frozen=True)
class Rate:
    """`name = numerator / denominator`; a denominator may be a number."""

    name: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Curve:
    """`name = attained / at_risk until ended by dimensions`: the share attained so far, by Kaplan and Meier.

    `ended` counts those attained and those that ended otherwise.
    """

    name: str
    attained: str
    at_risk: str
    ended: str
    by: tuple[str, ...]


@dataclass(frozen=True)
class Query:
    """One question: its SQL and the contract in its header.

    `origin` is set where the figures are published ones with a source and never synthetic.
    `dimensions` are columns of whole numbers that name a row (years, groups of months) and count nobody.
    """

    name: str
    title: str
    sql: str
    grain: str = ""
    params: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()
    amounts: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    curves: tuple[Curve, ...] = ()
    sorted_by: str = ""
    origin: str = ""
    header: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def people(self) -> tuple[str, ...]:
        """Columns that only carry the number of people behind a count and are not shown themselves."""
        counted = {count.name for count in self.counts}
        return tuple(dict.fromkeys(count.people for count in self.counts if count.people not in counted))


def names() -> tuple[str, ...]:
    """Every question there is, as `<page>/<name>`."""
    return tuple(sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.sql")))


@cache
def query(name: str) -> Query:
    """One question by its name. Raises UnknownQuery, BrokenHeader."""
    if name not in names():
        raise UnknownQuery(name)
    sql = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    lines = [line for line in sql.splitlines() if line.startswith("--")]
    header = _header(lines)
    return Query(
        name=name,
        title=_title(lines),
        sql=sql,
        grain=header.get("grain", ""),
        params=_listed(header.get("params", "")),
        dimensions=_listed(header.get("dimensions", "")),
        measures=_listed(header.get("measures", "")),
        counts=tuple(_count(name, text) for text in _listed(header.get("counts", ""))),
        amounts=_listed(header.get("amounts", "")),
        rates=tuple(_rate(name, text) for text in _listed(header.get("rates", ""))),
        curves=tuple(_curve(name, text) for text in header.get("curves", "").split(";") if text.strip()),
        sorted_by=header.get("sorted", ""),
        origin=header.get("origin", ""),
        header=header,
    )


def _header(lines: list[str]) -> dict[str, str]:
    header: dict[str, str] = {}
    key = ""
    for line in lines:
        if found := _LINE.match(line):
            key = found[1]
            header[key] = found[2].strip()
        elif key and (more := _CONTINUED.match(line)):
            header[key] += " " + more[1].strip()
    return header


def _title(lines: list[str]) -> str:
    title: list[str] = []
    for line in lines:
        if line.strip() == "--":
            break
        title.append(line.removeprefix("--").strip())
    return " ".join(title)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _count(query_name: str, text: str) -> Count:
    found = re.fullmatch(r"(\w+)(?: of (\w+))?", text)
    if not found:
        raise BrokenHeader(query_name, text, "'counts: name' or 'counts: name of people_behind_it'")
    return Count(found[1], found[2] or found[1])


def _rate(query_name: str, text: str) -> Rate:
    found = re.fullmatch(r"(\w+) = (\w+) / (\w+)", text)
    if not found:
        raise BrokenHeader(query_name, text, "'rates: name = numerator / denominator'")
    return Rate(found[1], found[2], found[3])


def _curve(query_name: str, text: str) -> Curve:
    found = re.fullmatch(r"(\w+) = (\w+) / (\w+) until (\w+) by ([\w ,]+)", text.strip())
    if not found:
        raise BrokenHeader(
            query_name, text, "'curves: name = attained / at_risk until ended by dimension, …'"
        )
    return Curve(found[1], found[2], found[3], found[4], _listed(found[5]))
