"""Files that are too large for memory: made once by a process, kept on the disk while it runs."""

import atexit
import hashlib
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pages.files.kept import BusyError

MOST = 4  # what was not asked for the longest makes room
WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class File:
    """A file on the disk, and the SHA-256 of what is in it."""

    path: Path
    sha256: str


class Standing:
    """What was made, by what it was made of; one at a time, in a folder that ends with the process."""

    def __init__(self, most: int = MOST, wait_seconds: float = WAIT_SECONDS) -> None:
        self.most, self.wait_seconds = most, wait_seconds
        self.files: OrderedDict[object, File] = OrderedDict()
        self.lock = threading.Lock()
        self.folder: Path | None = None

    def made(self, key: object, write: Callable[[Path], None]) -> File:
        """The file of this key. Raises BusyError while others are made, and what `write` raises."""
        if found := self.files.get(key):
            return found
        if not self.lock.acquire(timeout=self.wait_seconds):
            raise BusyError
        try:
            found = self.files.get(key) or self._made(write)
            self.files[key] = found
            while len(self.files) > self.most:
                _, old = self.files.popitem(last=False)
                old.path.unlink(missing_ok=True)  # who is reading it reads on
        finally:
            self.lock.release()
        return found

    def _made(self, write: Callable[[Path], None]) -> File:
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="dashboard-"))
            atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        handle = tempfile.NamedTemporaryFile(dir=self.folder, delete=False)  # noqa: SIM115  # it stays
        handle.close()
        path = Path(handle.name)
        try:
            write(path)
            with path.open("rb") as file:
                return File(path, hashlib.file_digest(file, "sha256").hexdigest())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
