"""The questions: every file of `queries/pages`, with the contract in its header comment.

A header declares which columns are counts, and which differences, rates and curves are worked out from them;
the display rules protect an answer by it.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from data.foundation import land
from data.foundation.errors import DashboardError
from data.questions.sql_header import listed, read, title

FOLDER = Path(__file__).parents[2] / "queries" / "pages"
NAMES = (
    "grain", "reach", "audience", "needs", "params", "dimensions", "measures", "counts", "amounts",
    "differences", "rates", "balances", "bands", "curves", "shown", "sorted", "origin",
)  # fmt: skip


STAFF_COUNCIL = "staff council"  # what watches people who work there needs an agreement with it


class Reach(StrEnum):
    """Whose figures an answer has, so that a reader of a part of the Land is asked for a right to them."""

    REGISTER = "register"  # nobody's: names, periods, inhabitants, what is published with a source
    CHOSEN = "chosen"  # those of the areas, or of the grouping, that are chosen
    LEVEL = "level"  # every area of one level: a reader of some gets those
    SENDERS = "senders"  # every office that delivers: a reader gets those whose cases all lie in their areas
    LAND = "land"  # ranks, totals and neighbours anywhere: only who reads the whole Land


class UnknownQueryError(DashboardError):
    """There is no such question."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no query {name!r}. `python -m data ask` lists all; "
            "a query is a file queries/pages/<page>/<name>.sql."
        )


class BrokenHeaderError(DashboardError):
    """A header that the program can't read."""

    def __init__(self, name: str, line: str, expected: str) -> None:
        super().__init__(f"queries/pages/{name}.sql: can't read the header line {line!r}. Write {expected}.")


@dataclass(frozen=True)
class Difference:
    """`name = whole - part`: what is left of a count beside a part of it, where the rest is not released."""

    name: str
    whole: str
    part: str


@dataclass(frozen=True)
class Rate:
    """`name = numerator / denominator`; a denominator may be a number."""

    name: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class Balance:
    """`name = wanted - there`: by how much a rate or an amount is above another; negative if below."""

    name: str
    wanted: str
    there: str


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
    `shown` are amounts that hang on which counts are shown: nobody knows how far they are from exact ones.
    `bands` has the rates that are told as a band where their numerator is withheld, each with the column that
    holds its number; that column is no part of the answer. `dimensions` are columns of whole numbers that
    name a row (years, groups of months) and count nobody. `inside`: no release answers it. `needs`: an
    agreement that a setting has to confirm before anybody is answered.
    """

    name: str
    title: str
    sql: str
    grain: str = ""
    reach: Reach = Reach.LAND
    inside: bool = False
    needs: str = ""
    params: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    rates: tuple[Rate, ...] = ()
    balances: tuple[Balance, ...] = ()
    bands: dict[str, str] = field(default_factory=dict, compare=False)
    curves: tuple[Curve, ...] = ()
    shown: tuple[str, ...] = ()
    sorted_by: str = ""
    origin: str = ""
    header: dict[str, str] = field(default_factory=dict, compare=False)


def names() -> tuple[str, ...]:
    """Every question there is, as `<page>/<name>`."""
    return tuple(sorted(str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.sql")))


def public() -> tuple[str, ...]:
    """The questions that a release answers."""
    return tuple(name for name in names() if not query(name).inside)


@cache
def query(name: str) -> Query:
    """One question by its name. Raises UnknownQueryError, BrokenHeaderError."""
    if name not in names():
        raise UnknownQueryError(name)
    sql = land.filled((FOLDER / f"{name}.sql").read_text(encoding="utf-8"))
    header = read(sql, NAMES)
    rates = tuple(_rate(name, text) for text in listed(header.get("rates", "")))
    return Query(
        name=name,
        title=title(sql),
        sql=sql,
        grain=header.get("grain", ""),
        reach=_reach(name, header.get("reach", "")),
        inside=header.get("audience", "") == "internal",
        needs=_needs(name, header.get("needs", "")),
        params=listed(header.get("params", "")),
        dimensions=listed(header.get("dimensions", "")),
        measures=listed(header.get("measures", "")),
        counts=listed(header.get("counts", "")),
        amounts=listed(header.get("amounts", "")),
        differences=tuple(_difference(name, text) for text in listed(header.get("differences", ""))),
        rates=rates,
        balances=tuple(_balance(name, text) for text in listed(header.get("balances", ""))),
        bands=dict(_banded(name, text, rates) for text in listed(header.get("bands", ""))),
        curves=tuple(_curve(name, text) for text in header.get("curves", "").split(";") if text.strip()),
        shown=listed(header.get("shown", "")),
        sorted_by=header.get("sorted", ""),
        origin=header.get("origin", ""),
        header=header,
    )


def _reach(query_name: str, text: str) -> Reach:
    try:
        return Reach(text)
    except ValueError:
        raise BrokenHeaderError(query_name, text, f"'reach: {' | '.join(Reach)}'") from None


def _needs(query_name: str, text: str) -> str:
    if text not in ("", STAFF_COUNCIL):
        raise BrokenHeaderError(query_name, text, f"'needs: {STAFF_COUNCIL}'")
    return text


def _difference(query_name: str, text: str) -> Difference:
    found = re.fullmatch(r"(\w+) = (\w+) - (\w+)", text)
    if not found:
        raise BrokenHeaderError(query_name, text, "'differences: name = whole - part'")
    return Difference(found[1], found[2], found[3])


def _rate(query_name: str, text: str) -> Rate:
    found = re.fullmatch(r"(\w+) = (\w+) / (\w+)", text)
    if not found:
        raise BrokenHeaderError(query_name, text, "'rates: name = numerator / denominator'")
    return Rate(found[1], found[2], found[3])


def _balance(query_name: str, text: str) -> Balance:
    found = re.fullmatch(r"(\w+) = (\w+) - (\w+)", text)
    if not found:
        raise BrokenHeaderError(query_name, text, "'balances: name = wanted - there'")
    return Balance(found[1], found[2], found[3])


def _banded(query_name: str, text: str, rates: tuple[Rate, ...]) -> tuple[str, str]:
    for rate in rates:
        if rate.name == text:
            return text, f"{rate.numerator}_band"
    raise BrokenHeaderError(query_name, text, "'bands: rate, …' with names of 'rates'")


def _curve(query_name: str, text: str) -> Curve:
    found = re.fullmatch(r"(\w+) = (\w+) / (\w+) until (\w+) by ([\w ,]+)", text.strip())
    if not found:
        raise BrokenHeaderError(
            query_name, text, "'curves: name = attained / at_risk until ended by dimension, …'"
        )
    return Curve(found[1], found[2], found[3], found[4], listed(found[5]))
