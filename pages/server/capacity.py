"""How much may lie in memory of what is being handed in: for one page of one person, and of all together.

Streamlit keeps every file that was chosen until it is taken back or its page is gone.
"""

from collections import Counter
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from data.foundation.limits import Limits
from pages.server.browsers import UPLOADS

MB = 2**20


class _FullError(Exception):
    """More than fits has arrived."""


class Capacity:
    """Lets files in as long as they fit, and hangs up on one that does not while it arrives."""

    def __init__(
        self, app: ASGIApp, limits: Limits, kept: "Callable[[], Mapping[str, int]] | None" = None
    ) -> None:
        self.app, self.limits, self.kept = app, limits, kept or in_memory
        self.arriving: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting."""
        path: str = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "PUT" or not path.startswith(f"{UPLOADS}/"):
            await self.app(scope, receive, send)
            return
        session = path.removeprefix(f"{UPLOADS}/").split("/")[0]
        said = Headers(scope=scope).get("content-length", "")
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            more = len(message.get("body", b""))
            arrived += more
            self.arriving[session] += more
            if not self._fits(session, 0):
                raise _FullError
            return message

        try:
            if not self._fits(session, int(said) if said.isascii() and said.isdecimal() else 0):
                raise _FullError
            await self.app(scope, counted, send)
        except _FullError:
            refused = PlainTextResponse("Too much at once", status_code=413, headers={"Connection": "close"})
            await refused(scope, receive, send)
        finally:
            self.arriving[session] -= arrived
            self.arriving += Counter()  # forgets those of which nothing arrives any more

    def _fits(self, session: str, more: int) -> bool:
        kept = self.kept()
        own = kept.get(session, 0) + self.arriving[session] + more
        every = sum(kept.values()) + self.arriving.total() + more
        return own <= self.limits.upload_mb * MB and every <= self.limits.uploads_mb * MB


def in_memory() -> dict[str, int]:
    """Bytes of the files that Streamlit keeps, by the session of their page."""
    manager = get_instance().uploaded_file_mgr
    if not isinstance(manager, MemoryUploadedFileManager):
        raise TypeError(f"Files lie with {type(manager).__name__}, which nobody has counted yet.")
    return {
        session: sum(len(file.data) for file in [*files.values()])
        for session, files in [*manager.file_storage.items()]
    }
