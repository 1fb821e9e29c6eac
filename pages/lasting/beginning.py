"""With what a page begins in the browser: where its server is, and the scripts that its parts need.

By itself Streamlit's browser code looks for the server below the page (/fallzahlen/_stcore/…), then at the
root, asks there whether it is well and how it is set, and only then begins. And it learns from the first
element of a kind that it needs the script for it.
"""

import base64
import hashlib
import json
from collections.abc import Collection
from html import escape
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# As Streamlit's /_stcore/host-config answers, but that it wants an origin to be named: ours.
SET = {
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": False,
    "resourceCrossOriginMode": None,
}
SCRIPT = (
    "const {base}=document.currentScript.dataset;"
    "window.__streamlit={BACKEND_BASE_URL:location.origin+base,HOST_CONFIG:"
    f"{{...{json.dumps(SET, separators=(',', ':'))},allowedOrigins:[location.origin]}}}}"
)
# What each of our pages needs, in the order of their size.
NEEDED = ("BidiComponent", "TextInput", "Selectbox", "Html")
STATIC = Path(streamlit.__file__).parent / "static"
MARK = b"<title>Streamlit</title>"
BODY = b'<div id="root">'
# Streamlit knows when its own file was changed, not what stands in it here; and it is packed afterwards.
NOT_ASKED = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")


def allowed() -> str:
    """The script, as a Content-Security-Policy lets it in."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()}'"


class Beginning:
    """Puts the script and what is needed into each page. `known` are the words of their addresses, `base` is
    the path above them; `needed` are scripts of Streamlit by their names, `further` what else stands in the
    head, and what the body begins with.
    """

    def __init__(
        self,
        app: ASGIApp,
        known: Collection[str],
        base: str = "",
        *,
        needed: Collection[str] = NEEDED,
        further: tuple[str, str] = ("", ""),
    ) -> None:
        self.app = app
        self.paths = frozenset(f"/{each}" for each in known)
        self.added = (
            f'<script data-base="{escape(base)}">{SCRIPT}</script>{links(needed)}{further[0]}'.encode()
        )
        self.first = further[1].encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add to its answer if that is a page."""
        if scope["type"] != "http" or scope["path"] not in self.paths:
            return await self.app(scope, receive, send)
        begun: list[Message] = []
        parts: list[bytes] = []

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._send(begun[0], b"".join(parts), send)

        headers = [each for each in scope["headers"] if each[0] not in NOT_ASKED]
        return await self.app({**scope, "headers": headers}, receive, sent)

    async def _send(self, begun: Message, body: bytes, send: Send) -> None:
        if Headers(raw=begun["headers"]).get("content-type", "").startswith("text/html"):
            body = body.replace(MARK, self.added + MARK, 1).replace(BODY, self.first + BODY, 1)
            headers = MutableHeaders(scope=begun)
            del headers["etag"], headers["last-modified"]
            if body:
                headers["content-length"] = str(len(body))
        await send(begun)
        await send({"type": "http.response.body", "body": body})


def links(names: Collection[str]) -> str:
    """Links to scripts, by the names that this Streamlit has for them."""
    found = [path for name in names for path in sorted(STATIC.rglob(f"{name}.*.js"))]
    return "".join(
        f'<link rel="modulepreload" crossorigin href="./{path.relative_to(STATIC)}">' for path in found
    )
