"""The signed list of the releases that readers may see, which copies elsewhere follow.

It stands in a file beside the releases, signed by whoever makes, withdraws or renews; a process for the
public only hands it out. One list for now, and one for each embargo that will end: a release is named from
its hour on and not before, and nobody has to be awake then. Each holds for `HOLDS` from when it begins to,
so `python -m data key --sign` renews it, which a timer calls: a list that somebody kept can't stand for the
newest for long. Its serial number only grows, also after a backup was put back.

The threats are those of The Update Framework (https://theupdateframework.io): rollback, freeze, mix and
match, endless data (docs/decisions.md says why it is not used).
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from data.deliveries.store import kind
from data.foundation import areas, durable, storedjson
from data.foundation.durable import sign_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.releases import manifest, shelf
from data.releases.afterwards.copies import signing
from data.releases.manifest import Manifest
from data.releases.shelf import Entry, Withdrawn

FILE = "signed.json"
FORMAT = 1
HOLDS, RENEWED_AFTER = timedelta(hours=24), timedelta(hours=1)
_LOG = logging.getLogger("dashboard")


@dataclass(frozen=True)
class File:
    """A file of a release: its size in bytes, and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Offered:
    """One release that readers may see, or could see once; a withdrawn one has no files."""

    name: str
    created_at: datetime
    serves_from: datetime
    withdrawn: Withdrawn | None = None
    files: tuple[File, ...] = ()

    @property
    def entry(self) -> Entry:
        """As the list of a store has it."""
        return Entry(self.name, self.created_at, self.serves_from, self.withdrawn)

    def file(self, name: str) -> File | None:
        """The file of this name."""
        return next((each for each in self.files if each.name == name), None)


@dataclass(frozen=True)
class SignedList:
    """What is signed. `land` is the key of the Land, `kind` what the store is for; times are UTC."""

    format: int
    land: str
    kind: str
    serial: int
    issued_at: datetime
    holds_from: datetime
    holds_until: datetime
    releases: tuple[Offered, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Waiting:
    """A signed list, and from when on it is handed out."""

    holds_from: datetime
    serial: int
    envelope: str


def renew(settings: Settings, *, now: datetime | None = None, only_due: bool = False) -> SignedList | None:
    """Sign the list anew; gives the one that holds now. `only_due`: unless it is right and young enough.

    None where nothing was published yet. Raises SigningKeyError, CopiedError, DamagedFileError, OSError.
    """
    shelf.refuse_copy(settings.store)
    entries = shelf.entries(settings.store)
    if not entries:
        return None
    with sign_lock(settings.store):
        key = signing.load(settings)
        before = _waiting(settings.store)
        if key is None:
            if before:
                raise signing.SigningKeyError(
                    f"The key that signs the list of releases is missing: {settings.signing_key}. Put the "
                    "file back from your backup. If it is lost for good, `python -m data key --new` makes "
                    "another; whoever looks after a copy has to accept it."
                )
            key = signing.make(settings)
        moment = max([now or datetime.now(UTC), *(each.created_at for each in entries)])
        made = _lists(settings, moment)
        if only_due and (standing := _not_due(before, made, key, moment)):
            return standing
        first = max([int(moment.timestamp()), *(each.serial + 1 for each in before)])
        numbered = [replace(each, serial=first + number) for number, each in enumerate(made)]
        kept = [
            Waiting(each.holds_from, each.serial, signing.sign(key, storedjson.text(each)))
            for each in numbered
        ]
        durable.replace(settings.store / shelf.FOLDER / FILE, storedjson.text(kept, indent=1))
    return numbered[0]


def renewed(settings: Settings) -> None:
    """The same after something was published or withdrawn, which is done whatever comes of this."""
    try:
        renew(settings)
    except (DashboardError, OSError) as error:
        _LOG.warning("the list for copies was not signed: %s", error)


def current(store: Path, now: datetime | None = None) -> str | None:
    """The signed list to hand out now; None where there is none. Raises DamagedFileError."""
    listed = shelf.entries(store)
    moment = max([now or datetime.now(UTC), *(each.created_at for each in listed)])
    held = [each for each in _waiting(store) if each.holds_from <= moment]
    return held[-1].envelope if held else None


def keep(store: Path, waiting: Waiting) -> None:
    """Hand out a list that another installation has signed: a copy can be followed like its publisher."""
    if _waiting(store) != (waiting,):
        durable.replace(store / shelf.FOLDER / FILE, storedjson.text([waiting], indent=1))


def read(payload: str) -> SignedList:
    """What was signed. Raises storedjson.OtherShapeError, ValueError."""
    return storedjson.read(SignedList, payload, newer=True)


def told(store: Path, name: str) -> bytes:
    """The manifest of a release as copies get it: without the figures that it corrected, as long as readers
    don't see the release that had them. Raises FileNotFoundError, DamagedFileError.
    """
    names = {each.name for each in shelf.open_to_readers(store)}
    return _told(manifest.read(shelf.manifest(store, name)), names).encode()


def _told(made: Manifest, names: set[str]) -> str:
    if made.before not in names:
        made = replace(made, revisions=[])
    # The file with all of them is for whoever publishes.
    return storedjson.text(replace(made, revisions_sha256=""), indent=1)


def _lists(settings: Settings, moment: datetime) -> list[SignedList]:
    """What readers may see now, and from the end of each embargo on. Not numbered yet."""
    store, entries = settings.store, shelf.entries(settings.store)
    ends = sorted({each.serves_from for each in entries if each.serves_from > moment})
    found = []
    for at in (moment, *ends):
        opened = shelf.opened(store, at)
        names = {each.name for each in opened if each.withdrawn is None}
        found.append(
            SignedList(
                FORMAT,
                areas.LAND,
                (kind.of(settings) or kind.Kind.REAL).value,
                0,
                moment,
                at,
                at + HOLDS,
                tuple(_offered(store, each, names) for each in opened),
            )
        )
    return found


def _offered(store: Path, entry: Entry, names: set[str]) -> Offered:
    if entry.withdrawn:
        # Of one that nobody ever saw its name is told, which cite codes are counted by, and nothing else.
        seen = entry.serves_from <= entry.withdrawn.at
        gone = entry.withdrawn if seen else replace(entry.withdrawn, reason="")
        return Offered(entry.name, entry.created_at, entry.serves_from, gone)
    made = manifest.read(shelf.manifest(store, entry.name))
    text = _told(made, names).encode()
    files = (
        File(shelf.MANIFEST, len(text), hashlib.sha256(text).hexdigest()),
        File(shelf.DATABASE, shelf.database(store, entry.name).stat().st_size, made.sha256),
    )
    return Offered(entry.name, entry.created_at, entry.serves_from, None, files)


def _not_due(
    before: Sequence[Waiting], made: Sequence[SignedList], key: Ed25519PrivateKey, moment: datetime
) -> SignedList | None:
    """The list that is handed out now, if it says what a new one would and was signed a short while ago."""
    held = [each for each in before if each.holds_from <= moment]
    waiting = [each for each in before if each.holds_from > moment]
    if not held or len(waiting) != len(made) - 1:
        return None
    try:
        found = []
        for each in (held[-1], *waiting):
            payload, signed_by = signing.opened(each.envelope.encode())
            if signed_by != signing.public(key):
                return None
            found.append(read(payload))
    except (DashboardError, ValueError):
        return None
    same = all(
        (one.releases, one.land, one.kind) == (other.releases, other.land, other.kind)
        for one, other in zip(found, made, strict=True)
    )
    return found[0] if same and moment - found[0].holds_from < RENEWED_AFTER else None


def _waiting(store: Path) -> tuple[Waiting, ...]:
    try:
        return storedjson.read_file(tuple[Waiting, ...], store / shelf.FOLDER / FILE, newer=True)
    except FileNotFoundError:
        return ()
