"""Uploads in the memory of this program: those that are examined, and those that nothing else may keep, since
the guard could not look into them.
"""

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from streamlit.runtime.scriptrunner import get_script_run_ctx

from data.deliveries.handin.waiting import Examined

FORGET_AFTER_SECONDS = 3600
# Of all uploads together; the oldest ones make room, and the newest is held however large it is.
MOST, MOST_BYTES = 8, 64 * 2**20

Upload = tuple[str, bytes]


@dataclass(frozen=True)
class Held:
    """The files of an upload, what was said beside them, and what was found."""

    files: Sequence[Upload] = field(repr=False)
    sender: str
    reporting_date: str
    examined: Examined
    since: float

    @property
    def size(self) -> int:
        """Of its files, in bytes."""
        return sum(len(content) for _, content in self.files)


_HELD: dict[str, Held] = {}
_EXAMINED: Counter[str] = Counter()  # bytes, by the session of the page that handed them on
_LOCK = threading.Lock()


def keep(files: Sequence[Upload], sender: str, reporting_date: str, examined: Examined) -> Examined:
    """Keep an upload for an hour under a token that cannot be guessed, by which a page finds it again."""
    found = replace(examined, token=f"m{secrets.token_hex(16)}")
    with _LOCK:
        for token in [
            token for token, each in _HELD.items() if time.time() - each.since > FORGET_AFTER_SECONDS
        ]:
            del _HELD[token]
        held = Held(files, sender, reporting_date, found, time.time())
        while _HELD and (len(_HELD) >= MOST or _size() + held.size > MOST_BYTES):
            del _HELD[min(_HELD, key=lambda token: _HELD[token].since)]
        _HELD[str(found.token)] = held
    return found


def find(token: str) -> Held | None:
    """The upload under this token, if it is held."""
    held = _HELD.get(token)
    return held if held and time.time() - held.since <= FORGET_AFTER_SECONDS else None


def forget(token: str) -> None:
    """Forget an upload."""
    with _LOCK:
        _HELD.pop(token, None)


def examined(files: Sequence[Upload]) -> Callable[[], None]:
    """Count files that are examined, or wait for their turn, as long as what this gives was not called: the
    page that they were chosen on has let go of them.
    """
    page = get_script_run_ctx()
    session, size = page.session_id if page else "", sum(len(content) for _, content in files)
    with _LOCK:
        _EXAMINED[session] += size

    def done() -> None:
        with _LOCK:
            _EXAMINED[session] -= size

    return done


def sizes() -> dict[str, int]:
    """Bytes that lie here, by the session of the page that handed them on; those that wait are of no page."""
    with _LOCK:
        return {session: size for session, size in _EXAMINED.items() if size} | {"waiting": _size()}


def _size() -> int:
    return sum(each.size for each in _HELD.values())
