"""What an address answers without a session: our own routes, behind what stands before them."""

from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware

from pages.server import answers, cites, embeds, found, machines, parcels
from pages.server.browsers import Headers
from tests.support import orders
from tests.support.awaited import awaited

ROUTES = [
    *machines.ROUTES,
    *found.ROUTES,
    *answers.ROUTES,
    *cites.ROUTES,
    *embeds.ROUTES,
    *parcels.ROUTES,
]
APP = Starlette(routes=ROUTES, middleware=[Middleware(Headers)])


@dataclass(frozen=True)
class Answer:
    """Status, headers by their names in small letters, and what came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def name(self) -> str:
        """How a browser calls the file."""
        return self.headers["content-disposition"].partition('filename="')[2].rstrip('"')


def answered(address: str, method: str = "GET", app: Starlette = APP, **headers: str) -> Answer:
    """The answer to an address as it is written; a header `if_none_match` is sent as `if-none-match`."""
    path, _, query = address.partition("?")
    if path.startswith(("/bild/", "/papier/", "/gesperrt/")):
        orders.ready()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": query.encode("utf-8", "surrogateescape"),
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }
    return awaited(_answer(app, scope))


async def _answer(app: Starlette, scope: dict[str, Any]) -> Answer:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *bodies = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(each.get("body", b"") for each in bodies))
