"""The one door to a number: `ask(query, filters, audience) -> Published`."""

from dataclasses import replace
from enum import Enum
from functools import lru_cache
from pathlib import Path

from data import areas, catalogue, editions, periods, settings
from data.disclosure import display
from data.disclosure.published import Edition, Published
from data.engines.duckdb import Database, NotThere
from data.errors import DashboardError
from data.filters import Filters
from data.releases import notices, shelf


class Audience(Enum):
    """Who asks. It picks the file that answers, not the code."""

    PUBLIC = "public"
    INTERNAL = "internal"


class NoFigures(DashboardError):
    """Nothing has been built or published yet, or not this version."""

    exit_code = 4

    def __init__(self, audience: Audience, version: str | None = None) -> None:
        command, done = ("release", "published") if audience is Audience.PUBLIC else ("build", "built")
        super().__init__(
            f"There is no version {version} of the figures. `python -m data status` lists what there is."
            if version
            else f"No figures have been {done} yet. Run `python -m data {command}`; if nothing is handed in "
            "either, `python -m data import PATH` first."
        )


class UnknownChoice(DashboardError):
    """A filter value that does not exist."""

    exit_code = 2

    def __init__(self, name: str, value: str, remedy: str) -> None:
        self.name = name
        super().__init__(f"{name} is {value!r}, which does not exist. {remedy}")


class InternalClosed(DashboardError):
    """Exact figures are asked for where nobody can be told apart yet."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Exact figures are closed. Until there is a sign-in they are open only on a store that holds "
            "nothing but demonstration data, with DASHBOARD_INTERNAL=1. Ask with the audience `public`."
        )


def ask(query: str, filters: Filters, audience: Audience) -> Published:
    """The answer to one question, protected for this audience.

    Raises UnknownQuery, UnknownChoice, NoFigures, InternalClosed. Answers are immutable and kept by query,
    filters, audience and version, so nothing is ever invalidated by hand.
    """
    _check(filters)
    store = settings.from_environment().store
    for _ in range(3):
        serving = edition(audience, filters.edition)
        chosen = replace(filters, edition=serving.version, period=filters.period or serving.period)
        try:
            return _answer(query, chosen, audience, serving.version, store)
        except NotThere:
            # The build that replaced this version may have removed its file in between.
            if filters.edition:
                break
    raise NoFigures(audience, filters.edition)


def edition(audience: Audience, version: str | None = None) -> Edition:
    """The figures of this version, or those that serve this audience now.

    The public reads releases whose embargo is over, and nothing else. Raises NoFigures, InternalClosed.
    """
    chosen = settings.from_environment()
    if audience is Audience.PUBLIC:
        names = [entry.name for entry in shelf.open_to_readers(chosen.store)]
        if not names or (version and version not in names):
            raise NoFigures(audience, version)
        return _edition(chosen.store, audience, version or names[-1])
    if not chosen.internal:
        raise InternalClosed
    pointer = editions.current(chosen.store)
    if pointer is None:
        raise NoFigures(audience)
    found = _edition(chosen.store, audience, version or pointer.version)
    if not found.only_synthetic:
        raise InternalClosed
    return found


def exact_is_open() -> bool:
    """Whether exact figures may be asked for here: by an explicit setting, on demonstration data only."""
    try:
        return edition(Audience.INTERNAL).internal
    except (InternalClosed, NoFigures):
        return False


def releases() -> tuple[notices.Notice, ...]:
    """What readers may know of the releases that they may see, oldest first; the last one serves."""
    return notices.open_to_readers(settings.from_environment().store)


@lru_cache(maxsize=4096)
def _answer(name: str, filters: Filters, audience: Audience, version: str, store: Path) -> Published:
    question = catalogue.query(name)
    values = {key: value for key, value in filters.values().items() if key in question.params}
    names, rows = _database(store, audience, version).rows(question.sql, values)
    return display.published(question, names, rows, _edition(store, audience, version))


@lru_cache(maxsize=8)
def _database(store: Path, audience: Audience, version: str) -> Database:
    public = audience is Audience.PUBLIC
    return Database(shelf.database(store, version) if public else editions.warehouse(store, version))


@lru_cache(maxsize=8)
def _edition(store: Path, audience: Audience, version: str) -> Edition:
    return edition_of(_database(store, audience, version), version, internal=audience is Audience.INTERNAL)


def edition_of(database: Database, version: str, *, internal: bool = False) -> Edition:
    """What a database says of itself."""
    names, rows = database.rows("select * from marts.edition", {})
    entry = dict(zip(names, rows[0], strict=True))
    return Edition(
        version=version,
        built_at=entry["built_at"],
        as_of=entry["as_of"],
        senders=entry["senders"],
        period=entry["latest_quarter"],
        behind=tuple(areas.register()[code].label for code in entry["behind"]),
        synthetic=entry["synthetic"],
        only_synthetic=entry["only_synthetic"],
        shown_from=entry.get("shown_from", 0),
        internal=internal,
    )


def _check(filters: Filters) -> None:
    for name in ("area_code", "compare"):
        code = getattr(filters, name)
        if code is not None and code not in areas.register():
            raise UnknownChoice(name, code, "Give an official key (AGS), for example 08111000 for Stuttgart.")
    if filters.level not in areas.LEVELS:
        raise UnknownChoice("level", filters.level, f"Choose one of {', '.join(areas.LEVELS)}.")
    if filters.period is not None and not periods.read(filters.period):
        raise UnknownChoice("period", filters.period, "Write 2026, 2026-Q3 or 2026-09.")
