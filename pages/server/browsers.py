"""What keeps a browser to this host, and pages of other hosts away from it.

An address that is no page leads to the first page, which says so in the reader's language.
"""

import re
from collections.abc import Collection
from urllib.parse import quote, urlsplit

from starlette import datastructures
from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Streamlit's index.html has one inline script (`window.prerenderReady = false`), and it loads the scripts of
# components from blobs.
SCRIPTS = "'self' blob: 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'self'; script-src {SCRIPTS}; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Headers:
    """Puts `HEADERS` on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers when the answer starts."""

        async def start(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, start)


class OwnPages:
    """Lets only pages of this host, and of the `others` that are trusted, open a websocket.

    Streamlit refuses pages of strangers too, but first asks a host on the internet for its own address.
    """

    def __init__(self, app: ASGIApp, others: Collection[str]) -> None:
        self.app = app
        self.others = frozenset(others)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it. Only browsers name an origin, and they always do."""
        if scope["type"] == "websocket":
            said = datastructures.Headers(scope=scope)
            origin = said.get("origin")
            own = origin is None or urlsplit(origin).netloc == said.get("host")
            if not own and origin not in self.others:
                await PlainTextResponse("Foreign origin", status_code=403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


# One word without a dot is a page; files have a dot, and Streamlit's own addresses a second part.
PAGE = re.compile(r"/([^/.]+)/?")
LONGEST = 40


class UnknownPages:
    """Sends a reader on whose address names no page; Streamlit would answer with an English box."""

    def __init__(self, app: ASGIApp, known: Collection[str]) -> None:
        self.app = app
        self.known = frozenset(known)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or redirect it."""
        found = PAGE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found and found[1] not in self.known and scope["method"] == "GET":
            answer = RedirectResponse("/?page=" + quote(found[1][:LONGEST]))
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


UPLOADS = "/_stcore/upload_file"


class NoUploads:
    """A process for the public takes no files: Streamlit would keep each in memory, whoever sends it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say that there is nothing."""
        if scope["type"] == "http" and scope["path"].startswith(UPLOADS):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)
