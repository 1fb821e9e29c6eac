"""The one door to a number: `ask(query, filters, reader) -> Published`."""

from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path

from data.access.rights import PUBLIC, Entrance, Reader, Right
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


class NoFiguresError(DashboardError):
    """Nothing has been built or published yet, or not this version."""

    exit_code = 4

    def __init__(self, reader: Reader, version: str | None = None) -> None:
        command, done = ("release", "published") if reader == PUBLIC else ("build", "built")
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
    """What keeps the inside closed to whoever asks."""

    SETTING = "setting"  # nobody opened it: this process serves the public
    REACHED = "reached"  # open without a sign-in, and others reach the server
    STORE = "store"  # open without a sign-in, and the store holds real data
    SIGN_IN = "sign_in"  # nobody is signed in, or no more
    RIGHT = "right"  # the account may not do this
    SENDER = "sender"  # nor hand in as this sender


class InternalClosedError(DashboardError):
    """Exact figures or internal work, for somebody who may not."""

    exit_code = 2

    def __init__(self, door: Door) -> None:
        self.door = door
        super().__init__(
            {
                Door.SIGN_IN: "Exact figures and internal pages need a sign-in.",
                Door.RIGHT: "This account has no right to that. Whoever administers accounts can give it.",
            }.get(
                door,
                "Exact figures and internal pages are closed. They open with DASHBOARD_ROLE=internal, where "
                "everybody signs in. DASHBOARD_INTERNAL=1 opens them without only before demonstration data, "
                "on a server that is reached from its own machine alone.",
            )
        )


class NotTheirSenderError(InternalClosedError):
    """A delivery of a sender that somebody else answers for."""

    def __init__(self) -> None:
        super().__init__(Door.SENDER)

    def __str__(self) -> str:
        return "This account doesn't answer for the sender of this delivery. Nothing of it is kept."


def ask(query: str, filters: Filters, reader: Reader) -> Published:
    """The answer to one question, protected for this reader: of a release for the public, else exact.

    Raises UnknownQueryError, UnknownChoiceError, NoFiguresError, InternalClosedError. Answers are immutable
    and kept by query, filters and version, so nothing is ever invalidated by hand; whether a reader may see
    one is asked each time.
    """
    _check(filters)
    store = settings.from_environment().store
    for _ in range(3):
        serving = edition(reader, filters.edition)
        chosen = replace(filters, edition=serving.version, period=filters.period or serving.period)
        try:
            figures = _figures(store, reader, serving.version)
            _check_grouping(figures, chosen)
            return figures.answer(query, chosen)
        except DatabaseMissingError:
            # The build that replaced this version may have removed its file in between.
            if filters.edition:
                break
    raise NoFiguresError(reader, filters.edition)


def edition(reader: Reader, version: str | None = None) -> Edition:
    """The figures of this version, or those that serve this reader now.

    The public reads releases whose embargo is over, and nothing else; exact figures tell of the whole Land,
    so only who may read that reads them. Raises NoFiguresError, InternalClosedError.
    """
    if reader == PUBLIC:
        chosen = settings.from_environment()
        names = [entry.name for entry in shelf.open_to_readers(chosen.store)]
        if not names or (version and version not in names):
            raise NoFiguresError(reader, version)
        return _figures(chosen.store, reader, version or names[-1]).edition
    chosen = inside(reader, Right.READ, areas.LAND)
    pointer = versions.current(chosen.store)
    if pointer is None:
        raise NoFiguresError(reader)
    found = _figures(chosen.store, reader, version or pointer.version).edition
    if reader.entrance is Entrance.DEMONSTRATION and not found.only_synthetic:
        raise InternalClosedError(Door.STORE)
    return found


def inside(reader: Reader, right: Right | None = None, scope: str = "") -> Settings:
    """The settings, for whatever only the inside may see or do; all of that begins by asking here.

    `right` and `scope` say what somebody is about to do; without, that they are inside is enough. It is asked
    of the store each time, so that who is signed out or locked can do nothing more. Raises
    InternalClosedError. A command works for whoever can read the files of the store anyway.
    """
    chosen = settings.from_environment()
    match reader.entrance:
        case Entrance.COMMAND:
            return chosen
        case Entrance.SESSION:
            _still_signed_in(chosen, reader, right, scope)
        case Entrance.DEMONSTRATION:
            _only_made_up(chosen, reader)
            if reader.session:
                _still_signed_in(chosen, reader, right, scope)
        case Entrance.PUBLIC:
            raise InternalClosedError(Door.SIGN_IN if chosen.signs_in else Door.SETTING)
    return chosen


def closed(reader: Reader, right: Right | None = None) -> Door | None:
    """What keeps the inside closed to this reader now; None while it is open."""
    try:
        inside(reader, right)
    except InternalClosedError as error:
        return error.door
    return None


def exact_is_open(reader: Reader) -> bool:
    """Whether exact figures may be asked for by this reader, here and now."""
    try:
        return edition(reader).internal
    except (InternalClosedError, NoFiguresError):
        return False


def releases() -> tuple[notices.Notice, ...]:
    """What readers may know of the releases that they may see, oldest first; the last one serves."""
    return notices.open_to_readers(settings.from_environment().store)


def _still_signed_in(chosen: Settings, reader: Reader, right: Right | None, scope: str) -> None:
    # Read here alone: a process for the public knows no accounts.
    from data.access import sessions

    now = sessions.holds(chosen, reader) if chosen.signs_in else None
    if now is None:
        raise InternalClosedError(Door.SIGN_IN)
    if right and not now.may(right, scope):
        raise InternalClosedError(Door.RIGHT)


def demonstrates() -> bool:
    """Whether whoever sits here may look at the inside without an account of their own: nobody else reaches
    this process, and there is nothing to see but demonstration data.
    """
    chosen = settings.from_environment()
    every = deliveries.all_deliveries(chosen)
    return chosen.only_from_here and bool(every) and all(one.synthetic for one in every)


def _only_made_up(chosen: Settings, reader: Reader) -> None:
    """Where nobody can be told apart: on purpose, at this machine, before made-up figures."""
    opened = chosen.signs_in if reader.session else chosen.internal and not chosen.signs_in
    if not opened:
        raise InternalClosedError(Door.SETTING)
    if not chosen.only_from_here:
        raise InternalClosedError(Door.REACHED)
    if chosen.reached_at and not all(one.synthetic for one in deliveries.all_deliveries(chosen)):
        raise InternalClosedError(Door.STORE)


def _figures(store: Path, reader: Reader, version: str) -> Asked:
    if reader == PUBLIC:
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
