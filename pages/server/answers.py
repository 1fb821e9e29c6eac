"""Addresses that answer with a file: of a figure, or of a place on paper.

No session is needed, so any process can answer. Figures come from a release, through `data.publish.ask` for
the public, whoever asks: exact ones have no address. An address that names its release is always answered
with the same bytes; one that does not leads to the newest.
"""

import logging
import re
import secrets
from collections.abc import Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from data import publish
from data.foundation import settings
from data.questions import figures
from pages.drawing.wire import UndrawnError
from pages.figures import described, tables
from pages.figures.described import Described
from pages.files import addresses as formed
from pages.files import formats, patience
from pages.files.kept import BusyError, Kept
from pages.named import every
from pages.paper import typeset
from pages.pictures import sentence as told
from pages.pictures import sizes, written
from pages.server import addresses
from pages.server.addresses import Asked, RefusedError, WithdrawnError
from pages.server.ready import Download, Ready
from pages.text.words import Words

AT_ONCE = 2
WAITING = 8  # so many more may wait for their turn
WAIT_SECONDS = 3.0  # for a turn
ANSWER_SECONDS = 10.0  # for all of an answer, whatever has to be drawn for it
RETRY_SECONDS = 5
KEPT_BYTES = 32 * 2**20
HOUR = 3600
JSON = formats.JSON
LOOKS = {"form": tuple(sizes.BY_CODE), "ton": sizes.TONES}
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LOG = logging.getLogger("dashboard")
Making = Callable[[], Download]
_KEPT: Kept[Download] = Kept(KEPT_BYTES, AT_ONCE, WAIT_SECONDS)
# Apart, so that whoever asks for many pictures keeps nobody from numbers and sentences.
_DRAWN: Kept[Download] = Kept(KEPT_BYTES, AT_ONCE, WAIT_SECONDS)
_READY = Ready(KEPT_BYTES)


class Turns:
    """How many requests are being answered: more than so many at once are told to come again."""

    def __init__(self, most: int) -> None:
        self.most, self.now = most, 0

    def __enter__(self) -> None:
        if self.now >= self.most:
            raise BusyError
        self.now += 1

    def __exit__(self, *_: object) -> None:
        self.now -= 1


_TURNS, _DRAWING_TURNS = Turns(AT_ONCE + WAITING), Turns(AT_ONCE + WAITING)


async def figure(request: Request) -> Response:
    """A figure as CSV, XLSX, ZIP or JSON: `/daten/caseload_active.csv?area_code=08425`."""
    name, _, ending = request.path_params["name"].rpartition(".")
    return await answered(request, lambda query: _of_figure(name, ending, query))


async def table(request: Request) -> Response:
    """The numbers of a figure as the script of a page reads them: `/tabelle/caseload_active.json?…`."""
    name, _, ending = request.path_params["name"].rpartition(".")
    return await answered(request, lambda query: _of_table(name, ending, query))


async def chart(request: Request) -> Response:
    """A figure as plotly draws it in a browser: `/zeichnung/caseload_active.json?…`."""
    name, _, ending = request.path_params["name"].rpartition(".")
    return await answered(request, lambda query: _of_chart(name, ending, query))


async def picture(request: Request) -> Response:
    """A figure as a picture: `/bild/caseload_active.png?area_code=08425&form=quadrat&ton=grau`."""
    name, _, ending = request.path_params["name"].rpartition(".")
    return await answered(request, lambda query: _of_picture(name, ending, query), drawing=True)


async def sentence(request: Request) -> Response:
    """A figure as a sentence with its source: `/satz/caseload_active.txt?area_code=08425`."""
    name, _, ending = request.path_params["name"].rpartition(".")
    return await answered(request, lambda query: _of_sentence(name, ending, query))


async def place(request: Request) -> Response:
    """A place on paper: `/papier/gebiet.pdf?area_code=08425`."""
    return await answered(request, _of_place, drawing=True)


def _of_figure(name: str, ending: str, query: bytes) -> tuple[Asked, Making]:
    if ending not in formats.ADDRESSED:
        raise RefusedError("figure", status=404)
    asked = addresses.figure(name, query)
    writing, mime = formats.ADDRESSED[ending]

    def make() -> Download:
        (found,) = every.of(name, asked.wanted)
        taken = found.taken(asked.wanted.words)
        return Download(
            f"{taken.name}.{ending}", mime, writing(taken), *_links(found, asked, formed.FIGURES, ending)
        )

    key = (name, formed.FIGURES, ending, asked.wanted, asked.wanted.edition)
    return asked, lambda: _KEPT.made(key, make)


def _of_table(name: str, ending: str, query: bytes) -> tuple[Asked, Making]:
    def sheet(found: Described, words: Words) -> bytes:
        return tables.sheet(found.published, words, found.element, found.heading)

    return _as_json(name, ending, query, formed.TABLES, sheet)


def _of_chart(name: str, ending: str, query: bytes) -> tuple[Asked, Making]:
    def plot(found: Described, words: Words) -> bytes:
        if not described.has_chart(found, words):
            raise RefusedError("no_picture", status=404)
        # Among the pages of others it has no buttons: what is taken away is on the page that it leads to.
        return described.plotted(found, found.chart, words, displayModeBar=False).encode()

    return _as_json(name, ending, query, formed.CHARTS, plot)


def _as_json(
    name: str, ending: str, query: bytes, under: str, content: Callable[[Described, Words], bytes]
) -> tuple[Asked, Making]:
    """What a script of ours draws of a figure."""
    if ending != "json":
        raise RefusedError("figure", status=404)
    asked = addresses.figure(name, query)

    def make() -> Download:
        (found,), words = every.of(name, asked.wanted), asked.wanted.words
        called = f"{found.taken(words).name}.{ending}"
        return Download(called, JSON, content(found, words), *_links(found, asked, under, ending))

    return asked, lambda: _KEPT.made((name, under, asked.wanted, asked.wanted.edition), make)


def _of_picture(name: str, ending: str, query: bytes) -> tuple[Asked, Making]:
    if ending not in written.BY_ENDING:
        raise RefusedError("figure", status=404)
    asked = addresses.figure(name, query, LOOKS)
    if not figures.named(name).has_picture:
        raise RefusedError("no_picture", status=404)
    return asked, lambda: drawn(name, ending, asked)


def drawn(name: str, ending: str, asked: Asked) -> Download:
    """The picture of a figure that looks as it is asked for, drawn now unless it is there.

    Raises BusyError, UndrawnError.
    """
    (form, tone), (writing, mime) = asked.looks, written.BY_ENDING[ending]

    def make() -> Download:
        (found,) = every.of(name, asked.wanted)
        spoken = asked.wanted.words
        content = writing(found, sizes.BY_CODE[form], spoken, tone != sizes.TONES[0])
        looks = {look: code for look, code in zip(LOOKS, asked.looks, strict=True) if code != LOOKS[look][0]}
        called = "-".join([found.taken(spoken).name, form, *filter(None, [looks.get("ton")])])
        return Download(
            f"{called}.{ending}", mime, content, *_links(found, asked, formed.PICTURES, ending, **looks)
        )

    return _DRAWN.made((name, ending, asked.looks, asked.wanted, asked.wanted.edition), make)


def _of_sentence(name: str, ending: str, query: bytes) -> tuple[Asked, Making]:
    if ending not in told.BY_ENDING:
        raise RefusedError("figure", status=404)
    asked = addresses.figure(name, query)
    writing, mime = told.BY_ENDING[ending]

    def make() -> Download:
        (found,) = every.of(name, asked.wanted)
        spoken = asked.wanted.words
        called, content = found.taken(spoken).name, writing(found, spoken)
        links = _links(found, asked, formed.SENTENCES, ending)
        return Download(f"{called}.{ending}", mime, content, *links)

    return asked, lambda: _KEPT.made((name, ending, asked.wanted, asked.wanted.edition), make)


def _of_place(query: bytes) -> tuple[Asked, Making]:
    asked = addresses.place(query)
    chosen, lang = asked.wanted.chosen, asked.wanted.words.lang

    def make() -> Download:
        content, at = typeset.place(chosen, lang), formed.of_place(chosen, lang)
        return Download(typeset.name(chosen), formats.PDF, content, at)

    return asked, make  # which are kept where they are set


def _links(found: Described, asked: Asked, under: str, ending: str, **looks: str) -> tuple[str, str]:
    """The address of a file with every choice in it, and that of what describes the figure."""
    taken, choices = found.taken(asked.wanted.words), found.choices or ()
    return (
        formed.of(taken, ending, choices, under, **looks),
        formed.of(taken, "json", choices, formed.SENTENCES),
    )


async def answered(
    request: Request, of: Callable[[bytes], tuple[Asked, Making]], *, drawing: bool = False
) -> Response:
    """The file that an address asks for; without a release in it, the way to the one with the newest."""

    if ready := _READY.found(request):
        return file(request, *ready)
    sent: list[tuple[Download, Words]] = []

    def found(spoken: Words) -> Response:
        asked, making = of(request.scope["query_string"])
        if not asked.pinned:
            # Everything in it was looked up, and it has no host: it leads to the same server.
            return onward(f"{request.url.path.rpartition('/')[2]}?{asked.query}")
        sent.append((making(), spoken))
        return file(request, *sent[0])

    answer = await in_turn(request, found, drawing=drawing)
    for each in sent:
        _READY.keep(request, *each)
    return answer


async def in_turn(request: Request, found: Callable[[Words], Response], *, drawing: bool = False) -> Response:
    """What is found, in a thread and in its turn; what is refused, too much or fails is a sentence.

    What has to be drawn waits among its like, `ANSWER_SECONDS` in all. A browser that was told to come again
    does so by itself.
    """
    spoken = addresses.language(request.scope["query_string"])
    try:
        with _DRAWING_TURNS if drawing else _TURNS, patience.within(ANSWER_SECONDS):
            return await run_in_threadpool(_made, request, found, spoken)
    except (BusyError, UndrawnError) as error:
        said = "server.busy" if isinstance(error, BusyError) else "server.undrawn"
        headers = {"Retry-After": str(RETRY_SECONDS)}
        if "text/html" in request.headers.get("accept", ""):
            # Somebody looks at it, on a page or in a frame: the file comes without another click.
            return _sentence(
                503,
                f"{spoken.t(said)} {spoken.t('server.again')}",
                spoken,
                headers | {"Refresh": str(RETRY_SECONDS)},
            )
        return _sentence(503, spoken.t(said), spoken, headers)


def onward(to: str) -> Response:
    """The way to another address of this server, which may be another one tomorrow."""
    return Response(status_code=307, headers={"Location": to, "Cache-Control": "no-cache"})


def _made(
    request: Request, found: Callable[[Words], Response], spoken: Words, *, again: bool = False
) -> Response:
    try:
        return found(spoken)
    except publish.NoFiguresError as error:
        if again:
            return _failed(error, spoken)
        # A release was withdrawn while this was put together: what holds now is answered.
        return _made(request, found, spoken, again=True)
    except WithdrawnError as error:
        return _gone(request, error, spoken)
    except RefusedError as error:
        return _sentence(error.status, error.said(spoken), spoken)
    except (BusyError, UndrawnError):
        raise
    except Exception as error:
        return _failed(error, spoken)


def _failed(error: Exception, spoken: Words) -> Response:
    reference = secrets.token_hex(3).upper()
    _LOG.error("reference %s: an address was not answered", reference, exc_info=error)
    return _sentence(500, spoken.t("server.failed", reference=reference), spoken)


def _gone(request: Request, error: WithdrawnError, spoken: Words) -> Response:
    """The reason, and where the same of the newest release is."""
    if error.way is None:
        return _sentence(error.status, error.said(spoken), spoken)
    # The name in it was looked up before anything else was.
    to = request.url.path.rpartition("/")[2] + (f"?{error.way}" if error.way else "")
    path = settings.from_environment().at(request.scope["path"].rpartition("/")[0]) + "/"
    if error.at:
        to, path = error.at, settings.from_environment().at("/")
    root = f"{settings.from_environment().base}/" if error.at else ""
    link = {"Link": f'<{root}{to}>; rel="latest-version"'}
    return _sentence(error.status, f"{error.said(spoken)} {path}{to}", spoken, link)


def file(request: Request, file: Download, spoken: Words, *, stays: bool = True) -> Response:
    """A file, or that whoever asks has it already. `stays`: this address always gives the same."""
    headers = {
        "ETag": file.etag,
        "Cache-Control": f"public, max-age={HOUR}" if stays else "no-cache",
        "Link": file.links,
    }
    known = request.headers.get("if-none-match", "")
    if known.strip() == "*" or file.etag in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(status_code=304, headers=headers)
    headers |= {
        **({"Content-Disposition": f'attachment; filename="{UNSAFE.sub("-", file.name)}"'} if stays else {}),
        "Content-Language": spoken.lang,
        "Content-Type": file.mime,
        "Content-Length": str(len(file)),
    }
    return Response(b"" if request.method == "HEAD" else file.content, headers=headers)


def _sentence(status: int, text: str, spoken: Words, further: Mapping[str, str] | None = None) -> Response:
    headers = {"Cache-Control": "no-store", "Content-Language": spoken.lang, **(further or {})}
    return Response(f"{text}\n", status, headers, "text/plain; charset=utf-8")


def kept(key: object, make: Making) -> Download:
    """The file of this key with drawings in it, made now unless it is there. Raises BusyError."""
    return _DRAWN.made(key, make)


async def unknown(request: Request) -> Response:
    """That there is no file under this address."""
    spoken = addresses.language(request.scope["query_string"])
    return _sentence(404, RefusedError("figure").said(spoken), spoken)


ROUTES = [
    Route(f"{formed.PICTURES}{{name}}", picture),
    Route(f"{formed.SENTENCES}{{name}}", sentence),
    Route(f"{formed.FIGURES}{{name}}", figure),
    Route(f"{formed.TABLES}{{name}}", table),
    Route(f"{formed.CHARTS}{{name}}", chart),
    Route(formed.PLACE, place),
    Route(f"{formed.FIGURES}{{rest:path}}", unknown),
    Route(f"{formed.PAPER}{{rest:path}}", unknown),
    Route(f"{formed.PICTURES}{{rest:path}}", unknown),
    Route(f"{formed.SENTENCES}{{rest:path}}", unknown),
]
