"""Questions to a release that does not serve: what a preview compares."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data import catalogue
from data.disclosure import display
from data.disclosure.published import Edition, Published
from data.engines.duckdb import Database
from data.filters import Filters
from data.publish import edition_of


@dataclass(frozen=True)
class Asked:
    """The database of a release, by its place and name. A place never gets another content."""

    path: Path
    version: str

    @property
    def edition(self) -> Edition:
        """What the release says of itself."""
        return _edition(self)

    def answer(self, query: str, filters: Filters) -> Published:
        """The answer to one question, as readers would get it. Raises UnknownQuery, NotThere."""
        return _answer(self, query, filters)


@lru_cache(maxsize=16)
def _answer(asked: Asked, query: str, filters: Filters) -> Published:
    question = catalogue.query(query)
    values = {key: value for key, value in filters.values().items() if key in question.params}
    names, rows = _database(asked.path).rows(question.sql, values)
    return display.published(question, names, rows, asked.edition)


@lru_cache(maxsize=4)
def _edition(asked: Asked) -> Edition:
    return edition_of(_database(asked.path), asked.version)


@lru_cache(maxsize=4)
def _database(path: Path) -> Database:
    return Database(path)
