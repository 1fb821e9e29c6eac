"""The one door to a number: `ask(query, filters, audience) -> Published`."""

from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path

from data.deliveries.store import deliveries
from data.disclosure.published import Edition, Published
from data.foundation import areas, periods, settings
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.questions.engine import DatabaseMissingError
from data.questions.filters import Filters
from data.releases import notices, shelf
from data.releases.preview import Asked
from data.warehouse import versions


class Audience(Enum):
    """Who asks. It picks the file that answers, not the code."""

    PUBLIC = "public"
    INTERNAL = "internal"


class NoFiguresError(DashboardError):
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


class UnknownChoiceError(DashboardError):
    """A filter value that does not exist."""

    exit_code = 2

    def __init__(self, name: str, value: str, remedy: str) -> None:
        self.name = name
        super().__init__(f"{name} is {value!r}, which does not exist. {remedy}")


class Door(Enum):
    """What keeps the inside closed: nobody opened it, others reach the server, the store holds real data."""

    SETTING = "setting"
    REACHED = "reached"
    STORE = "store"


class InternalClosedError(DashboardError):
    """Exact figures or internal work are asked for where nobody can be told apart yet."""

    exit_code = 2

    def __init__(self, door: Door) -> None:
        self.door = door
        super().__init__(
            "Exact figures and internal pages are closed. Until there is a sign-in they are open only with "
            "DASHBOARD_INTERNAL=1, on a store that holds nothing but demonstration data, and on a server "
            "that is reached from its own machine alone. Ask with the audience `public`."
        )


def ask(query: str, filters: Filters, audience: Audience) -> Published:
    """The answer to one question, protected for this audience.

    Raises UnknownQueryError, UnknownChoiceError, NoFiguresError, InternalClosedError. Answers are immutable
    and kept by query, filters, audience and version, so nothing is ever invalidated by hand.
    """
    _check(filters)
    store = settings.from_environment().store
    for _ in range(3):
        serving = edition(audience, filters.edition)
        chosen = replace(filters, edition=serving.version, period=filters.period or serving.period)
        try:
            figures = _figures(store, audience, serving.version)
            _check_grouping(figures, chosen)
            return figures.answer(query, chosen)
        except DatabaseMissingError:
            # The build that replaced this version may have removed its file in between.
            if filters.edition:
                break
    raise NoFiguresError(audience, filters.edition)


def edition(audience: Audience, version: str | None = None) -> Edition:
    """The figures of this version, or those that serve this audience now.

    The public reads releases whose embargo is over, and nothing else. Raises NoFiguresError,
    InternalClosedError.
    """
    if audience is Audience.PUBLIC:
        chosen = settings.from_environment()
        names = [entry.name for entry in shelf.open_to_readers(chosen.store)]
        if not names or (version and version not in names):
            raise NoFiguresError(audience, version)
        return _figures(chosen.store, audience, version or names[-1]).edition
    chosen = inside()
    pointer = versions.current(chosen.store)
    if pointer is None:
        raise NoFiguresError(audience)
    found = _figures(chosen.store, audience, version or pointer.version).edition
    if not found.only_synthetic:
        raise InternalClosedError(Door.STORE)
    return found


def inside() -> Settings:
    """The settings, for whatever only the inside may see or do; all of that begins by asking here.

    Raises InternalClosedError. A command works for whoever can read the files of the store anyway, so it
    needs the setting alone.
    """
    chosen = settings.from_environment()
    if not chosen.internal:
        raise InternalClosedError(Door.SETTING)
    if not chosen.only_from_here:
        raise InternalClosedError(Door.REACHED)
    if chosen.reached_at and not all(one.synthetic for one in deliveries.all_deliveries(chosen)):
        raise InternalClosedError(Door.STORE)
    return chosen


def closed() -> Door | None:
    """What keeps the inside closed now; None while it is open."""
    try:
        inside()
    except InternalClosedError as error:
        return error.door
    return None


def exact_is_open() -> bool:
    """Whether exact figures may be asked for here and now."""
    try:
        return edition(Audience.INTERNAL).internal
    except (InternalClosedError, NoFiguresError):
        return False


def releases() -> tuple[notices.Notice, ...]:
    """What readers may know of the releases that they may see, oldest first; the last one serves."""
    return notices.open_to_readers(settings.from_environment().store)


def _figures(store: Path, audience: Audience, version: str) -> Asked:
    if audience is Audience.PUBLIC:
        return Asked(shelf.database(store, version), version)
    return Asked(versions.warehouse(store, version), version, internal=True, today=date.today())


def _check_grouping(figures: Asked, chosen: Filters) -> None:
    known = figures.answer("frame/groupings", Filters()).column("group_code") if chosen.grouping else ()
    if chosen.grouping and chosen.grouping not in known:
        named = ", ".join(dict.fromkeys(map(str, known))) or "none"
        raise UnknownChoiceError("grouping", chosen.grouping, f"This edition has {named}.")


def _check(filters: Filters) -> None:
    asked = [("area_code", filters.area_code), *(("compare", code) for code in filters.compared)]
    for name, code in asked:
        if code not in areas.register():
            raise UnknownChoiceError(
                name, code, "Give an official key (AGS), for example 08111000 for Stuttgart."
            )
    if filters.level not in areas.LEVELS:
        raise UnknownChoiceError("level", filters.level, f"Choose one of {', '.join(areas.LEVELS)}.")
    if filters.period is not None and not periods.read(filters.period):
        raise UnknownChoiceError("period", filters.period, "Write 2026, 2026-Q3, 2026-09 or 2023-2024.")
