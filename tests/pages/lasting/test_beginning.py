"""Each page of Streamlit begins with our script, and nothing else; it says what Streamlit would answer."""

import base64
import hashlib
import json
import re

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Message
from streamlit.web.server.starlette import starlette_routes

from pages.lasting import beginning
from pages.lasting.beginning import Beginning
from pages.server.browsers import HEADERS
from tests.support.awaited import awaited

INDEX = (beginning.STATIC / "index.html").read_text(encoding="utf-8")


def asked(path: str, answer: Response, base: str = "", first: str = "") -> str:
    """What a browser gets under this path."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [(b"accept-encoding", b"gzip")]}
    begun = Beginning(answer, ["", "fallzahlen"], base, further=("", first))
    awaited(begun(scope, receive, send))
    body = b"".join(each.get("body", b"") for each in sent)
    lengths = [value for name, value in sent[0]["headers"] if name == b"content-length"]
    assert lengths == [str(len(body)).encode()]
    return body.decode()


def test_a_page_has_a_script_that_its_policy_allows_and_what_its_first_chart_needs():
    for path in ("/", "/fallzahlen"):
        page = asked(path, HTMLResponse(INDEX, headers={"etag": "x"}), "/dash")
        (attributes, script) = re.findall(r"<script (data-base[^>]*)>(.*?)</script>", page, re.DOTALL)[0]
        assert attributes == 'data-base="/dash"'
        hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{hashed}'" in HEADERS["Content-Security-Policy"]
        for name in beginning.NEEDED:
            (file,) = re.findall(rf'modulepreload" crossorigin href="./(static/js/{name}\.[^"]+)"', page)
            assert (beginning.STATIC / file).is_file()


def test_its_styles_stand_ahead_of_all_that_is_shown_and_behind_those_of_streamlit():
    page = asked("/", HTMLResponse(INDEX), first="<link ours>")
    (before, after) = page.split("<link ours>")
    assert "</head>" in before
    assert after.startswith('<div id="root">')


def test_nothing_else_is_changed():
    form = "<html><title>Anmelden</title></html>"
    assert asked("/fallzahlen", HTMLResponse(form)) == form
    assert asked("/other", HTMLResponse(INDEX)) == INDEX
    assert asked("/", Response(INDEX, media_type="text/plain")) == INDEX


def test_the_browser_is_told_what_it_would_have_asked_for():
    (route,) = starlette_routes.create_host_config_routes(None)
    answer = awaited(route.endpoint(_request()))
    told = json.loads(answer.body)
    assert told.pop("allowedOrigins") == []
    assert told == beginning.SET


def _request() -> Request:
    return Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""})
