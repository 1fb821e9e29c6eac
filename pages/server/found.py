"""What search engines and others look for at fixed places, and what says so in the head of each page.

`robots.txt`, `sitemap.xml`, `security.txt`, `favicon.ico`; feeds and the catalogue. A word that is no page is
404, and leads a browser on to the first page; any other address that is none of ours nor of Streamlit is 404
at the public door, where Streamlit would answer with its first page.
"""

import json
import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data import publish
from data.foundation import settings
from data.foundation.errors import DashboardError
from data.foundation.languages import DEFAULT
from pages.machines import feeds, search
from pages.menu import LEGAL, MENU
from pages.reading import head
from pages.server import addresses, answers
from pages.server.addresses import RefusedError
from pages.server.ready import Download
from pages.text import words
from pages.text.words import Words

FEEDS, CATALOGUE, SIGN, SVG = "/feed/", "/daten/katalog", "/favicon.ico", "image/svg+xml"
OF_OTHERS = b'href="./favicon.png"'  # Streamlit's sign, which stood in the tab until the page was drawn
VALID_DAYS = 180  # of what security.txt says
FILES = Path(streamlit.__file__).parent / "static"
# Below these Streamlit answers itself, with 404 where there is nothing.
OF_STREAMLIT = ("_stcore", "component", "media")
STATIC = "static/"


async def feed(request: Request) -> Response:
    """An Atom feed: `/feed/veroeffentlichungen.atom`, `/feed/berichtigungen.atom`, `/feed/08118.atom`; of one
    release alone with `?release=2026-Q2`.
    """
    name, _, ending = request.path_params["name"].rpartition(".")

    def found(spoken: Words) -> Response:
        if ending != "atom" or not feeds.known(name):
            raise RefusedError("figure", status=404)
        only = addresses.only(request.scope["query_string"])
        content = feeds.written(name, spoken, root(request), only)
        return answers.file(request, Download(name, feeds.MIME, content), spoken, stays=False)

    return await answers.in_turn(request, found)


async def katalog(request: Request) -> Response:
    """The catalogue of open data: `/daten/katalog.ttl`, `.jsonld`, `.xml`."""
    ending = request.url.path.rpartition(".")[2]

    def found(spoken: Words) -> Response:
        # With the first request: what it stands on takes a while to load.
        from pages.machines import open_data

        addresses.parameters(request.scope["query_string"], ())
        content = open_data.written(ending, root(request))
        made = Download("katalog", search.FORMATS[ending][1], content)
        return answers.file(request, made, spoken, stays=False)

    return await answers.in_turn(request, found)


async def robots(request: Request) -> Response:
    """Who may read what: all that is public; nothing of a door that asks who comes."""
    if settings.from_environment().signs_in:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")
    lines = ["User-agent: *", "Disallow: /_stcore/", "Allow: /", f"Sitemap: {root(request)}/sitemap.xml"]
    return PlainTextResponse("\n".join(lines) + "\n")


async def sitemap(request: Request) -> Response:
    """The pages for everybody, in each language."""
    at = root(request)
    every = [
        f"{at}/{path}{f'?lang={lang}' if lang != DEFAULT else ''}"
        for path in (MENU | LEGAL).values()
        for lang in words.spoken()
    ]
    urls = "".join(f"<url><loc>{escape(each)}</loc></url>" for each in every)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>\n'
    )
    return Response(text, media_type="application/xml")


async def security(request: Request) -> Response:
    """Where faults are told (RFC 9116); 404 where nobody said."""
    said = settings.offered().security
    if not said:
        return PlainTextResponse("Nobody is named here.\n", 404)
    until = (datetime.now(UTC) + timedelta(days=VALID_DAYS)).strftime("%Y-%m-%dT00:00:00Z")
    to = said if said.startswith("http") else f"mailto:{said}"
    lines = [f"Contact: {to}", f"Expires: {until}", "Preferred-Languages: de, en"]
    return PlainTextResponse("\n".join([*lines, f"Canonical: {root(request)}{request.url.path}"]) + "\n")


async def sign(_: Request) -> Response:
    """The sign in a browser's tab, which it looks for here where a file or a sentence is shown."""
    return Response(head.SIGN, media_type=SVG, headers={"Cache-Control": f"public, max-age={answers.HOUR}"})


def root(request: Request) -> str:
    """Where readers find this server: as it is set, or as it was asked by a name that is its own."""
    return settings.url() or f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


ROUTES = [
    Route(f"{FEEDS}{{name}}", feed),
    *(Route(f"{CATALOGUE}.{ending}", katalog) for ending in search.FORMATS),
    Route("/robots.txt", robots),
    Route("/sitemap.xml", sitemap),
    Route("/.well-known/security.txt", security),
    Route(SIGN, sign),
]


# One word without a dot is a page; files have a dot, and Streamlit's own addresses a second part.
PAGE = re.compile(r"/([^/.]+)/?")
LONGEST = 40


class UnknownPages:
    """Says 404 of an address that names no page; Streamlit would answer 200 with an English box.

    A browser comes to the first page by itself, in the language of the address. A program, a search engine or
    a checker of links reads the status, which a redirect would hide.
    """

    def __init__(self, app: ASGIApp, known: Collection[str]) -> None:
        self.app = app
        self.known = frozenset(known)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that there is no such page."""
        found = PAGE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        if found and found[1] not in self.known and scope["method"] in ("GET", "HEAD"):
            spoken = addresses.language(scope["query_string"])
            headers = {"Cache-Control": "no-store", "Content-Language": spoken.lang}
            if "text/html" in Headers(scope=scope).get("accept", ""):
                # Relative, as the program may be below a path that a proxy takes off.
                lang = {} if spoken.lang == DEFAULT else {addresses.LANG: spoken.lang}
                query = urlencode({"page": found[1][:LONGEST], **lang})
                headers["Refresh"] = f"0; url={'../' if scope['path'].endswith('/') else './'}?{query}"
            answer = PlainTextResponse(f"{spoken.t('server.refused.page')}\n", 404, headers)
            await answer(scope, receive, send)
            return
        await self.app(scope, receive, send)


class Nothing:
    """Says 404 of what is no page, no route of ours and no file of Streamlit."""

    def __init__(self, app: ASGIApp, pages: Collection[str], routes: Collection[Route]) -> None:
        self.app, self.pages, self.routes = app, frozenset(pages), tuple(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say that there is nothing."""
        if scope["type"] == "http" and not self._is_something(scope):
            await PlainTextResponse("Not Found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_something(self, scope: Scope) -> bool:
        path: str = scope["path"].strip("/")
        first, _, rest = path.partition("/")
        if path in self.pages or first in OF_STREAMLIT:
            return True
        # Below the name of a page Streamlit's own files are looked for, before they are below the root.
        if first in self.pages and rest:
            path = rest
            if rest.partition("/")[0] in OF_STREAMLIT:
                return True
        if any(route.matches(scope)[0].value for route in self.routes):
            return True
        own = "/" not in path or path.startswith(STATIC)
        return own and ".." not in path and (FILES / path).is_file()


class Head:
    """Writes into the head of each page where feeds and catalogue are, and what the data are."""

    def __init__(self, app: ASGIApp, pages: Collection[str]) -> None:
        self.app, self.pages = app, frozenset(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; what is a page is added to."""
        if scope["type"] != "http" or scope["path"].strip("/") not in self.pages:
            await self.app(scope, receive, send)
            return
        begun: list[Message] = []
        parts: list[bytes] = []
        asked = ("if-none-match", "if-modified-since", "range")
        headers = [each for each in scope["headers"] if each[0].decode("latin-1").lower() not in asked]

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts)
            own = MutableHeaders(scope=begun[0])
            if scope["method"] == "GET" and own.get("content-type", "").startswith("text/html"):
                own_sign = f'href="{settings.from_environment().base}{SIGN}" type="{SVG}"'
                body = body.replace(OF_OTHERS, own_sign.encode(), 1)
                body = body.replace(b"</head>", _head(Request(scope)).encode() + b"</head>", 1)
                own["content-length"] = str(len(body))
                for name in ("etag", "last-modified"):
                    if name in own:
                        del own[name]
            await send(begun[0])
            await send({"type": "http.response.body", "body": body})

        await self.app({**scope, "headers": headers}, receive, sent)


def _head(request: Request) -> str:
    spoken = addresses.language(request.scope["query_string"])
    at, base = root(request), settings.from_environment().base
    links = "".join(
        f'<link rel="alternate" type="application/atom+xml" '
        f'href="{base}{FEEDS}{name}.atom?lang={spoken.lang}" '
        f'title="{escape(spoken.t(f"machines.feed.{name}"))}">'
        for name in (feeds.RELEASES, feeds.CORRECTIONS)
    )
    links += f'<link rel="describedby" type="text/turtle" href="{base}{CATALOGUE}.ttl">'
    try:
        told = json.dumps(search.in_head(spoken, at), ensure_ascii=False) if publish.releases() else ""
    except (DashboardError, OSError):
        told = ""  # the page says what is wrong
    # Data, no script: whatever is in it can't end it.
    safe = told.replace("<", "\\u003c")
    return links + (f'<script type="application/ld+json">{safe}</script>' if told else "")
