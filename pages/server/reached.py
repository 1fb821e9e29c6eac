"""Under which names and below which path this server is reached. It is asked before Streamlit sees anything.

A page of a foreign host that leads here by its name (DNS rebinding), or that asks here from a reader's
browser, gets a refusal and nothing else: no page, no file, no websocket.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.foundation.connections import is_loopback
from pages.menu import INVITATION, OWN_ORIGIN, SIGN_IN

# A name or an address, and perhaps a port.
HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?")
HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Names:
    """The names of this server: those of this machine, those that the operator gives, and that of `url`, the
    address that readers type. `others` are origins that the operator trusts besides.
    """

    url: str
    given: tuple[str, ...]
    others: frozenset[str]

    @classmethod
    def of(cls, url: str, given: Collection[str], others: Collection[str]) -> "Names":
        """From the settings, as they are written."""
        return cls(url, tuple(given), frozenset(each.rstrip("/").lower() for each in others))

    @property
    def hosts(self) -> list[str]:
        """Every name by which a request may call this server, without a port."""
        own = urlsplit(self.url).hostname
        return list(
            dict.fromkeys(each.strip("[]").lower() for each in (*HERE, *self.given, *([own] if own else [])))
        )

    def is_host(self, host: str) -> bool:
        """Whether a `Host` is ours. Not `ours.example.attacker.example`, nor one that is no name at all."""
        found = HOST.fullmatch(host)
        return found is not None and found[1].strip("[]").lower() in self.hosts

    def is_origin(self, origin: str, host: str) -> bool:
        """Whether a page that asks is one of this server: that of the address that readers type, or of the
        name by which it asks.
        """
        said = origin.lower()
        if said in self.others or (self.url and said == _origin(self.url)):
            return True
        split = urlsplit(said) if said.startswith(("http://", "https://")) else None
        if split is None or split.netloc != host.lower():
            return False
        # By TLS where readers come by TLS, unless it is somebody at this machine.
        return (
            not self.url.startswith("https://")
            or said.startswith("https")
            or is_loopback(split.hostname or "")
        )


SAFE = ("GET", "HEAD", "OPTIONS")
FETCH_SITE = "sec-fetch-site"
FORMS = (SIGN_IN, INVITATION)  # which refuse by themselves, with a page


class OwnNames:
    """Answers requests that call this server by a name of its own, and come from no foreign page.

    Streamlit is not told the origin: for one that it does not know it would ask a host on the internet for
    its own address, and wait. What our own forms need to know stands in the scope.
    """

    def __init__(self, app: ASGIApp, names: Names) -> None:
        self.app, self.names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        said = Headers(scope=scope)
        host, origin = said.getlist("host"), said.getlist("origin")
        if len(host) != 1 or not self.names.is_host(host[0]):
            await PlainTextResponse("Foreign host", status_code=400)(scope, receive, send)
        elif len(origin) > 1 or (origin and not self.names.is_origin(origin[0], host[0])):
            await PlainTextResponse("Foreign origin", status_code=403)(scope, receive, send)
        else:
            changes = scope["type"] == "websocket" or scope["method"] not in SAFE
            sites = said.getlist(FETCH_SITE) if changes and not set(origin) & self.names.others else []
            if any(site not in ("same-origin", "none") for site in sites):
                await PlainTextResponse("Foreign origin", status_code=403)(scope, receive, send)
                return
            told = _without(scope, b"origin") | {OWN_ORIGIN: bool(origin)}
            await self.app(told, receive, send)


class OwnPages:
    """Lets nothing change that no page of ours asked for: a browser names the origin of each such request,
    and one that names none is of no page. It stands in place of a token that scripts could read.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        changes = scope["type"] == "http" and scope["method"] not in SAFE
        if changes and not scope.get(OWN_ORIGIN) and not scope["path"].startswith(FORMS):
            await PlainTextResponse("Foreign origin", status_code=403)(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Below:
    """Finds the program below a path (`/dash/`), whether a proxy leaves that in a request or takes it off.

    Where an answer leads on, the path is put before it again.
    """

    def __init__(self, app: ASGIApp, base: str) -> None:
        self.app, self.base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the path off and pass on."""
        if scope["type"] not in ("http", "websocket") or not self.base:
            await self.app(scope, receive, send)
            return
        path: str = scope["path"]
        if path == self.base:
            query = scope["query_string"].decode("ascii", "replace")
            onward = RedirectResponse(f"{self.base}/" + (f"?{query}" if query else ""), status_code=308)
            await onward(scope, receive, send)
            return
        if path.startswith(f"{self.base}/"):
            rest = path.removeprefix(self.base)
            scope = {**scope, "path": rest, "raw_path": rest.encode()}

        async def start(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                to = headers.get("location", "")
                if to.startswith("/") and not to.startswith(("//", f"{self.base}/")):
                    headers["location"] = self.base + to
            await send(message)

        await self.app(scope, receive, start)


def _origin(url: str) -> str:
    split = urlsplit(url)
    return f"{split.scheme}://{split.netloc}".lower()


def _without(scope: Scope, name: bytes) -> dict[str, Any]:
    return {**scope, "headers": [each for each in scope["headers"] if each[0].lower() != name]}
