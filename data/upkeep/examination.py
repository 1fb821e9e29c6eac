"""What is wrong with an installation, in plain words: everything is looked at, nothing is changed."""

import http.client
import json
import os
import re
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from data import VERSION
from data.access import accessfile, accounts, audit
from data.deliveries.store import deliveries, kind, register
from data.foundation import languages, settings
from data.foundation.connections import is_loopback
from data.foundation.errors import DashboardError
from data.foundation.settings import Settings
from data.questions import engine
from data.releases import manifest, secrets, shelf
from data.releases.afterwards.copies import copied, signed_list, signing
from data.upkeep import upgrading
from data.upkeep.integrity import RESTORING

SOUND, WARNING, FAULT = "sound", "warning", "fault"
MIB = 2**20
LOW_MIB = 1024  # a release and a backup of a Land need some hundred each
BACKUP_DAYS = 7
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.M)
REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"
ERRORS = (DashboardError, OSError, sqlite3.Error, ValueError)


@dataclass(frozen=True)
class Found:
    """One thing that was looked at. `name` is that of its sentence, `fills` what stands in it."""

    name: str
    severity: str
    fills: dict[str, str] = field(default_factory=dict)

    def texts(self) -> dict[str, str]:
        """The sentence in each language."""
        each = languages.texts(_sentences()[self.name], "message")
        return {language: languages.filled(text, language, self.fills) for language, text in each.items()}


def examine() -> tuple[Found, ...]:
    """Look at settings, store, rights, disk, release, keys, log, clock, backups, versions, paper and port."""
    try:
        where = settings.from_environment()
        where.metrics_token()
    except (DashboardError, ValueError) as error:
        return _found("settings-wrong", FAULT, why=str(error)), *_unknown(), *_versions()
    looks: list[Callable[[Settings], Iterator[Found]]] = [_settings, _url, _store, _rights, _disk]
    looks += [_release, _keys, _signed, _copy]
    found = [each for look in looks for each in _safely(look, where)]
    if not any(each.name == "store-older" for each in found):  # opened, a database is brought up to date
        looks = [_log, _clock, _backups, _accounts]
        found += [each for look in looks for each in _safely(look, where)]
    return (*found, *_versions(), *_paper(), *_port(where))


def _found(name: str, severity: str = SOUND, /, **fills: object) -> Found:
    return Found(name, severity, {key: str(fill) for key, fill in fills.items()})


def _safely(look: Callable[[Settings], Iterator[Found]], where: Settings) -> list[Found]:
    """What stops one look is told once, and the others go on."""
    try:
        return list(look(where))
    except ERRORS as error:
        return [_found("store-unreadable", FAULT, why=str(error))]


def _settings(where: Settings) -> Iterator[Found]:
    unknown = list(_unknown())
    yield from unknown or [_found("settings-sound", role=where.role)]


def _unknown() -> Iterator[Found]:
    yield from (_found("settings-unknown", WARNING, name=name) for name in settings.unknown())


def _url(where: Settings) -> Iterator[Found]:
    if where.url and not where.secure:
        yield _found("url-open", FAULT if where.signs_in else WARNING)
    elif where.url:
        yield _found("url-sound", url=where.url)
    elif where.signs_in and not is_loopback(where.address):
        yield _found("url-missing", WARNING)


def _store(where: Settings) -> Iterator[Found]:
    path = where.store
    if not path.is_dir():
        yield _found("store-missing", WARNING, path=path)
        return
    if (path / RESTORING).is_dir():
        yield _found("store-half", FAULT)
    if not register.writable(path) or os.statvfs(path).f_flag & os.ST_RDONLY:
        yield _found("store-read-only", FAULT if where.signs_in else WARNING, path=path)
    older = [part.name for part in upgrading.parts(where) if part.is_older]
    if older:
        yield _found("store-older", WARNING, parts=", ".join(older))
        return
    if where.legal is None and not kind.is_demonstration(where):
        yield _found("legal-missing", WARNING)
    free = shutil.disk_usage(path).free // MIB
    yield _found("store-sound", path=path, kind=kind.described(where), free=f"{free:,}")


def _rights(where: Settings) -> Iterator[Found]:
    store = where.store
    names = [accessfile.FILE, audit.FILE, "register.sqlite", "deliveries"]
    open_to_all = store.is_dir() and store.stat().st_mode & 0o005
    if open_to_all and any((store / name).exists() for name in names):
        yield _found("store-open", FAULT, path=store, mode=f"{store.stat().st_mode & 0o777:04o}")
    kept = [store / accessfile.FILE, store / audit.FILE, *where.keys.parent.glob(f"{where.keys.name}*")]
    kept += [*signing.files(where), *where.log_key.parent.glob(f"{where.log_key.name}*")]
    for path in kept:
        if path.exists() and path.stat().st_mode & 0o077:
            yield _found("secret-open", FAULT, path=path, mode=f"{path.stat().st_mode & 0o777:04o}")


def _disk(where: Settings) -> Iterator[Found]:
    folder = where.store if where.store.is_dir() else where.store.parent
    free = shutil.disk_usage(folder).free // MIB if folder.is_dir() else 0
    if free < LOW_MIB:
        yield _found("disk-low", WARNING if free > LOW_MIB // 8 else FAULT, free=free)


def _release(where: Settings) -> Iterator[Found]:
    entries = shelf.open_to_readers(where.store)
    if not entries:
        yield _found("release-none", WARNING)
        return
    name = entries[-1].name
    try:
        made = manifest.read(shelf.manifest(where.store, name))
        same = manifest.sha256(shelf.database(where.store, name)) == made.sha256
        engine.Database(shelf.database(where.store, name)).rows("select 1 from marts.edition", {})
    except ERRORS:
        same = False
    yield _found("release-sound", name=name) if same else _found("release-unreadable", FAULT, name=name)


def _keys(where: Settings) -> Iterator[Found]:
    entries = shelf.entries(where.store)
    if not entries or not where.signs_in:  # a process for the public needs none
        return
    try:
        secrets.load(where.keys, manifest.read(shelf.manifest(where.store, entries[-1].name)).keys)
        yield _found("keys-sound")
    except ERRORS as error:
        yield _found("keys-wrong", FAULT, why=error)


def _signed(where: Settings) -> Iterator[Found]:
    """Whether copies elsewhere can follow: the key, and how long the list that it signed still holds."""
    if not shelf.entries(where.store) or not where.signs_in:
        return
    envelope = signed_list.current(where.store)
    try:
        key = signing.load(where)
        if key is None or envelope is None:
            yield _found("signed-none", WARNING)
            return
        payload, signed_by = signing.opened(envelope.encode())
    except ERRORS as error:
        yield _found("signed-wrong", FAULT, why=error)
        return
    until = signed_list.read(payload).holds_until
    told = {"until": f"{until:%Y-%m-%d %H:%M} UTC", "fingerprint": signing.fingerprint(signed_by)}
    if signed_by != signing.public(key):
        yield _found("signed-other", FAULT, **told)
    elif until <= datetime.now(UTC):
        yield _found("signed-old", WARNING, **told)
    else:
        yield _found("signed-sound", **told)


def _copy(where: Settings) -> Iterator[Found]:
    """Whether a copy keeps up with its publisher."""
    known = copied.of(where.store)
    if known is None:
        if where.copy_of:
            yield _found("copy-none", FAULT, url=where.copy_of)
        return
    told = {"url": known.address, "fingerprint": signing.fingerprint(known.key)}
    told["at"] = f"{known.asked_at:%Y-%m-%d %H:%M} UTC" if known.asked_at else "–"
    behind = known.is_behind(where.copy_minutes)
    yield _found("copy-behind", WARNING, **told) if behind else _found("copy-sound", **told)


def _log(where: Settings) -> Iterator[Found]:
    if not (where.store / audit.FILE).exists() and not where.audit_head.exists():
        return
    try:
        yield _found("log-sound", count=audit.check(where))
    except ERRORS as error:
        yield _found("log-wrong", FAULT, why=error)
    if where.audit_head_file is None and where.signs_in:
        yield _found("log-inside", WARNING)


def _clock(where: Settings) -> Iterator[Found]:
    now = datetime.now(UTC)
    known = [entry.created_at for entry in shelf.entries(where.store)]
    if (where.store / register.FILE).exists():
        known += [each.accepted_at for each in deliveries.all_deliveries(where)]
    if (where.store / audit.FILE).exists():
        known += [datetime.fromisoformat(entry.at) for entry in audit.entries(where)[-1:]]
    newest = max(known, default=now)
    told = {"now": f"{now:%Y-%m-%d %H:%M} UTC", "newest": f"{newest:%Y-%m-%d %H:%M} UTC"}
    yield _found("clock-behind", FAULT, **told) if newest > now else _found("clock-sound", **told)


def _backups(where: Settings) -> Iterator[Found]:
    if not (where.store / register.FILE).exists():
        return
    there = (where.store / audit.FILE).exists()
    made = [entry.at for entry in (audit.entries(where) if there else ()) if "backed up" in entry.action]
    if not made:
        yield _found("backup-none", WARNING)
        return
    days = (datetime.now(UTC) - datetime.fromisoformat(made[-1])).days
    late = days > BACKUP_DAYS
    yield _found("backup-old", WARNING, days=days) if late else _found("backup-sound", day=made[-1][:10])


def _accounts(where: Settings) -> Iterator[Found]:
    if not where.signs_in or where.open_id or where.proxy_header:
        return
    if not (where.store / accessfile.FILE).exists() or not accounts.every(where):
        yield _found("accounts-none", WARNING)


def _versions() -> Iterator[Found]:
    python = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 - that is the question
        yield _found("versions-python", FAULT, found=python)
    if not REQUIREMENTS.exists():
        return
    pinned = dict(PINNED.findall(REQUIREMENTS.read_text(encoding="utf-8")))
    other = []
    for name, version in pinned.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue  # of another system
        if installed != version:
            other.append(f"{name} {installed} ({version})")
    if other:
        yield _found("versions-wrong", WARNING, found=", ".join(other))
    else:
        yield _found("versions-sound", program=VERSION, python=python, count=len(pinned))


def _paper() -> Iterator[Found]:
    import typst

    try:
        typst.compile(b"a", format="pdf")
        yield _found("paper-sound")
    except (RuntimeError, OSError, ValueError, typst.TypstError) as error:
        yield _found("paper-wrong", FAULT, why=type(error).__name__)


def _port(where: Settings) -> Iterator[Found]:
    """Only looked at on this machine: what listens elsewhere is none of ours."""
    address = where.address if is_loopback(where.address) else "127.0.0.1"
    told = {"address": address, "port": str(where.port)}
    connection = http.client.HTTPConnection(address, where.port, timeout=3)
    try:
        connection.request("GET", f"{where.base}/health")
        said = json.loads(connection.getresponse().read())
        checks = {check: said[check] for check in ("release", "disk", "register")}
        wrong = ", ".join(f"{check} {what}" for check, what in checks.items() if what != "ok")
        ready = said["ready"]
    except ConnectionRefusedError:
        yield _found("port-free", **told)
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        yield _found("port-taken", FAULT, **told)
    else:
        yield _found("port-sound", **told) if ready else _found("port-unready", FAULT, checks=wrong, **told)
    finally:
        connection.close()


@cache
def _sentences() -> dict[str, dict[str, str]]:
    with Path(__file__).with_name("doctor.toml").open("rb") as file:
        return tomllib.load(file)
