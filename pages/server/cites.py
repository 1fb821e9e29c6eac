"""`/z/<code>` opens the page of a figure that somebody cites, as it was published; `/z/<code>.json` says what
became of it since.
"""

import json
from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data import publish
from data.questions import figures
from pages.figures.described import Described
from pages.files import addresses as formed
from pages.files.codes import NoCodeError
from pages.named import cited, every, numbered
from pages.named.numbered import Coded
from pages.pictures import composed
from pages.reading import released
from pages.server import addresses, answers
from pages.server.addresses import LANG, RELEASE, Asked, RefusedError, WithdrawnError
from pages.server.ready import Download
from pages.text.words import Words

MOST = 20  # changed numbers that are told one by one
JSON = ".json"


async def cite(request: Request) -> Response:
    """The page of a code, or what became of its figure."""
    code: str = request.path_params["code"]

    def found(spoken: Words) -> Response:
        query = request.scope["query_string"]
        coded, asked = _looked_up(code.removesuffix(JSON), query)
        if not code.endswith(JSON):
            lang = dict(asked.given).get(LANG, "")
            return answers.onward(cited.page(coded, lang))
        content = _told(coded, asked, spoken)
        # Another release may change what is said of it.
        return answers.file(request, Download(code, "application/json", content), spoken, stays=False)

    return await answers.in_turn(request, found)


def _looked_up(code: str, query: bytes) -> tuple[Coded, Asked]:
    """What a code asks for, by the same rules as an address that says it in full. Raises RefusedError."""
    lang = addresses.parameters(query, (LANG,))
    try:
        coded = numbered.read(code, every.RECIPES)
        _refuse_withdrawn(coded, lang.get(LANG, ""))
        coded = numbered.with_grouping(coded)
    except NoCodeError as error:
        raise RefusedError(f"code_{error.reason}", status=404) from None
    return coded, addresses.figure(coded.figure, urlencode({**coded.given, **lang}).encode())


def _refuse_withdrawn(coded: Coded, lang: str) -> None:
    """Stop a code of a release that is not to be seen any more. Raises WithdrawnError, NoCodeError."""
    if coded.release in {each.name for each in publish.releases()}:
        return
    gone = next((each for each in publish.withdrawn() if each.name == coded.release), None)
    if gone is None:  # withdrawn before anybody could see it
        raise NoCodeError("release")
    # Its groupings can't be looked up any more.
    rest = {
        name: value
        for name, value in coded.given.items()
        if name not in (RELEASE, "grouping") and numbered.AT not in value
    }
    page = cited.page(replace(coded, given=rest, code=""), lang).lstrip("/")
    raise WithdrawnError(gone, "" if publish.releases() else None, page)


def _told(coded: Coded, asked: Asked, spoken: Words) -> bytes:
    found = cited.standing(coded.figure, asked.wanted)
    then, now, about = found.then, found.now, found.notice
    told = {
        "code": coded.code,
        "status": found.status,
        "figure": coded.figure,
        "title": spoken.pick(figures.named(coded.figure).title),
        "about": composed.about(then, spoken),
        "choices": dict(coded.given),
        "then": _figure(then, then, spoken),
        "now": _figure(now, then, spoken) if now else None,
        "changed": [cited.said(each, spoken) for each in found.changes[:MOST]],
        "changed_in_all": len(found.changes),
        "deviates_anew": found.deviates,
        "revised_by": {
            "release": about.name,
            "date": released.day(about).isoformat(),
            "note": about.note,
        }
        if about
        else None,
        "page": cited.page(coded, spoken.lang),
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


def _figure(each: Described, then: Described, spoken: Words) -> dict[str, object]:
    figure = each.taken(spoken)
    return {
        "release": each.published.edition.version,
        "sentence": each.heading,
        "value": cited.number(each, then),
        "cite_code": each.code,
        "data": formed.of(figure, "csv", each.choices or ()),
    }


ROUTES = [Route(f"{formed.CITES}{{code}}", cite)]
