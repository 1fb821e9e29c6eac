"""`/einbetten/<figure>`: one figure for the pages of others; `/oembed`: how their programs ask for it."""

import json
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.foundation import settings
from data.questions import figures
from pages.files import addresses as formed
from pages.named import every
from pages.pictures import embedded, sizes
from pages.server import addresses, answers
from pages.server.addresses import Asked, RefusedError, WithdrawnError
from pages.server.answers import HOUR
from pages.server.ready import Download
from pages.text.words import Words

OEMBED = "/oembed"
LEAST, WIDEST = 200, 800  # pixels
URL, FORMAT, MAX_WIDTH, MAX_HEIGHT = OF_OEMBED = ("url", "format", "maxwidth", "maxheight")


async def embed(request: Request) -> Response:
    """A page with a figure: `/einbetten/caseload_active?area_code=08425`."""
    name: str = request.path_params["name"]

    def found(spoken: Words) -> Response:
        asked = _looked_up(name, request.scope["query_string"])
        if not asked.pinned:
            return answers.onward(f"{name}?{asked.query}")
        (each,) = every.of(name, asked.wanted)
        at = f"{formed.EMBEDS}{name}?{urlencode(dict(asked.given))}"
        drawn = {
            form: answers.drawn(name, "svg", replace(asked, looks=(form, sizes.TONES[0]))).content
            for form in (embedded.WIDE, embedded.NARROW)
        }
        content = embedded.page(each, asked.wanted.words, _root(request), at, drawn)
        answer = answers.file(
            request, Download(name, "text/html; charset=utf-8", content), asked.wanted.words, stays=False
        )
        answer.headers["Cache-Control"] = f"public, max-age={HOUR}"
        return answer

    answer = await answers.in_turn(request, found, drawing=True)
    # A sentence in its place too, or who reads the newspaper sees a broken frame, which never asks again.
    who = "'self'" if settings.from_environment().signs_in else settings.offered().embed
    answer.headers["Content-Security-Policy"] = embedded.policy(who)
    return answer


async def oembed(request: Request) -> Response:
    """What a program puts into a page for an address of ours (https://oembed.com, type rich)."""

    def found(spoken: Words) -> Response:
        given = addresses.parameters(request.scope["query_string"], OF_OEMBED)
        if given.get(FORMAT, "json") != "json":
            raise RefusedError("value", FORMAT, 501)
        root, url = _root(request), urlsplit(given.get(URL, ""))
        name = url.path.removeprefix(settings.from_environment().base).removeprefix(formed.EMBEDS)
        if f"{url.scheme}://{url.netloc}" != "://".join(urlsplit(root)[:2]) or "/" in name:
            raise RefusedError("figure", status=404)
        try:
            asked = _looked_up(name, url.query.encode())
        except WithdrawnError as error:
            # The way on is that of what was to be embedded.
            rest = f"?{error.way}" if error.way else ""
            raise error.at_address(f"{formed.EMBEDS}{name}{rest}".lstrip("/")) from None
        (each,) = every.of(name, asked.wanted)
        spoken = asked.wanted.words
        choices = dict(asked.given)
        at = f"{root}{formed.EMBEDS}{name}" + (f"?{urlencode(choices)}" if choices else "")
        told = {
            "version": "1.0",
            "type": "rich",
            "title": embedded.title(each, spoken),
            "provider_name": spoken.heading,
            "provider_url": f"{root}/",
            "cache_age": HOUR,
            "width": _at_most(given, MAX_WIDTH, WIDEST),
            "height": _at_most(given, MAX_HEIGHT, embedded.HEIGHT),
            "html": embedded.snippet(at, each, spoken),
        }
        content = f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()
        return answers.file(request, Download(name, "application/json", content), spoken, stays=False)

    return await answers.in_turn(request, found)


def _looked_up(name: str, query: bytes) -> Asked:
    asked = addresses.figure(name, query)
    if not figures.named(name).has_picture:
        raise RefusedError("no_picture", status=404)
    return asked


def _at_most(given: dict[str, str], name: str, usual: int) -> int:
    wanted = given.get(name, str(usual))
    if not (wanted.isascii() and wanted.isdecimal() and len(wanted) < 6):
        raise RefusedError("value", name)
    return max(LEAST, min(int(wanted), usual))


def _root(request: Request) -> str:
    """Where readers find this server: as it is set, or as it was asked by a name that is its own."""
    return settings.url() or f"{request.url.scheme}://{request.headers.get('host', 'localhost')}"


ROUTES = [Route(f"{formed.EMBEDS}{{name}}", embed), Route(OEMBED, oembed)]
