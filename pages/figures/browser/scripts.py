"""The scripts and the styles of the pages as files that a browser keeps: one of ours each, and the libraries
that it fetches.

chart2music (`dist/index.mjs`) and plotly.js (`plotly.js-basic-dist-min`: bars, lines and marks, a quarter of
all of it) are as published.
"""

import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from pages.text.words import Words

HERE = Path(__file__).parent
PAGES = HERE.parents[1]
FOREVER = "public, max-age=31536000, immutable"
MIME = {"js": "text/javascript", "mjs": "text/javascript", "css": "text/css", "woff2": "font/woff2"}
PATH = "/scripts/{name}"
STYLES_PATH = "/styles/{name}"
# In this order they are one script: what is shared first.
OWN = (
    PAGES / "reading" / "areabox" / "folded.js",
    HERE.parent / "table" / "table.js",
    HERE / "hearing.js",
    HERE / "figures.js",
    HERE / "paper.js",
    HERE / "links.js",
)
# Of the pages of others alone, and of nothing but theirs.
EMBED, HEARING = HERE / "embed.js", HERE / "hearing.css"
LIBRARIES = {"plotly": HERE / "plotly-basic.min.js", "chart2music": HERE / "chart2music.mjs"}
# The letters of a picture in a page of its own: Source Sans 3, Latin letters alone (licence beside them).
FONTS = {
    weight: PAGES / "charts" / "svg" / "fonts" / f"DashboardSans-{weight}.woff2"
    for weight in ("Regular", "Semibold")
}
STYLES = "styles"


def tag() -> str:
    """What the head of each page says of them: ours at once, plotly.js beside it, the rest once it is wanted.

    Every page is one word below the path at which readers find the program.
    """
    at = {name: _address(name) for name in LIBRARIES}
    given = "".join(f' data-{name}="{escape(path)}"' for name, path in at.items())
    return (
        f'<link rel="preload" as="style" href="{_address(STYLES)}">'
        f'<link rel="preload" as="script" href="{at["plotly"]}">'
        f'<script async src="{_address("page")}"{given}></script>'
    )


def address(name: str) -> str:
    """The address of page, embed or a library, below the root."""
    return PATH.format(name=_names()[name])


def sheet() -> str:
    """How every page looks, for the beginning of its body. In the head Streamlit's own styles would win,
    which come there as it goes; as an element of a run it would be cleaned and applied anew on every page.
    """
    return f'<link rel="stylesheet" href="{_address(STYLES)}">'


def font(weight: str) -> str:
    """The address of the letters of a weight, below the root: Regular or Semibold."""
    return PATH.format(name=_names()[weight])


def told(words: Words) -> str:
    """What the script has to say itself, as JSON for an attribute."""
    silent = [words.t(f"chart.{gap}") for gap in ("withheld", "unknown")]
    named = words.table("show", "browser")
    return json.dumps(
        {**words.table("show", "hearing"), "silent": silent, "lang": words.lang, "named": named}
    )


async def answer(request: Request) -> Response:
    """One of the files; 404 for another name."""
    files = _by_name()
    if (name := request.path_params["name"]) not in files:
        return Response(status_code=404)
    content, packed = files[name]
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"], content = "gzip", packed
    return Response(content, media_type=MIME[name.rpartition(".")[2]], headers=headers)


def _address(name: str) -> str:
    path = STYLES_PATH if name == STYLES else PATH
    return "." + path.format(name=_names()[name])


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """The name of each file, with a hash of it, so that a browser may keep it for ever."""
    endings = {"chart2music": "mjs", STYLES: "css"} | dict.fromkeys(FONTS, "woff2")
    return {
        name: f"{name}.{hashlib.sha256(content).hexdigest()[:12]}.{endings.get(name, 'js')}"
        for name, content in _contents().items()
    }


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[bytes, bytes]]:
    # Packed once, as small as may be: the largest is 1.2 MB.
    return {
        _names()[name]: (content, gzip.compress(content, mtime=0)) for name, content in _contents().items()
    }


@lru_cache(maxsize=1)
def _contents() -> Mapping[str, bytes]:
    own = "\n".join(each.read_text(encoding="utf-8") for each in OWN)
    sheets = sorted(PAGES.rglob("*.css"), key=lambda file: file.name)
    return {
        "page": f"(() => {{\n{own}\n}})()\n".encode(),
        "embed": f"(() => {{\n{EMBED.read_text(encoding='utf-8')}\n}})()\n".encode(),
        STYLES: b"\n".join(file.read_bytes() for file in sheets),
    } | {name: file.read_bytes() for name, file in (LIBRARIES | FONTS).items()}
