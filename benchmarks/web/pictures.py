"""What a picture costs: one that was drawn before beside a static file, a new one beside typst alone."""

import http.client
import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import streamlit
import typst

from benchmarks import asking
from benchmarks.measured import in_turns
from benchmarks.promises import Figure, Promise
from benchmarks.web import servers
from data.foundation import areas
from pages.charts.svg import letters
from pages.drawing.compiled import PICTURE
from pages.drawing.made import INCH
from pages.pictures.sizes import BY_CODE, USUAL

REQUESTS, DRAWINGS = 300, 20
NAME = "/bild/caseload_active"
PROMISES = (
    # 0.7 times the requests a second.
    Promise("picture-kept", "requests of a picture that was drawn before",
            "as many of a static file of that size, same server", at_most=1.43),
    Promise("picture-drawn", "a picture that nobody has asked for (1200 × 675), median",
            "the same set by typst alone", at_most=3),
)  # fmt: skip


def figures(folder: Path, requests: int = REQUESTS, drawings: int = DRAWINGS) -> Iterator[Figure]:
    """From the demonstration as `make run` fills it. Raises RuntimeError where an address is not answered."""
    store = folder / "store"
    asking.fill(store)
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
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[letters.FONTS])
    bare = [_seconds(lambda: _typst(svg, fonts)) for svg in pictures]  # noqa: B023
    mine, other = statistics.median(drawn), statistics.median(bare)
    yield Figure("picture-drawn", mine / other, f"{mine * 1000:.0f} ms / {other * 1000:.0f} ms")


def _address(code: str, ending: str, release: str) -> str:
    return f"{NAME}.{ending}?{urlencode({'area_code': code, 'release': release})}"


def _get(connection: http.client.HTTPConnection, address: str) -> bytes:
    connection.request("GET", address)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} was answered with {answer.status}")
    return content


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
