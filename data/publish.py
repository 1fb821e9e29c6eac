"""The one door to a number: `ask(query, filters, audience) -> Published`."""

import re
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from pathlib import Path

from data import areas, catalogue, editions, settings
from data.disclosure import display
from data.disclosure.published import Edition, Published
from data.engines.duckdb import Database, NotThere
from data.errors import DashboardError
from data.filters import LEVELS, Filters

PERIOD = re.compile(r"20\d\d(-Q[1-4]|-(0[1-9]|1[0-2]))?")


class Audience(Enum):
    """Who asks. It picks the file that answers, not the code."""

    PUBLIC = "public"
    INTERNAL = "internal"


class NoFigures(DashboardError):
    """Nothing has been built yet."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__(
            "There are no figures yet. Hand in deliveries with `python -m data import PATH`, "
            "then run `python -m data build`."
        )


class UnknownChoice(DashboardError):
    """A filter value that does not exist."""

    exit_code = 2

    def __init__(self, name: str, value: str, remedy: str) -> None:
        self.name = name
        super().__init__(f"{name} is {value!r}, which does not exist. {remedy}")


def ask(query: str, filters: Filters, audience: Audience) -> Published:
    """The answer to one question, protected for this audience.

    Raises UnknownQuery, UnknownChoice, NoFigures. Answers are immutable and kept by query, filters,
    audience and version, so nothing is ever invalidated by hand.
    """
    _check(filters)
    store = settings.from_environment().store
    for _ in range(3):
        serving = _edition(store, filters.edition) if filters.edition else edition(audience)
        chosen = replace(filters, edition=serving.version, period=filters.period or serving.period)
        try:
            return _answer(query, chosen, audience, serving.version, store)
        except NotThere:
            # The build that replaced this version may have removed its file in between.
            if filters.edition:
                break
    raise NoFigures


def edition(audience: Audience) -> Edition:
    """The figures that serve this audience now. Raises NoFigures before the first build."""
    store = settings.from_environment().store
    pointer = editions.current(store)
    if pointer is None:
        raise NoFigures
    return _edition(store, pointer.version)


@lru_cache(maxsize=4096)
def _answer(name: str, filters: Filters, audience: Audience, version: str, store: Path) -> Published:
    question = catalogue.query(name)
    values = {key: value for key, value in filters.values().items() if key in question.params}
    names, rows = _database(store, version).rows(question.sql, values)
    return display.published(question, names, rows, _edition(store, version))


@lru_cache(maxsize=4)
def _database(store: Path, version: str) -> Database:
    return Database(editions.warehouse(store, version))


@lru_cache(maxsize=4)
def _edition(store: Path, version: str) -> Edition:
    names, rows = _database(store, version).rows("select * from marts.edition", {})
    entry = dict(zip(names, rows[0], strict=True))
    return Edition(
        version=version,
        built_at=entry["built_at"],
        as_of=entry["as_of"],
        senders=entry["senders"],
        period=entry["latest_quarter"],
        behind=tuple(areas.register()[code].label for code in entry["behind"]),
        synthetic=entry["synthetic"],
    )


def _check(filters: Filters) -> None:
    for name in ("area_code", "compare"):
        code = getattr(filters, name)
        if code is not None and code not in areas.register():
            raise UnknownChoice(name, code, "Give an official key (AGS), for example 08111000 for Stuttgart.")
    if filters.level not in LEVELS:
        raise UnknownChoice("level", filters.level, f"Choose one of {', '.join(LEVELS)}.")
    if filters.period is not None and not PERIOD.fullmatch(filters.period):
        raise UnknownChoice("period", filters.period, "Write 2026, 2026-Q3 or 2026-09.")
