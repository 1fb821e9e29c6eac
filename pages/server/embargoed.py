"""Pictures of a release under its embargo: for publishers and the press office, marked, and in the log.

They are kept by nobody: not here among what is sent to readers, nor by a browser.
"""

from dataclasses import replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data.access import audit, sessions
from data.access.rights import PUBLIC, Reader
from data.foundation.settings import Settings
from data.publish import InternalClosedError
from data.questions import figures
from pages.files.addresses import EMBARGOED
from pages.internal.signin import cookie
from pages.named import every
from pages.pictures import sizes, written
from pages.server import addresses, answers
from pages.server.addresses import RefusedError
from pages.text.words import Words

ACTION = "embargo"  # in the log
IN_NAME = "gesperrt-bis"


def routes(chosen: Settings) -> list[Route]:
    """The route of these pictures, of a process that lets in who signs in."""

    async def picture(request: Request) -> Response:
        """`/gesperrt/bild/caseload_active.png?release=2026-Q4&area_code=08425&form=druck`."""
        return await answers.in_turn(request, lambda spoken: _picture(request, chosen, spoken), drawing=True)

    return [Route(f"{EMBARGOED}{{name}}", picture)]


def _picture(request: Request, chosen: Settings, spoken: Words) -> Response:
    name, _, ending = request.path_params["name"].rpartition(".")
    who = _who(request, chosen)
    try:
        asked, until = addresses.embargoed(name, request.scope["query_string"], answers.LOOKS, who)
    except InternalClosedError:
        raise RefusedError("right", status=403) from None
    if ending not in written.BY_ENDING:
        raise RefusedError("figure", status=404)
    if not figures.named(name).has_picture:
        raise RefusedError("no_picture", status=404)
    (form, tone), (_, mime) = asked.looks, written.BY_ENDING[ending]
    (found,) = every.of(name, asked.wanted)
    grey = tone != sizes.TONES[0]
    mark = spoken.t("pictures.embargoed", at=_moment(until, spoken))
    called = f"{found.taken(spoken).name}-{form}-{IN_NAME}-{until:%Y-%m-%d}.{ending}"
    # Before it is drawn: who may not be written down gets nothing.
    audit.note(chosen, who.name, ACTION, called, address=who.address)
    content = written.written(ending, found, sizes.BY_CODE[form], spoken, grey, mark)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{answers.UNSAFE.sub("-", called)}"',
        "Content-Language": spoken.lang,
        "Content-Type": mime,
        "Content-Length": str(len(content)),
    }
    return Response(b"" if request.method == "HEAD" else content, headers=headers)


def _who(request: Request, chosen: Settings) -> Reader:
    address = request.client.host if request.client else ""
    found = sessions.of(chosen, cookie.held(request.headers, chosen), used=False)
    return replace(found, address=address) if found else PUBLIC


def _moment(at: datetime, words: Words) -> str:
    local = at.astimezone()
    return words.t("publishing.moment", date=words.date(local.date()), time=f"{local:%H:%M}").upper()
