"""What it costs to take something away: a picture that was drawn before beside a static file, a new one
beside typst alone, a parcel beside its pictures; and a sentence that is checked beside a bare page.
"""

import http.client
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import streamlit
import typst

from benchmarks import asking
from benchmarks.measured import compared as seconds_compared
from benchmarks.measured import in_turns
from benchmarks.promises import Figure, Promise
from benchmarks.web import runs, servers
from data import publish
from data.access.rights import PUBLIC
from data.foundation import areas
from data.questions.filters import Filters
from pages.charts.svg import letters
from pages.checked import compared, understood
from pages.drawing.compiled import PICTURE
from pages.drawing.made import INCH
from pages.pictures.sizes import BY_CODE, USUAL
from pages.press import material, parcel
from pages.text import setting
from pages.text.words import of

REQUESTS, DRAWINGS, PARCELS, CLAIMS, RUNS = 300, 20, 4, 20, 20
TRIES = 20
NAME = "/bild/caseload_active"
PROMISES = (
    # 0.7 times the requests a second.
    Promise("picture-kept", "requests of a picture that was drawn before",
            "as many of a static file of that size, same server", at_most=1.43),
    Promise("picture-drawn", "a picture that nobody has asked for (1200 × 675), median",
            "the same set by typst alone", at_most=3),
    Promise("parcel", "the parcel of a Kreis for newsrooms that nobody has asked for, median",
            "its 18 pictures, one after the other, of other Kreise", at_most=1.5),
    Promise("claim", "a sentence checked, CPU, median of Kreise",
            "a run of a minimal page of Streamlit, CPU of the server", at_most=5),
)  # fmt: skip


def figures(folder: Path, requests: int = REQUESTS, drawings: int = DRAWINGS) -> Iterator[Figure]:
    """From the demonstration as `make run` fills it. Raises RuntimeError where an address is not answered."""
    store = folder / "store"
    asking.fill(store)
    yield from of_store(store, requests, drawings)


def of_store(store: Path, requests: int, drawings: int, parcels: int = PARCELS) -> Iterator[Figure]:
    """All of them, of a store that holds a release."""
    with servers.ours(store) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        release = _release(connection)
        kreise = [area.code for area in areas.register().values() if area.level == areas.KREIS]
        first, *others = kreise[: drawings + 1]
        picture = _get(connection, _address(first, "png", release))  # the process that draws begins
        static = _static(len(picture))
        ours, plain = in_turns(
            lambda: [_alone(server.port, _address(first, "png", release)) for _ in range(requests)],
            lambda: [_alone(server.port, static) for _ in range(requests)],
        )
        rates = f"{requests / ours:,.0f} / {requests / plain:,.0f} requests a second"
        yield Figure("picture-kept", ours / plain, rates)
        drawn = [_seconds(lambda: _get(connection, _address(code, "png", release))) for code in others]  # noqa: B023
        pictures = [_get(connection, _address(code, "svg", release)) for code in others]
        whole = [_seconds(lambda: _get(connection, _parcel(code, release))) for code in kreise[:parcels]]  # noqa: B023
        parts = [_seconds(lambda: _every(connection, code, release)) for code in kreise[-parcels:]]  # noqa: B023
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[letters.FONTS])
    bare = [_seconds(lambda: _typst(svg, fonts)) for svg in pictures]  # noqa: B023
    mine, other = statistics.median(drawn), statistics.median(bare)
    yield Figure("picture-drawn", mine / other, f"{mine * 1000:.0f} ms / {other * 1000:.0f} ms")
    yield seconds_compared("parcel", statistics.median(whole), statistics.median(parts))
    yield _claims(store, kreise[: CLAIMS + 1])


def _claims(store: Path, kreise: list[str]) -> Figure:
    """Reading a sentence and looking up what is published of it; its page is a bare one besides."""
    os.environ["DASHBOARD_STORE"] = str(store)
    with servers.minimal(store) as minimal:
        least = min(runs.cpu(minimal, "", [""] * RUNS) for _ in range(3))
    words, edition = of("de"), publish.edition(PUBLIC)
    taken = []
    for code in kreise:
        chosen = Filters(code, period=edition.period, edition=edition.version)
        text = "{End} werden {at} 1.000 Personen betreut.".format(**setting.told(words, code, edition.period))
        began = time.process_time()
        (found,) = understood.read(text, "de", chosen, {})
        if not isinstance(found, understood.Read) or not compared.check(found, words).is_judged:
            raise RuntimeError(f"not checked: {text}")
        taken.append(time.process_time() - began)
    mine = statistics.median(taken[1:])  # with the first one the lists of names are read
    return Figure("claim", mine / least, f"{mine * 1000:.0f} ms / {least * 1000:.0f} ms")


def _parcel(code: str, release: str) -> str:
    return f"/presse/paket.zip?{urlencode({'area_code': code, 'release': release})}"


def _every(connection: http.client.HTTPConnection, code: str, release: str) -> None:
    """The pictures of a parcel, each by its own address."""
    for name in material.CHARTS:
        for ending, form in parcel.FORMS:
            query = urlencode({"area_code": code, "form": form, "release": release})
            _get(connection, f"/bild/{name}.{ending}?{query}")


def _address(code: str, ending: str, release: str) -> str:
    return f"{NAME}.{ending}?{urlencode({'area_code': code, 'release': release})}"


def _get(connection: http.client.HTTPConnection, address: str) -> bytes:
    """What is there, perhaps after a while: on a busy machine one is told to come again, which counts."""
    for _ in range(TRIES):
        connection.request("GET", address)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 200:
            return content
        if answer.status != 503:
            break
        time.sleep(0.5)
    raise RuntimeError(f"{address} was answered with {answer.status}")


def _alone(port: int, address: str) -> bytes:
    """On a connection of its own: on one that is kept, acknowledgements that wait would be measured."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        return _get(connection, address)
    finally:
        connection.close()


def _release(connection: http.client.HTTPConnection) -> str:
    connection.request("GET", f"{NAME}.png")
    answer = connection.getresponse()
    answer.read()
    return (answer.headers["Location"] or "").partition("release=")[2].partition("&")[0]


def _static(size: int) -> str:
    """The address of a file of Streamlit that no proxy of ours packs, as large as may be."""
    folder = Path(streamlit.__file__).parent / "static"
    files = [path for path in folder.rglob("*") if path.suffix in (".woff2", ".png")]
    nearest = min(files, key=lambda path: abs(path.stat().st_size - size))
    return f"/{nearest.relative_to(folder).as_posix()}"


def _typst(svg: bytes, fonts: typst.Fonts) -> None:
    form = BY_CODE[USUAL]
    about = {"title": "x", "author": "x", "keywords": [], "lang": "de", "alt": "x"}
    values = about | {"width": form.units, "height": form.high, "svg": svg.decode()}
    typst.Compiler(PICTURE.read_bytes(), font_paths=fonts).compile(
        format="png", sys_inputs={"picture": json.dumps(values)}, ppi=INCH * form.width / form.units
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
