"""The one door to a number: `ask(query, filters, reader) -> Published`."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from data.access.closed import Door as Door
from data.access.closed import InternalClosedError as InternalClosedError
from data.access.closed import NotTheirAreaError as NotTheirAreaError
from data.access.closed import NotTheirSenderError as NotTheirSenderError
from data.access.rights import PUBLIC, Entrance, Grant, Reader, Right
from data.deliveries.store import kind
from data.disclosure.published import Cell, Edition, Published
from data.foundation import areas, periods, settings
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.questions import catalogue, own_areas
from data.questions.catalogue import Reach
from data.questions.engine import DatabaseMissingError, LackingTableError
from data.questions.filters import Filters
from data.releases import manifest, notices, shelf
from data.releases.afterwards.copies import copied
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


class WithdrawnError(NoFiguresError):
    """A release that readers could see once."""

    def __init__(self, gone: notices.Notice) -> None:
        super().__init__(PUBLIC, gone.name)
        self.gone = gone

    def __str__(self) -> str:
        why = self.gone.withdrawn.reason if self.gone.withdrawn else ""
        return f"The release {self.gone.name} was withdrawn: {why}"


class OutdatedFiguresError(DashboardError):
    """Exact figures that an older program built: they lack what a newer one asks for."""

    exit_code = 4

    def __init__(self) -> None:
        super().__init__("The exact figures were built by an older program. Run `python -m data build`.")


class UnknownChoiceError(DashboardError):
    """A filter value that does not exist."""

    exit_code = 2

    def __init__(self, name: str, value: str, remedy: str) -> None:
        self.name = name
        super().__init__(f"{name} is {value!r}, which does not exist. {remedy}")


def ask(query: str, filters: Filters, reader: Reader) -> Published:
    """The answer to one question, protected for this reader: of a release for the public, else exact.

    Whoever reads exact figures of a part of the Land is answered for areas in it (`reach` of the question),
    from tables that hold no row of any other (`own_areas`).

    Raises UnknownQueryError, UnknownChoiceError, NoFiguresError, OutdatedFiguresError, InternalClosedError.
    Answers are immutable and kept by query, filters and version, so nothing is ever invalidated by hand;
    whether a reader may see one is asked each time.
    """
    _check(filters)
    where = settings.from_environment()
    store, wanted = where.store, catalogue.query(query)
    if wanted.inside and reader.reads_releases:
        raise InternalClosedError(Door.SIGN_IN)
    if wanted.needs and not where.staff_council_agrees:
        raise InternalClosedError(Door.AGREEMENT)
    for _ in range(3):
        serving = edition(reader, filters.edition)
        only = _read_alone(reader)
        if only is not None:
            _refuse_outside(query, filters, replace(reader, grants=only))
        chosen = replace(filters, edition=serving.version, period=filters.period or serving.period)
        try:
            figures = _figures(store, reader, serving.version, only)
            _check_grouping(figures, chosen, reader)
            return figures.answer(query, chosen)
        except LackingTableError as error:
            raise OutdatedFiguresError from error
        except DatabaseMissingError:
            # The build that replaced this version may have removed its file in between.
            if filters.edition:
                break
    raise NoFiguresError(reader, filters.edition)


def edition(reader: Reader, version: str | None = None) -> Edition:
    """The figures of this version, or those that serve this reader now.

    The public reads releases whose embargo is over, and nothing else; who may read exact figures of any area
    reads the warehouse, of which `ask` answers for their areas. Raises NoFiguresError, InternalClosedError.
    """
    if reader == PUBLIC:
        chosen = settings.from_environment()
        names = [entry.name for entry in shelf.open_to_readers(chosen.store)]
        if not names or (version and version not in names):
            gone = [each for each in withdrawn() if each.name == version or (not names and not version)]
            raise WithdrawnError(gone[-1]) if gone else NoFiguresError(reader, version)
        return _figures(chosen.store, reader, version or names[-1]).edition
    if reader.ahead:
        if version not in (None, reader.ahead):
            raise NoFiguresError(reader, version)
        before(reader, reader.ahead)  # or raises: the right is gone, or the embargo is over
        return _figures(settings.from_environment().store, reader, reader.ahead).edition
    chosen = inside(reader, Right.READ)
    pointer = versions.current(chosen.store)
    if pointer is None:
        raise NoFiguresError(reader)
    return _figures(chosen.store, reader, version or pointer.version).edition


def inside(reader: Reader, right: Right | None = None, scope: str = "") -> Settings:
    """The settings, for whatever only the inside may see or do; all of that begins by asking here.

    `right` and `scope` say what somebody is about to do; without, that they are inside is enough. It is asked
    of the store each time, so that who is signed out or locked can do nothing more. What an account is
    refused stands in the log. Raises InternalClosedError. A command works for whoever can read the files of
    the store anyway.
    """
    try:
        return _opened(reader, right, scope)
    except InternalClosedError as error:
        if error.door is Door.RIGHT and right:
            _refused(reader, f"{right.value} {scope}".strip())
        raise


def _opened(reader: Reader, right: Right | None = None, scope: str = "") -> Settings:
    """The same for who only looks whether it is open. Raises InternalClosedError."""
    chosen = settings.from_environment()
    match reader.entrance:
        case Entrance.COMMAND:
            return chosen
        case Entrance.SESSION:
            _still_signed_in(chosen, reader, right, scope)
        case Entrance.DEMONSTRATION:
            _only_made_up(chosen)
            _still_signed_in(chosen, reader, right, scope)
        case Entrance.PUBLIC:
            raise InternalClosedError(Door.SIGN_IN if chosen.signs_in else Door.SETTING)
    return chosen


def closed(reader: Reader, right: Right | None = None) -> Door | None:
    """What keeps the inside closed to this reader now; None while it is open."""
    try:
        _opened(reader, right)
    except InternalClosedError as error:
        return error.door
    return None


def exact_is_open(reader: Reader, *codes: str) -> bool:
    """Whether exact figures of these areas may be asked for by this reader, here and now; without any, those
    of the whole Land.
    """
    try:
        for code in codes or (areas.LAND,):
            _opened(reader, Right.READ, code)
        return edition(reader).internal
    except (InternalClosedError, NoFiguresError):
        return False


def lasting(reader: Reader, version: str | None) -> Hashable | None:
    """Under what that which follows from this version may be kept for whoever reads it: a release never
    changes, and is the same for all. It is another one whenever a release is added or withdrawn.

    None of a release that readers don't see (any more), and of exact figures: those hang on rights that may
    end, and are asked for each time.
    """
    store = settings.from_environment().store
    if reader != PUBLIC or version not in {entry.name for entry in shelf.open_to_readers(store)}:
        return None
    return shelf.standing(store), version


one_list = shelf.looked_up_once


def releases() -> tuple[notices.Notice, ...]:
    """What readers may know of the releases that they may see, oldest first; the last one serves."""
    return notices.open_to_readers(settings.from_environment().store)


def ahead(reader: Reader) -> tuple[shelf.Entry, ...]:
    """The releases under their embargo, for publishers and the press office. Raises InternalClosedError."""
    right = Right.PRESS if reader.may(Right.PRESS) else Right.PUBLISH
    return tuple(shelf.under_embargo(inside(reader, right).store))


def before(reader: Reader, name: str) -> tuple[Reader, datetime]:
    """As whom such a reader asks for figures of a release under its embargo, and until when nobody else may.

    Raises InternalClosedError; NoFiguresError if there is no such release, or readers see it already.
    """
    found = next((entry for entry in ahead(reader) if entry.name == name), None)
    if found is None:
        raise NoFiguresError(reader, name)
    return replace(reader, ahead=name), found.serves_from


def standing() -> tuple[object, ...]:
    """What changes whenever a release is added, or withdrawn. It costs one look at a file."""
    return shelf.standing(settings.store())


def withdrawn() -> tuple[notices.Notice, ...]:
    """The releases that readers could see once, and when and why no more, oldest first."""
    return notices.withdrawn(settings.from_environment().store)


def every_release() -> tuple[str, ...]:
    """The names of all releases whose embargo is over, oldest first, also of those that are withdrawn: this
    list only grows, so that places in it are kept for ever.
    """
    return tuple(entry.name for entry in shelf.opened(settings.from_environment().store))


def whole(version: str) -> Path:
    """The file with all figures of a release that readers may see. Raises NoFiguresError."""
    return shelf.database(settings.from_environment().store, edition(PUBLIC, version).version)


def fingerprint(version: str) -> str:
    """The SHA-256 of that file, as the manifest has it. Raises NoFiguresError."""
    return manifest.read(whole(version).with_name(shelf.MANIFEST)).sha256


def signed_list() -> str:
    """The signed list of the releases that readers may see, for copies elsewhere. Raises NoFiguresError."""
    from data.releases.afterwards.copies import signed_list as copies  # few ask, and it loads a library

    found = copies.current(settings.from_environment().store)
    if found is None:
        raise NoFiguresError(PUBLIC)
    return found


def told(version: str) -> bytes:
    """What a release says of itself, for copies elsewhere. Raises NoFiguresError."""
    from data.releases.afterwards.copies import signed_list as copies

    return copies.told(settings.from_environment().store, edition(PUBLIC, version).version)


def behind() -> datetime | None:
    """As of when a copy of another installation is, if it has not reached that one for too long; None while
    it keeps up, before it did for the first time, and where what is shown is published here.
    """
    chosen = settings.from_environment()
    try:
        known = copied.of(chosen.store)
    except DashboardError:
        return None
    return known.asked_at if known and known.is_behind(chosen.copy_minutes) else None


def _refused(reader: Reader, what: str) -> None:
    """Into the log: who asked for what is not theirs. A page that asks at each click is one a minute."""
    if not reader.session:
        return
    from data.access import audit

    audit.refused(settings.from_environment(), reader.name, what, reader.address)


def _still_signed_in(chosen: Settings, reader: Reader, right: Right | None, scope: str) -> None:
    now = _now(chosen, reader)
    if now is None:
        raise InternalClosedError(Door.SIGN_IN)
    if right and not now.may(right, scope):
        raise InternalClosedError(Door.RIGHT)


def _now(chosen: Settings, reader: Reader) -> Reader | None:
    """The same reader with the rights they have now; None without a session that holds."""
    # Read here alone: a process for the public knows no accounts.
    from data.access import sessions

    return sessions.holds(chosen, reader) if chosen.signs_in and reader.session else None


def demonstrates() -> bool:
    """Whether whoever sits here may look at the inside without an account of their own: nobody else reaches
    this process, and there is nothing to see but demonstration data.
    """
    chosen = settings.from_environment()
    return chosen.only_from_here and is_demonstration()


def is_demonstration() -> bool:
    """Whether all that readers may ever see here is made up: a demonstration's texts will do. A store that
    can't be asked is none.
    """
    try:
        return kind.is_demonstration(settings.from_environment())
    except (DashboardError, OSError):
        return False


def check_land() -> None:
    """Raises WrongLandError if the store is of another Land than this process."""
    kind.check_land(settings.from_environment())


def store_is() -> str:
    """What the store is for: `demonstration`, `real`, `mixed` (older than kinds) or `undecided`."""
    return kind.described(settings.from_environment())


def _only_made_up(chosen: Settings) -> None:
    """Who is signed in by a click is anybody: at this machine alone, before made-up figures."""
    if not chosen.only_from_here:
        raise InternalClosedError(Door.REACHED)
    if not kind.is_demonstration(chosen):
        raise InternalClosedError(Door.STORE)


def _figures(store: Path, reader: Reader, version: str, only: frozenset[Grant] | None = None) -> Asked:
    if reader.reads_releases:
        return Asked(shelf.database(store, version), version)
    own = None if only is None else frozenset(grant.scope for grant in only)
    return Asked(versions.warehouse(store, version), version, internal=True, today=date.today(), only=own)


def _read_alone(reader: Reader) -> frozenset[Grant] | None:
    """The rights to exact figures of whoever reads those of a part of the Land, as of now; None of others.

    Asked of the store each time, like all rights: what was taken back since a page began counts.
    """
    if reader.reads_releases:
        return None
    now = _now(settings.from_environment(), reader) or reader
    if now.reads_all:
        return None
    return frozenset(grant for grant in now.grants if grant.right is Right.READ)


def _refuse_outside(query: str, filters: Filters, reader: Reader) -> None:
    """Stop whoever reads a part of the Land from asking for more. Raises NotTheirAreaError."""
    asked = catalogue.query(query)
    codes = [filters.area_code] if "area_code" in asked.params else []
    codes += filters.compared if "compare" in asked.params else ()
    outside = any(not reader.may(Right.READ, code) for code in codes)
    if asked.reach is Reach.LEVEL and "level" in asked.params:
        own = own_areas.inside(reader.read_areas)
        outside |= not any(areas.level(code) == filters.level for code in own)
    if asked.reach is Reach.LAND or (outside and asked.reach is not Reach.REGISTER):
        _refused(reader, f"{Right.READ.value} {query} {' '.join(codes)}".strip())
        raise NotTheirAreaError(reader)


def _check_grouping(figures: Asked, chosen: Filters, reader: Reader) -> None:
    known = _groupings(figures) if chosen.grouping else ()
    if chosen.grouping and chosen.grouping not in known:
        if figures.only is not None and chosen.grouping in _groupings(replace(figures, only=None)):
            raise NotTheirAreaError(reader)
        named = ", ".join(dict.fromkeys(map(str, known))) or "none"
        raise UnknownChoiceError("grouping", chosen.grouping, f"This edition has {named}.")


def _groupings(figures: Asked) -> tuple[Cell, ...]:
    return figures.answer("frame/groupings", Filters()).column("group_code")


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
