"""The server: the pages behind compression and the headers that keep a browser to this host."""

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.parts import notes

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


async def not_here(request: Request) -> Response:
    """Streamlit's browser code looks for the server below /fallzahlen/ before it looks below /.

    A 404 would be an error in the reader's console; any answer that is no success sends it on.
    """
    return Response(status_code=300)


app = st.App(
    "pages/frame.py",
    routes=[Route("/{page}/_stcore/{rest:path}", not_here)],
    middleware=[Middleware(Headers), Middleware(GZipMiddleware, minimum_size=1000)],
    on_script_error=notes.failed,
)
