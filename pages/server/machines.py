"""Addresses that programs read: a whole release. What stands in them is looked up as that of a figure is."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from data import publish
from pages.files import addresses as formed
from pages.files import description, formats
from pages.machines import bundle
from pages.machines.standing import Standing
from pages.server import addresses, answers
from pages.server.addresses import RefusedError
from pages.server.answers import HOUR
from pages.server.ready import Download
from pages.text.words import Words

WHOLE = f"{formed.FIGURES}alles"
# By the ending of an address. What DuckDB writes has no name of its own among the kinds of files.
# For copies on other machines: what there is, signed; and what each release says of itself.
LISTED = f"{formed.FIGURES}veroeffentlichungen.json"
ZIP, DATABASE, MANIFEST = "zip", "duckdb", "json"
KINDS = {ZIP: formats.ZIP, DATABASE: "application/octet-stream"}
JSON = "application/json"
_STANDING = Standing()


async def newest(request: Request) -> Response:
    """Leads to the whole of the newest release: `/daten/alles.zip`, `/daten/alles.duckdb`."""

    def make(spoken: Words) -> Response:
        name = request.url.path.rpartition("/")[2]
        version, query = addresses.newest_release(), request.scope["query_string"]
        addresses.release(version, query, name)
        to = f"alles/{version}.{name.rpartition('.')[2]}"
        return answers.onward(to + (f"?{query.decode('ascii')}" if query else ""))

    return await answers.in_turn(request, make)


async def release(request: Request) -> Response:
    """All figures of a release: `/daten/alles/2026-Q2.zip`, the database as it is, or its manifest."""
    name, _, ending = request.path_params["name"].rpartition(".")

    def make(spoken: Words) -> Response:
        if ending not in (*KINDS, MANIFEST):
            raise RefusedError("figure", status=404)
        newest = WHOLE.lstrip("/") + (f".{ending}" if ending in KINDS else f".{DATABASE}")
        version = addresses.release(name, request.scope["query_string"], newest=newest)
        if ending == MANIFEST:
            # What it corrected is left out while that is withdrawn, so it may be another one tomorrow.
            content = publish.told(version)
            return answers.file(request, Download(f"{version}.json", JSON, content), spoken, stays=False)
        if ending == DATABASE:
            path, sha256 = publish.whole(version), publish.fingerprint(version)
        else:
            key = version, publish.fingerprint(version), spoken.lang
            file = _STANDING.made(key, lambda to: bundle.written(version, spoken, to))
            path, sha256 = file.path, file.sha256
        etag = f'"{sha256[:32]}"'
        headers = {
            "ETag": etag,
            "Cache-Control": f"public, max-age={HOUR}",
            "Link": f'<{description.LICENCE}>; rel="license"',
        }
        known = request.headers.get("if-none-match", "")
        if known.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in known.split(",")):
            return Response(status_code=304, headers=headers)
        # One that names no language has none: figures.
        headers |= {"Content-Language": spoken.lang} if ending == ZIP else {}
        called = f"integrationsmanagement-{version}.{ending}"
        return FileResponse(path, headers=headers, media_type=KINDS[ending], filename=called)

    return await answers.in_turn(request, make)


async def listed(request: Request) -> Response:
    """The signed list of all releases for copies elsewhere: `/daten/veroeffentlichungen.json`."""

    def make(spoken: Words) -> Response:
        addresses.parameters(request.scope["query_string"], ())
        try:
            content = publish.signed_list().encode()
        except publish.NoFiguresError:
            raise RefusedError("nothing_published", status=404) from None
        return answers.file(request, Download("releases.json", JSON, content), spoken, stays=False)

    return await answers.in_turn(request, make)


ROUTES = [
    Route(LISTED, listed),
    *(Route(f"{WHOLE}.{ending}", newest) for ending in KINDS),
    Route(f"{WHOLE}/{{name}}", release),
]
