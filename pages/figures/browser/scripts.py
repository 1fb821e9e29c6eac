"""The scripts of the pages as files that a browser keeps: one of ours, and the libraries that it fetches.

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
FOREVER = "public, max-age=31536000, immutable"
PATH = "/scripts/{name}"
# In this order they are one script: what is shared first.
OWN = (
    HERE.parents[1] / "reading" / "areabox" / "folded.js",
    HERE.parent / "table" / "table.js",
    HERE / "hearing.js",
    HERE / "figures.js",
    HERE / "paper.js",
    HERE / "links.js",
)
LIBRARIES = {"plotly": HERE / "plotly-basic.min.js", "chart2music": HERE / "chart2music.mjs"}


def tag() -> str:
    """What the head of each page says of them: ours at once, plotly.js beside it, the rest once it is wanted.

    Every page is one word below the path at which readers find the program.
    """
    at = {name: _address(name) for name in LIBRARIES}
    given = "".join(f' data-{name}="{escape(path)}"' for name, path in at.items())
    return (
        f'<link rel="preload" as="script" href="{at["plotly"]}">'
        f'<script async src="{_address("page")}"{given}></script>'
    )


def told(words: Words) -> str:
    """What the script has to say itself, as JSON for an attribute."""
    silent = [words.t(f"chart.{gap}") for gap in ("withheld", "unknown")]
    return json.dumps({**words.table("show", "hearing"), "silent": silent, "lang": words.lang})


async def answer(request: Request) -> Response:
    """One of the files; 404 for another name."""
    files = _by_name()
    if (name := request.path_params["name"]) not in files:
        return Response(status_code=404)
    content, packed = files[name]
    headers = {"Cache-Control": FOREVER, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"], content = "gzip", packed
    return Response(content, media_type="text/javascript", headers=headers)


def _address(name: str) -> str:
    return "." + PATH.format(name=_names()[name])


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    """The name of each file, with a hash of it, so that a browser may keep it for ever."""
    return {
        name: f"{name}.{hashlib.sha256(content).hexdigest()[:12]}.{'mjs' if name == 'chart2music' else 'js'}"
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
    return {"page": f"(() => {{\n{own}\n}})()\n".encode()} | {
        name: file.read_bytes() for name, file in LIBRARIES.items()
    }
