"""How often a dropped file was begun and never read to its end.

It is written beside the file before that is opened: what ends its reader may end the whole program too, and a
service that is started again would begin with the same file for ever.
"""

import json
from contextlib import suppress
from pathlib import Path

from data.deliveries.store.incoming import Print
from data.foundation import durable

MARK = ".ergebnis.versuch"
MOST = 2  # attempts that ended without a result; then the file is put aside


class Attempts:
    """Those of the files in one folder. Where no mark can be written, this process knows them alone."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Print, int]] = {}

    def without_end(self, path: Path, files: Print) -> int:
        """How many attempts with these very files had no end."""
        known, number = self._known.get(path, ((), 0))
        here = number if known == files else 0
        with suppress(OSError, ValueError, KeyError, TypeError):
            mark = json.loads(_mark(path).read_text(encoding="utf-8"))
            if tuple(tuple(file) for file in mark["files"]) == files:
                return max(here, int(mark["attempts"]))
        return here

    def are(self, path: Path, files: Print, number: int) -> None:
        """So many attempts are without an end from now on, also if this process is killed."""
        self._known[path] = files, number
        with suppress(OSError):
            if number:
                durable.replace(_mark(path), json.dumps({"files": files, "attempts": number}))
            else:
                _mark(path).unlink(missing_ok=True)


def _mark(path: Path) -> Path:
    return path.with_name(path.name + MARK)
