"""Says 410 of a page whose address names a withdrawn release, and of its pictures and its data (`answers`).

The page opens all the same, of the newest release and with the reason above it: a browser shows what comes
with the status, and a program, a search engine or a checker of links reads the status.
"""

from collections.abc import Collection
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data import publish
from data.foundation.errors import DashboardError
from pages.server.addresses import LONGEST, RELEASE


class Gone:
    """Passes everything on, and changes the status of pages."""

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app, self.pages = app, frozenset(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        is_page = scope["type"] == "http" and scope["path"].strip("/") in self.pages
        if not is_page or b"release=" not in scope["query_string"]:
            await self.app(scope, receive, send)
            return
        given = dict(parse_qsl(scope["query_string"][:LONGEST].decode("ascii", "replace")))
        if not await run_in_threadpool(_is_withdrawn, given.get(RELEASE, "")):
            await self.app(scope, receive, send)
            return

        async def start(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                message["status"] = 410
            await send(message)

        # Whole: what a browser kept of the page came with another status.
        asked = ("if-none-match", "if-modified-since", "range")
        headers = [each for each in scope["headers"] if each[0].decode("latin-1").lower() not in asked]
        await self.app({**scope, "headers": headers}, receive, start)


def _is_withdrawn(name: str) -> bool:
    try:
        return name in {each.name for each in publish.withdrawn()}
    except (DashboardError, OSError):
        return False  # the page says what is wrong with the store
