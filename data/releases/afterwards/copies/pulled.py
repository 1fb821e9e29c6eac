"""Follow another installation: its releases become those of this store, which has nothing of its own.

The list is believed by its signature alone, files by their hashes in it. A withdrawal takes effect as soon as
the list is there; a new release when every byte of it is, at once and as a whole. Whatever is raised, the
copy is what it was, but for withdrawals.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from data.deliveries.store import kind
from data.foundation import areas, durable
from data.foundation.durable import copy_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.questions.engine import Database
from data.releases import manifest, shelf
from data.releases.afterwards.copies import copied, signed_list, signing
from data.releases.afterwards.copies.copied import AHEAD, Copy
from data.releases.afterwards.copies.fetched import Publisher, TooMuchError
from data.releases.afterwards.copies.signed_list import FORMAT, File, Offered, SignedList
from data.releases.afterwards.copies.signing import ForgedError
from data.releases.shelf import Entry

LISTED, WHOLE = "/daten/veroeffentlichungen.json", "/daten/alles/{name}.{ending}"
ENDINGS = {shelf.DATABASE: "duckdb", shelf.MANIFEST: "json"}
MOST_LISTED, MOST_TOLD, MOST_RELEASES = 2**22, 2**23, 2000
SPARE_BYTES = 200 * 2**20
LOOKED_AFTER = timedelta(days=1)
TOGETHER = timedelta(seconds=90)  # after it came out: a minute of the timer, and the pull itself
OWN = ("register.sqlite", "deliveries", "current.json")


class NoCopyError(DashboardError):
    """A store that is no copy, or of another kind or Land."""

    exit_code = 2


class AtWorkError(DashboardError):
    """Another process follows for the same store."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__("Another pull is at work on this store. Nothing was done.")


class NoRoomError(DashboardError):
    """What is published is larger than what is left of the disk."""

    exit_code = 1

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(
            f"The disk has {free / 2**20:,.0f} MiB left, and what is published needs {needed / 2**20:,.0f}. "
            "The copy stays as it is."
        )


class OtherKeyError(DashboardError):
    """The list is signed with another key than the one that is pinned."""

    exit_code = 4

    def __init__(self, found: str, pinned: str) -> None:
        super().__init__(
            f"The list is signed with another key ({signing.fingerprint(found)}) than the one that this "
            f"copy knows ({signing.fingerprint(pinned)}). Ask whoever publishes, by another way than this "
            "address. If it is theirs: `python -m data pull --accept-key FINGERPRINT`. Nothing was changed."
        )


class RefusedListError(DashboardError):
    """A list that is signed, and is not to be followed: older than another, over, or at odds with itself."""

    exit_code = 4

    def __init__(self, why: str) -> None:
        super().__init__(f"The signed list is refused: {why}. The copy stays as it is.")


@dataclass(frozen=True)
class Pulled:
    """What became of it: names of releases that are new or changed here, and what they weighed on the way."""

    copy: Copy
    serving: str | None
    releases: tuple[str, ...]
    new: tuple[str, ...]
    withdrawn: tuple[str, ...]
    bytes: int
    pinned: bool


def pull(settings: Settings, url: str = "", accept: str = "") -> Pulled:
    """Let the releases of this store be those that the publisher shows now. Without an address it is that of
    the settings, or the one followed so far. `accept` is the fingerprint of the key to trust from now on.

    Raises WrongAddressError, NoCopyError, KindError, WrongLandError, AtWorkError, UnreachedError,
    NoRoomError, ForgedError, TooMuchError, OtherKeyError, RefusedListError, DamagedFileError, OSError.
    """
    with copy_lock(settings.store) as alone:
        if not alone:
            raise AtWorkError
        before = copied.of(settings.store)
        if before is None:
            _refuse_own(settings)
        followed = before.address if before else ""
        publisher = Publisher(url.rstrip("/") or settings.copy_of or followed)
        envelope = publisher.small(LISTED, MOST_LISTED)
        payload, key = signing.opened(envelope)
        anew = _pin(key, before, accept)
        listed = _read(payload, None if anew else before)
        _check_place(settings, listed)
        standing = shelf.entries(settings.store)
        if not anew:
            _check_against(settings.store, listed, standing)
        known = Copy(publisher.url, key, listed.serial, datetime.now(UTC))
        if before and not anew:
            known = replace(before, address=publisher.url, serial=listed.serial)
        durable.mkdir(settings.store / shelf.FOLDER)
        copied.keep(settings.store, known)
        if before is None:
            kind.decide(settings, kind.Kind(listed.kind))
        return _follow(settings.store, publisher, listed, envelope.decode(), (known, standing), anew)


def _follow(
    store: Path,
    publisher: Publisher,
    listed: SignedList,
    envelope: str,
    before: tuple[Copy, Sequence[Entry]],
    anew: bool,
) -> Pulled:
    known, standing = before
    had = {each.name: each for each in standing}
    names = {each.name: each for each in listed.releases}
    gone = [each for each in listed.releases if each.withdrawn and not _withdrawn(had.get(each.name))]
    # At once: what is withdrawn waits for no file. What serves again does, if its files are not here.
    soon = [
        names[each.name].entry if names[each.name].withdrawn else each
        for each in standing
        if each.name in names
    ]
    if standing and tuple(soon) != tuple(standing):
        shelf.replace(store, soon)
    looks = anew or known.looked_at is None or datetime.now(UTC) - known.looked_at > LOOKED_AFTER
    came, new = _fetch_all(store, publisher, listed, whole=looks)
    entries = tuple(_together(each.entry) for each in listed.releases)
    if shelf.entries(store) != entries or not standing:
        shelf.replace(store, entries)
    waiting = signed_list.Waiting(listed.holds_from, listed.serial, envelope)
    signed_list.keep(store, waiting)
    _sweep(store)
    open_now = shelf.open_to_readers(store)
    return Pulled(
        copied.asked(store, known, looked=looks),
        open_now[-1].name if open_now else None,
        tuple(names),
        tuple(new),
        tuple(each.name for each in gone if each.name in had),
        came,
        pinned=anew,
    )


def _together(entry: Entry) -> Entry:
    """Shown when every copy that asks each minute has it. Otherwise a reader whom one has led to it would
    come to another that does not know it, when that one dies.
    """
    from_then = max(entry.created_at, entry.serves_from) + TOGETHER
    return replace(entry, shown_from=from_then if from_then > datetime.now(UTC) else None)


def _refuse_own(settings: Settings) -> None:
    """A store in which something was handed in or published follows nobody. Raises NoCopyError."""
    own = [name for name in OWN if (settings.store / name).exists()]
    if own or settings.keys.exists() or shelf.entries(settings.store):
        raise NoCopyError(
            f"{settings.store} has deliveries or releases of its own, so it can't be the copy of another. "
            "DASHBOARD_STORE names the folder of a store; a copy needs an empty one. Nothing was changed."
        )


def _pin(key: str, before: Copy | None, accept: str) -> bool:
    """Whether a key is trusted for the first time here. Raises OtherKeyError, ForgedError."""
    if accept and accept.strip().lower() != signing.fingerprint(key):
        raise ForgedError(
            f"The list is signed with the key {signing.fingerprint(key)}, and another was to be accepted. "
            "Nothing was changed."
        )
    if before is None or before.key == key:
        return before is None
    if not accept:
        raise OtherKeyError(key, before.key)
    return True


def _read(payload: str, before: Copy | None) -> SignedList:
    """The list, if it is right by itself and no older than the one before. Raises RefusedListError."""
    try:
        found = signed_list.read(payload)
    except (ValueError, RecursionError):
        raise RefusedListError("it was written by another program; bring this one up to date") from None
    now, times = datetime.now(UTC), [found.issued_at, found.holds_from, found.holds_until]
    for each in found.releases:
        times += [each.created_at, each.serves_from, *([each.withdrawn.at] if each.withdrawn else [])]
    if any(each.tzinfo is None for each in times):
        raise RefusedListError("its times have no zone")
    if found.format != FORMAT:
        raise RefusedListError("it is of another form; bring this program up to date")
    if before and found.serial < before.serial:
        raise RefusedListError(
            f"it is an older one (number {found.serial}) than was here (number {before.serial})"
        )
    if found.holds_from - AHEAD > now:
        raise RefusedListError(
            f"it holds from {found.holds_from:%d.%m.%Y %H:%M} UTC on; is the clock of this machine right?"
        )
    if found.holds_until + AHEAD < now:
        raise RefusedListError(
            f"it held until {found.holds_until:%d.%m.%Y %H:%M} UTC, and nobody has renewed it"
        )
    if len(found.releases) > MOST_RELEASES:
        raise RefusedListError("it names too many releases")
    if len({each.name for each in found.releases}) < len(found.releases):
        raise RefusedListError("it names a release twice")
    for each in found.releases:
        _check_offered(each)
    return found


def _check_offered(each: Offered) -> None:
    if not shelf.NAME.fullmatch(each.name):
        raise RefusedListError("it names what can't be a release")
    wanted = set() if each.withdrawn else set(ENDINGS)
    if {file.name for file in each.files} != wanted or len(each.files) != len(wanted):
        raise RefusedListError(f"it does not name the files of {each.name}")
    for file in each.files:
        # Another sign here would be a place on the disk; and what is told of a release is small.
        hexadecimal = len(file.sha256) == 64 and set(file.sha256) <= set("0123456789abcdef")
        if not hexadecimal or file.size < 1 or (file.name == shelf.MANIFEST and file.size > MOST_TOLD):
            raise RefusedListError(f"it can't be right about {each.name}")


def _check_place(settings: Settings, listed: SignedList) -> None:
    """Raises WrongLandError, KindError, RefusedListError."""
    if listed.land != areas.LAND:
        raise kind.WrongLandError(listed.land)
    if listed.kind not in {each.value for each in kind.Kind}:
        raise RefusedListError("it does not say what its store is for")
    found = kind.of(settings)
    if found and found.value != listed.kind:
        raise kind.KindError(found)


def _check_against(store: Path, listed: SignedList, standing: Iterable[Entry]) -> None:
    """Releases are never changed and never vanish. Raises RefusedListError."""
    names = {each.name: each for each in listed.releases}
    for each in standing:
        now = names.get(each.name)
        if now is None:
            raise RefusedListError(f"{each.name} is not in it any more, and a release never vanishes")
        said, path = now.file(shelf.DATABASE), shelf.manifest(store, each.name)
        same = (now.created_at, now.serves_from) == (each.created_at, each.serves_from)
        if said and path.exists():
            same &= manifest.read(path).sha256 == said.sha256
        if not same:
            raise RefusedListError(f"{each.name} is another one in it, and a release is never changed")


def _fetch_all(
    store: Path, publisher: Publisher, listed: SignedList, *, whole: bool
) -> tuple[int, list[str]]:
    """Bring here what is missing, and give each release its place when all of them are here. Gives the bytes
    that came, and the names of releases that are new or were made good again.
    """
    lacking = [
        (each, file)
        for each in listed.releases
        for file in each.files
        if not _is_there(store, each, file, whole)
    ]
    beside = store / shelf.FOLDER / shelf.PULLING
    wanted = {_part(each, file) for each, file in lacking}
    for left in beside.iterdir() if beside.is_dir() else ():
        if left.name not in wanted:
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
    if not lacking:
        return 0, []
    durable.mkdir(beside, 0o700)
    there = sum(path.stat().st_size for path in beside.iterdir())
    needed, free = sum(file.size for _, file in lacking) - there + SPARE_BYTES, shutil.disk_usage(store).free
    if needed > free:
        raise NoRoomError(needed, free)
    came = sum(_fetch(publisher, each, file, beside / _part(each, file)) for each, file in lacking)
    for each, file in lacking:
        _check_inside(each, file, beside / _part(each, file))
    new = dict.fromkeys(each.name for each, _ in lacking)
    for each in listed.releases:
        if each.name in new:
            _place(store, each, [file for one, file in lacking if one is each], beside)
    return came, list(new)


def _part(each: Offered, file: File) -> str:
    """Under what a file arrives: the same after a break, and none of another release."""
    return f"{each.name}.{file.sha256}"


def _is_there(store: Path, each: Offered, file: File, whole: bool) -> bool:
    path = store / shelf.FOLDER / each.name / file.name
    if not path.is_file() or path.is_symlink() or path.stat().st_size != file.size:
        return False
    # What readers are told may become another text of the same length.
    return not (whole or file.name == shelf.MANIFEST) or manifest.sha256(path) == file.sha256


def _fetch(publisher: Publisher, each: Offered, file: File, to: Path) -> int:
    address = WHOLE.format(name=each.name, ending=ENDINGS[file.name])
    try:
        came = publisher.file(address, to, file.size, f'"{file.sha256[:32]}"')
    except TooMuchError:
        to.unlink(missing_ok=True)
        raise
    if manifest.sha256(to) != file.sha256:
        to.unlink()
        raise ForgedError(
            f"{each.name}: {file.name} is not what was signed; it was damaged or exchanged on its way. "
            "The copy stays as it is."
        )
    durable.sync(to)
    return came


def _check_inside(each: Offered, file: File, path: Path) -> None:
    """What was signed can be read by this program, and says the same of itself. Raises RefusedListError."""
    try:
        if file.name == shelf.DATABASE:
            Database(path).rows("select 1 from marts.edition", {})
            return
        made = manifest.read(path)
        said, database = (made.name, made.created_at, made.serves_from), each.file(shelf.DATABASE)
        times = (each.name, each.created_at.isoformat(), each.serves_from.isoformat())
        if said == times and database and made.sha256 == database.sha256:
            return
    except (ValueError, DashboardError, duckdb.Error):
        raise RefusedListError(f"this program can't read {each.name}; bring it up to date") from None
    raise RefusedListError(f"{each.name} says something else of itself")


def _place(store: Path, each: Offered, files: Sequence[File], beside: Path) -> None:
    """A new release is a whole folder; of one that is here, single files are replaced."""
    folder = store / shelf.FOLDER / each.name
    for file in files:
        (beside / _part(each, file)).chmod(0o444)
    if folder.is_dir():
        for file in files:
            durable.place(beside / _part(each, file), folder / file.name)
        return
    made = beside / f"{each.name}.new"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    for file in files:
        durable.rename(beside / _part(each, file), made / file.name)
    durable.place(made, folder)


def _withdrawn(entry: Entry | None) -> bool:
    return entry is not None and entry.withdrawn is not None


def _sweep(store: Path) -> None:
    shutil.rmtree(store / shelf.FOLDER / shelf.PULLING, ignore_errors=True)
