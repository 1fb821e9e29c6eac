"""The gate before the inside: who is not signed in gets the form, and no byte of anything else of ours."""

import re
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from data.access import sessions, subjects
from data.foundation.settings import Settings
from pages.internal.signin import cookie, proxy
from pages.menu import INVITATION, LEGAL, OPEN_ID, OPEN_ID_BACK, OPEN_ID_END, SIGN_IN

# Streamlit's own scripts, as anybody may have them: a page whose session ends while it is still fetching them
# could not even say that it has ended.
SCRIPTS = r"/static/(?:js|css|media)/[A-Za-z0-9_.-]{1,200}"
# The whole of a path: what only begins like one of these leads to Streamlit.
STATEMENTS = {f"/{path}": f"{SIGN_IN}/{path}" for path in LEGAL.values()}
ALONE = "|".join((SIGN_IN, OPEN_ID, OPEN_ID_BACK, OPEN_ID_END, "/_stcore/health", *STATEMENTS.values()))
OPEN = re.compile(rf"{ALONE}|{INVITATION}[A-Za-z0-9_-]{{1,100}}|{SCRIPTS}")


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
            instead = STATEMENTS.get(scope["path"]) or f"{SIGN_IN}?weiter={came_for}"
            answer = RedirectResponse(instead, status_code=303)
            await answer(scope, receive, send)
        else:
            status = 403 if scope["type"] == "websocket" else 401
            await PlainTextResponse("Not signed in", status_code=status)(scope, receive, send)

    async def _passes(self, scope: Scope) -> bool:
        if scope["type"] == "http" and OPEN.fullmatch(scope["path"]):
            return True
        found = cookie.held(Headers(scope=scope), self.settings)
        return await run_in_threadpool(self._is_open, found, scope)

    def _is_open(self, token: str, scope: Scope) -> bool:
        """Whether there is such a session, and it is not of somebody else than the proxy names now."""
        reader = sessions.of(self.settings, token, used=False)
        if reader is None or not self.settings.proxy_header:
            return reader is not None
        try:
            who = proxy.named(self.settings, scope)
        except proxy.UnclearError:
            who = proxy.NOBODY_NAMED  # an account of our own needs no proxy
        return who is None or subjects.is_of(self.settings, reader.name, who)


def _is_page(scope: Scope) -> bool:
    """Whether a reader typed or clicked an address: only that is answered with a page."""
    accepts = Headers(scope=scope).get("accept", "")
    return scope["type"] == "http" and scope["method"] == "GET" and "text/html" in accepts


def _query(scope: Scope) -> str:
    text = scope.get("query_string", b"").decode("ascii", errors="replace")
    return f"?{text}" if text else ""
