"""Charts that can be listened to: what a browser is told, and the library that it fetches once asked for.

chart2music 1.20.0 (MIT, `LICENSE` beside it) is kept as it is published (`dist/index.mjs`).
"""

import hashlib
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from pages.reading import language

HERE = Path(__file__).parent
FOREVER = "public, max-age=31536000, immutable"
PATH = "/hearing/{name}"
_LISTENING = st.components.v2.component("hearing", js=(HERE / "hearing.js").read_text(encoding="utf-8"))


def offer() -> None:
    """Once on a page: a button in each of its charts, for those who listen."""
    words = language.words()
    silent = [words.t(f"chart.{gap}") for gap in ("withheld", "unknown")]
    told = {**words.table("show", "hearing"), "silent": silent, "lang": words.lang}
    with st.container(key="hearing"):
        _LISTENING(key="hearing_once", data=told | {"library": PATH.format(name=name()).lstrip("/")})


@lru_cache(maxsize=1)
def name() -> str:
    """The name of the library's file, with a hash of it, so that a browser may keep it for ever."""
    return f"chart2music.{hashlib.sha256(_library()).hexdigest()[:12]}.mjs"


async def answer(request: Request) -> Response:
    """The library; 404 for another name."""
    if request.path_params["name"] != name():
        return Response(status_code=404)
    return Response(_library(), media_type="text/javascript", headers={"Cache-Control": FOREVER})


@lru_cache(maxsize=1)
def _library() -> bytes:
    return (HERE / "chart2music.mjs").read_bytes()
