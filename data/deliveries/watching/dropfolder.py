"""A folder that deliveries are dropped into: each is taken once, and its result is written beside it.

One whose reader ended is tried once more, and then put aside: its result says so, and it is not read again.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.deliveries.format.findings import Place, group, phrase
from data.deliveries.format.names import is_leftover, readable
from data.deliveries.handin import isolated, report
from data.deliveries.handin.results import Imported, as_json
from data.deliveries.handin.work import HandIn
from data.deliveries.store.incoming import Print, fileprint
from data.deliveries.store.unusable import UnforeseenError
from data.deliveries.watching.attempts import MOST, Attempts
from data.foundation.apart import EndedError
from data.foundation.errors import DashboardError
from data.foundation.languages import Texts, Wording
from data.foundation.settings import Settings
from data.foundation.steps import Progress

ASIDE = "put-aside"  # the rule
RESULT, REPAIRBOOK = ".ergebnis.json", ".ergebnis.xlsx"
# Letters and pictures that lie beside deliveries. They are none, however they may be called.
DOCUMENTS = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".msg", ".eml", ".ppt", ".pptx", ".odp", ".htm", ".html", ".md",
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp", ".lnk", ".url",
)  # fmt: skip
LETS_GO_IN_S = 0.5
UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".new")  # of programs that copy


class WatchedError(DashboardError):
    """No folder, or one that another `watch` looks after."""

    exit_code = 2

    def __str__(self) -> str:
        folder, reason = self.args
        return f"{folder}: {reason}. Give the folder into which deliveries are dropped, once."


@dataclass
class DropFolder:
    """What lies in the folder and since when it looks the same.

    `settle` is for how many seconds a file must not have changed: until then it may still be being copied.
    """

    folder: Path
    settings: Settings
    settle: float
    by: str
    seen: dict[Path, tuple[Print, float]] = field(default_factory=dict)
    done: dict[Path, Print] = field(default_factory=dict)
    named: set[Path] = field(default_factory=set)
    attempts: Attempts = field(default_factory=Attempts)

    def ready(self) -> list[Path]:
        """The deliveries that lie still and have no result yet, by name."""
        now, prints = time.monotonic(), {path: fileprint(path) for path in self._dropped()}
        self.seen = {
            path: (print_, self.seen[path][1] if self._same(path, print_) else now)
            for path, print_ in prints.items()
        }
        return [
            path
            for path, (print_, since) in self.seen.items()
            if now - since >= self.settle and print_ and not self._has_result(path, print_)
        ]

    def waits(self) -> bool:
        """Whether anything without a result has not lain still for long enough."""
        return any(not self._has_result(path, print_) for path, (print_, _) in self.seen.items() if print_)

    def take(self, path: Path, progress: Progress) -> Imported | None:
        """Import one and write its result beside it; None if its reader ended and it is tried once more.

        Raises `StoreError`, `ReportNotWrittenError`.
        """
        before = fileprint(path)
        if path.is_symlink():  # it may lead to anything that this program may read
            imported = self._link(path)
        elif (found := self._read(path, before, progress)) is None:
            return None
        else:
            imported = found
        self.done[path] = before  # even if no result can be written, it is not tried over and over
        book = path.with_name(path.name + REPAIRBOOK)
        if imported.groups:
            report.write(book, [imported])
        else:
            book.unlink(missing_ok=True)
        result = {**as_json(imported), "put_aside": is_put_aside(imported), "files": before}
        text = json.dumps(result, ensure_ascii=False, indent=2)
        report.in_one_step(
            path.with_name(path.name + RESULT),
            lambda beside: beside.write_text(f"{text}\n", encoding="utf-8"),
        )
        self.attempts.are(path, before, 0)  # now the result says that it was put aside
        return imported

    def documents(self) -> list[Path]:
        """Files beside the deliveries that are no delivery and are left alone; each is named once."""
        new = [path for path in self._lying() if _is_document(path) and path not in self.named]
        self.named.update(new)
        return new

    def _dropped(self) -> list[Path]:
        return [path for path in self._lying() if not _is_document(path)]

    def _lying(self) -> list[Path]:
        return [
            path
            for path in sorted(self.folder.iterdir())
            if not is_leftover([path.name]) and ".ergebnis." not in path.name
            if path.suffix.lower() not in UNFINISHED
        ]

    def _read(self, path: Path, before: Print, progress: Progress) -> Imported | None:
        """The import, unless that was tried too often. An interruption from outside is no attempt."""
        handin = HandIn(by=self.by, with_rows=True, only_new=True)
        tried = self.attempts.without_end(path, before)
        if tried >= MOST:  # the whole program ended over it, or its result could not be written
            return self._aside(path, handin, phrase("ended-whole"))
        try:
            self.attempts.are(path, before, tried + 1)
            imported = isolated.attempt(path, self.settings, handin, progress)
            self.attempts.are(path, before, 0)
            return imported
        except EndedError as error:
            ended = error
        except UnforeseenError as error:
            ended = EndedError("fault", str(error.args[2]))
        except BaseException:
            self.attempts.are(path, before, tried)
            raise
        if tried + 1 < MOST:
            isolated.sweep(self.settings)
            return None
        return self._aside(path, handin, isolated.reason(ended, self.settings))

    def _aside(self, path: Path, handin: HandIn, reason: Texts) -> Imported:
        wording: Wording = {"other": reason, "limit": readable(path.name) + RESULT}
        return isolated.refused(
            path, self.settings, handin, group(ASIDE, Place(readable(path.name)), wording=wording)
        )

    def _link(self, path: Path) -> Imported:
        said = (group("link", Place(readable(path.name))),)
        empty: dict[str, Any] = {"sha256": "", "head": None, "rows": {}, "recognised": ()}
        return Imported(path=str(path), groups=said, accepted=False, **empty)

    def _same(self, path: Path, print_: Print) -> bool:
        return path in self.seen and self.seen[path][0] == print_

    def _has_result(self, path: Path, print_: Print) -> bool:
        if self.done.get(path) == print_:
            return True
        with suppress(OSError, ValueError, KeyError, TypeError):
            result = json.loads(path.with_name(path.name + RESULT).read_text(encoding="utf-8"))
            return tuple(tuple(file) for file in result["files"]) == print_
        return False


def is_put_aside(imported: Imported) -> bool:
    """Whether it ended its reader too often, and is not read again."""
    return any(each.rule == ASIDE for each in imported.groups)


def _is_document(path: Path) -> bool:
    return path.suffix.lower() in DOCUMENTS and not path.is_dir()


@contextmanager
def watched(folder: Path) -> Iterator[None]:
    """Look after a folder, alone. Raises `WatchedError`."""
    if not folder.is_dir():
        raise WatchedError(folder, "there is no such folder")
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError as error:
        raise WatchedError(folder, "there is no right to read it") from error
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    # A process that one that was killed had just begun holds its lock until it is a program of its own.
    until = time.monotonic() + LETS_GO_IN_S
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise WatchedError(folder, "another `watch` looks after it already") from error
        time.sleep(0.05)
