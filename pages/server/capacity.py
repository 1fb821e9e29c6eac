"""How much may lie in memory of what is being handed in: for one page of one person, and of all together.

Streamlit keeps every file that was chosen until it is taken back, and those of a page whose browser is gone
until the next one goes, which may be never. So they are let go of here.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from functools import cached_property

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from data.foundation.limits import Limits
from pages.server.browsers import UPLOADS

MB = 2**20
COMES_BACK_SECONDS = 120.0  # as long as Streamlit keeps what was typed on a page whose line broke


class _FullError(Exception):
    """More than fits has arrived."""


class Chosen:
    """The files that Streamlit keeps, by the session of their page."""

    @cached_property
    def _manager(self) -> MemoryUploadedFileManager:
        manager = get_instance().uploaded_file_mgr
        if not isinstance(manager, MemoryUploadedFileManager):
            raise TypeError(f"Files lie with {type(manager).__name__}, which nobody has counted yet.")
        return manager

    def sizes(self) -> dict[str, int]:
        """Their bytes."""
        return {
            session: sum(len(file.data) for file in [*files.values()])
            for session, files in [*self._manager.file_storage.items()]
        }

    def is_open(self, session: str) -> bool:
        """Whether a browser is connected to this page."""
        return get_instance().is_active_session(session)

    def let_go(self, session: str) -> None:
        """Keep none of them any more."""
        self._manager.remove_session_files(session)


class Capacity:
    """Lets files in as long as they fit, and hangs up on one that does not while it arrives.

    `examined` says what else lies in memory, by the session of its page: files that are looked into, or wait.
    Those of a page whose browser is gone are let go of after `patience` seconds, in which it may come back.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        examined: Callable[[], Mapping[str, int]],
        *,
        chosen: "Chosen | None" = None,
        patience: float = COMES_BACK_SECONDS,
    ) -> None:
        self.app, self.limits, self.examined = app, limits, examined
        self.chosen, self.patience = chosen or Chosen(), patience
        self.arriving: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting."""
        path: str = scope.get("path", "")
        if scope["type"] == "websocket":
            try:
                await self.app(scope, receive, send)
            finally:
                if gone := self._gone(self.chosen.sizes()):
                    asyncio.get_running_loop().call_later(self.patience, self._let_go, gone)
            return
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
        kept = Counter(self.chosen.sizes()) + Counter(self.examined())
        own = kept[session] + self.arriving[session] + more
        every = kept.total() + self.arriving.total() + more
        return own <= self.limits.upload_mb * MB and every <= self.limits.uploads_mb * MB

    def _gone(self, pages: Collection[str]) -> list[str]:
        return [session for session in pages if not self.chosen.is_open(session)]

    def _let_go(self, pages: Collection[str]) -> None:
        for session in self._gone(pages):
            self.chosen.let_go(session)
