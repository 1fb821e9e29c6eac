"""The audit log: who did what, when, from where, and whether it was done.

Each entry holds the hash of the one before, and the hash of the newest stands in a file that may lie on
another machine: whoever alters, removes or cuts entries, or puts an older copy in place, is found out by
`check`. It is only added to; entries older than a set time may be let go, which is an entry itself.
"""

import csv
import hashlib
import io
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data.access.damages import DamagedAuditError as DamagedAuditError
from data.access.damages import Fields
from data.foundation import durable, sql
from data.foundation.durable import audit_lock
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings

FILE = "audit.sqlite"
VERSION = 1
BUSY_SECONDS = 20
DONE, REFUSED = "done", "refused"
LET_GO, NEW_KEY = "audit: let go", "audit: new key"
# What an entry says of those before it that are gone; the log has to begin where the newest one says.
CHECKPOINT = "{gone} before {limit}, up to entry {number} {hash}"
ONCE_IN_SECONDS, MOST_TOLD = 60.0, 1000
_TOLD: dict[tuple[str, str, str], float] = {}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Said = tuple[str, str, str, str, str]  # who, action, what, address, result


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did or tried. `at` is ISO 8601 in UTC; `result` is `done`, `refused` or why."""

    number: int
    at: str
    who: str
    action: str
    what: str
    address: str
    result: str
    before: str
    hash: str


def note(
    settings: Settings, who: str, action: str, what: str = "", *, address: str = "", result: str = DONE
) -> None:
    """Write down what somebody did. It is on the disk when this returns. Raises DamagedAuditError."""
    with audit_lock(settings.store), _opened(settings) as log:
        log.execute("begin immediate")
        try:
            entry = _added(log, (who, action, what, address, result))
            log.execute("commit")
        except BaseException:
            if log.in_transaction:
                log.execute("rollback")
            raise
        durable.replace(settings.audit_head, _head(entry))
        oldest = log.execute("select at from entries order by number limit 1").fetchone()[0]
    _let_go_in_time(settings, oldest)


@dataclass
class Doing:
    """What is being done, which may be known better at its end."""

    what: str


@contextmanager
def noted(settings: Settings, who: str, action: str, what: str, address: str = "") -> Iterator[Doing]:
    """Write down what somebody does when it is done, or why it was refused. Raises DamagedAuditError."""
    doing = Doing(what)
    try:
        yield doing
    except DashboardError as error:
        with suppress(DamagedAuditError, OSError):  # what went wrong first is what has to be told
            note(settings, who, action, doing.what, address=address, result=type(error).__name__)
        raise
    note(settings, who, action, doing.what, address=address)


def refused(settings: Settings, who: str, what: str, address: str = "") -> None:
    """Write down that somebody asked for what is not theirs: the same once a minute. A log that can't be
    written lets nobody in, so this raises nothing.
    """
    told, now = (str(settings.store), who, what), time.monotonic()
    if now - _TOLD.get(told, -ONCE_IN_SECONDS) < ONCE_IN_SECONDS:
        return
    if len(_TOLD) >= MOST_TOLD:
        _TOLD.clear()
    _TOLD[told] = now
    with suppress(DamagedAuditError, OSError):
        note(settings, who, "refused", what, address=address, result=REFUSED)


def entries(settings: Settings) -> tuple[Entry, ...]:
    """All of it, oldest first. Raises DamagedAuditError."""
    with _opened(settings) as log:
        return tuple(Entry(*row) for row in log.execute("select * from entries order by number").fetchall())


def as_csv(every: Iterable[Entry]) -> str:
    """The entries as CSV, in which no cell is a formula to a spreadsheet."""
    file = io.StringIO()
    written = csv.writer(file, lineterminator="\n")
    written.writerow(each.name for each in fields(Entry))
    for entry in every:
        written.writerow(f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in astuple(entry))
    return file.getvalue()


def check(settings: Settings, *, signatures: bool = True) -> int:
    """How many entries there are, all of them as they were written. Raises DamagedAuditError otherwise.

    `signatures`: what tells of entries that are gone has to be signed by a key that is there.
    """
    if not (settings.store / FILE).exists():
        if settings.audit_head.exists():
            raise DamagedAuditError(f"{FILE} is gone, and {settings.audit_head.name} knows of entries in it.")
        return 0
    with _opened(settings) as log:
        before = log.execute("select hash from started").fetchone()[0]
        every = [Entry(*row) for row in log.execute("select * from entries order by number").fetchall()]
    _check_beginning(every, before)
    for entry in every:
        if entry.before != before or entry.hash != _hash(*astuple(entry)[:-1]):
            raise DamagedAuditError(
                f"{FILE}: entry {entry.number} of {entry.at} is not what was written, or the one before it "
                "is missing. Put the log back from a backup, and ask who may write in the store."
            )
        before = entry.hash
    _check_head(settings, every)
    told = [astuple(each)[:-1] for each in every if each.action in (LET_GO, NEW_KEY)]
    if told and signatures:
        from data.access import checkpoints  # most logs have none, and it loads a library

        checkpoints.check(settings, told)
    return len(every)


def let_go(settings: Settings, before: datetime, who: str) -> int:
    """Forget entries older than this moment; gives how many. What is left hangs on the hash of the last one.

    Raises DamagedAuditError, also before anything is forgotten if the log is not what was written, and
    SigningKeyError.
    """
    from data.access import checkpoints

    check(settings)
    with audit_lock(settings.store), _opened(settings) as log:
        log.execute("begin immediate")
        try:
            limit = before.astimezone(UTC).isoformat(timespec="seconds")
            last = log.execute(
                "select number, hash from entries where at < ? order by number desc limit 1", (limit,)
            ).fetchone()
            if last is None:
                log.execute("rollback")
                return 0
            gone = log.execute("delete from entries where number <= ?", (last[0],)).rowcount
            log.execute("update started set hash = ?", (last[1],))
            # Even where none is left it hangs on the last that was.
            what = CHECKPOINT.format(gone=gone, limit=limit, number=last[0], hash=last[1])
            sign = checkpoints.signer(settings)
            entry = _added(log, (who, LET_GO, what, "", DONE), (last[0], last[1]), sign)
            log.execute("commit")
        except BaseException:
            if log.in_transaction:
                log.execute("rollback")
            raise
        durable.replace(settings.audit_head, _head(entry))
    return gone


def new_key(settings: Settings, who: str) -> str:
    """Sign with a new key from now on, where the one before is lost or was read; gives its name. The entry
    that says so vouches for what stands above it. Raises DamagedAuditError if that does not hang together.
    """
    from data.access import checkpoints

    check(settings, signatures=False)
    with audit_lock(settings.store), _opened(settings) as log:
        log.execute("begin immediate")
        key = checkpoints.pair(settings).make()
        said = (who, NEW_KEY, checkpoints.named(key), "", DONE)
        entry = _added(log, said, None, checkpoints.signer(settings))
        log.execute("commit")
        durable.replace(settings.audit_head, _head(entry))
    return checkpoints.named(key)


def _let_go_in_time(settings: Settings, oldest: str) -> None:
    """Let go of what is older than `DASHBOARD_AUDIT_DAYS`, once a day. A log that is not what was written
    keeps all that it has.
    """
    now = datetime.now(UTC)
    if not settings.audit_days or now - datetime.fromisoformat(oldest) < timedelta(settings.audit_days + 1):
        return
    with suppress(DashboardError, OSError):  # what was done is written down, and has to be told as such
        let_go(settings, now - timedelta(settings.audit_days), "")


def _added(
    log: sqlite3.Connection,
    said: Said,
    newest: tuple[int, str] | None = None,
    sign: Callable[[Fields], Fields] = tuple,
) -> Entry:
    """`newest`: number and hash of the last entry that was, where none is left."""
    found = log.execute("select number, hash from entries order by number desc limit 1").fetchone()
    number, before = found or newest or (0, log.execute("select hash from started").fetchone()[0])
    fields = sign((number + 1, _now().isoformat(timespec="seconds"), *said, before))
    whole: Fields = (*fields, _hash(*fields))
    entry = Entry(*whole)
    log.execute("insert into entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)", astuple(entry))
    return entry


def _now() -> datetime:
    return datetime.now(UTC)


def _hash(*fields: object) -> str:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def _head(entry: Entry) -> str:
    return json.dumps({"number": entry.number, "hash": entry.hash}) + "\n"


def _check_beginning(every: list[Entry], before: str) -> None:
    """Whether the log begins with its first entry, or where an entry in it says that older ones were let go.
    That entry hangs in the chain: who cuts off the oldest ones can't write it.
    """
    first = every[0].number if every else 1
    told = [entry.what for entry in every if entry.action == LET_GO]
    begins = f"up to entry {first - 1} {before}"
    if (told and not told[-1].endswith(begins)) or (not told and (first, before) != (1, "")):
        raise DamagedAuditError(
            f"{FILE} begins with entry {first}, and no entry says that those before it were let go. Put the "
            "log back from a backup, and ask who may write in the store."
        )


def _check_head(settings: Settings, every: list[Entry]) -> None:
    try:
        head = json.loads(settings.audit_head.read_text(encoding="utf-8"))
        number, expected = int(head["number"]), str(head["hash"])
    except (OSError, ValueError, KeyError, TypeError):
        if not every:
            return
        raise DamagedAuditError(
            f"{settings.audit_head.name}, which holds the newest entry of the audit log, is gone or damaged. "
            "Put it back from a backup."
        ) from None
    # The log may be one entry ahead, where the power went between the two files, and never behind.
    hashes = {entry.number: entry.hash for entry in every}
    if hashes.get(number) != expected or max(hashes) > number + 1:
        raise DamagedAuditError(
            f"{FILE} lacks entry {number}, has another one in its place, or more behind it than were "
            "written: it was cut or added to, or an older copy was put here. Put the log back from a backup, "
            "and ask who may write in the store."
        )


@contextmanager
def _opened(settings: Settings) -> Iterator[sqlite3.Connection]:
    path: Path = settings.store / FILE
    try:
        if not path.exists():
            durable.mkdir(path.parent)
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as log:
            log.execute("pragma synchronous = full")
            if not log.execute("pragma user_version").fetchone()[0]:
                log.executescript(f"begin immediate; {_first(log)} pragma user_version = {VERSION}; commit;")
            yield log
    except sqlite3.DatabaseError as error:
        raise DamagedAuditError(f"{FILE} can't be read ({error}). Put it back from a backup.") from error


def _first(log: sqlite3.Connection) -> str:
    """The tables, unless another process was first."""
    there = log.execute("select 1 from sqlite_master where name = 'entries'").fetchone()
    return "" if there else sql.beside(__file__, "tables/audit_1")
