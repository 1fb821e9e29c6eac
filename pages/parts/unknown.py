"""An address that is no page leads to the first page, which says so in the reader's language."""

import re
from collections.abc import Collection
from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

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
