"""The gate before the inside: who is not signed in gets the form, and no byte of anything else."""

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.access import sessions
from data.foundation.settings import Settings
from pages.menu import INVITATION, SIGN_IN
from pages.reading.reader import cookie

# The whole of a path: what only begins like one of these leads to Streamlit.
OPEN = re.compile(rf"{SIGN_IN}|{INVITATION}[A-Za-z0-9_-]{{1,100}}|/_stcore/health")


class Gate:
    """Lets requests and websockets of a session pass, and those that lead to one."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, send to the form, or refuse."""
        if scope["type"] not in ("http", "websocket") or await self._passes(scope):
            await self.app(scope, receive, send)
        elif _is_page(scope):
            came_for = quote(scope["path"] + _query(scope), safe="")
            answer = RedirectResponse(f"{SIGN_IN}?weiter={came_for}", status_code=303)
            await answer(scope, receive, send)
        else:
            status = 403 if scope["type"] == "websocket" else 401
            await PlainTextResponse("Not signed in", status_code=status)(scope, receive, send)

    async def _passes(self, scope: Scope) -> bool:
        if scope["type"] == "http" and OPEN.fullmatch(scope["path"]):
            return True
        found = token(Headers(scope=scope), secure=self.settings.secure)
        return await run_in_threadpool(sessions.of, self.settings, found, used=False) is not None


def token(headers: Headers, *, secure: bool) -> str:
    """What the browser says it holds; empty if nothing."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(cookie(secure=secure))
    except CookieError:
        return ""
    return found.value if found else ""


def _is_page(scope: Scope) -> bool:
    """Whether a reader typed or clicked an address: only that is answered with a page."""
    accepts = Headers(scope=scope).get("accept", "")
    return scope["type"] == "http" and scope["method"] == "GET" and "text/html" in accepts


def _query(scope: Scope) -> str:
    text = scope.get("query_string", b"").decode("ascii", errors="replace")
    return f"?{text}" if text else ""
