"""Questions to one database: that of a release, of a preview, or the warehouse. `data.publish` says which."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data import areas, catalogue
from data.disclosure import display
from data.disclosure.published import Edition, Published
from data.engines.duckdb import Database
from data.filters import Filters


@dataclass(frozen=True)
class Asked:
    """A database, by its place and version. A place never gets another content. `internal`: it is exact."""

    path: Path
    version: str
    internal: bool = False

    @property
    def edition(self) -> Edition:
        """What the database says of itself. Raises NotThere."""
        return _edition(self)

    def answer(self, query: str, filters: Filters) -> Published:
        """The answer to one question, as readers would get it. Raises UnknownQuery, NotThere."""
        return _answer(self, query, filters)


@lru_cache(maxsize=4096)
def _answer(asked: Asked, query: str, filters: Filters) -> Published:
    question = catalogue.query(query)
    values = {key: value for key, value in filters.values().items() if key in question.params}
    names, rows = _database(asked.path).rows(question.sql, values)
    return display.published(question, names, rows, asked.edition)


@lru_cache(maxsize=16)
def _edition(asked: Asked) -> Edition:
    names, rows = _database(asked.path).rows("select * from marts.edition", {})
    entry = dict(zip(names, rows[0], strict=True))
    return Edition(
        version=asked.version,
        built_at=entry["built_at"],
        as_of=entry["as_of"],
        senders=entry["senders"],
        period=entry["latest_quarter"],
        behind=tuple(areas.register()[code].label for code in entry["behind"]),
        synthetic=entry["synthetic"],
        only_synthetic=entry["only_synthetic"],
        shown_from=entry.get("shown_from", 0),
        internal=asked.internal,
    )


@lru_cache(maxsize=12)
def _database(path: Path) -> Database:
    return Database(path)
