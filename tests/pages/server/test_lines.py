"""Lines of the log: an error without its words, a library without its sentences; who may read the figures."""

import io
import json
import logging
from pathlib import Path

import pytest
import structlog

from data.foundation.settings import Settings, WrongSettingError
from pages.server import lines
from pages.server.watching import Watching
from tests.support.awaited import awaited

PERSON = "Erika Mustermann"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(logging, "raiseExceptions", True)
    root, of = logging.getLogger(), ("dashboard", "somebody.else")
    before = root.handlers, root.level, {name: logging.getLogger(name).level for name in of}
    handlers = {
        name: (found.handlers, found.propagate)
        for name, found in logging.Logger.manager.loggerDict.items()
        if isinstance(found, logging.Logger)
    }
    written = io.StringIO()
    lines.begin(written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers, root.level = before[0], before[1]
    for name, level in before[2].items():
        logging.getLogger(name).setLevel(level)
    for name, (own, propagate) in handlers.items():
        logging.getLogger(name).handlers, logging.getLogger(name).propagate = own, propagate
    structlog.reset_defaults()
    logging.setLoggerClass(logging.Logger)


def test_a_logger_that_is_made_after_the_start_says_the_same_lines_and_no_others(begun, capsys):
    late = logging.getLogger("somebody.late")
    late.addHandler(logging.StreamHandler())
    late.warning("could not read %s", PERSON)
    (line,) = begun()
    assert line["event"].startswith("test_lines:")
    assert PERSON not in json.dumps(line)
    assert capsys.readouterr() == ("", "")


def test_an_error_is_told_by_its_kind_and_its_place_and_never_by_its_words(begun):
    try:
        raise ValueError(PERSON)
    except ValueError as error:
        logging.getLogger("dashboard").error("reference %s: a page failed", "ABC", exc_info=error)
        logging.getLogger("somebody.else").error("could not read %s", PERSON, exc_info=True)
    ours, other = begun()
    assert (ours["event"], ours["error"], ours["level"]) == (
        "reference ABC: a page failed",
        "ValueError",
        "error",
    )
    assert "tests/pages/server/test_lines.py" in "/".join(["tests", ours["frames"][-1]])
    assert other["event"].startswith("test_lines:")
    assert PERSON not in json.dumps([ours, other])


def asked(app: Watching, path: str, client: str = "127.0.0.1", **headers: str) -> int:
    """The status of the answer to one request."""
    told: list[int] = []

    async def send(message):
        if message["type"] == "http.response.start":
            told.append(message["status"])

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "client": (client, 1),
        "headers": [
            (name.encode(), value.encode()) for name, value in {"host": "localhost", **headers}.items()
        ],
    }
    awaited(app(scope, None, send))
    return told[0]


async def other(scope, receive, send):
    await send({"type": "http.response.start", "status": 418, "headers": []})


def test_figures_of_the_work_are_for_this_machine_or_for_who_has_the_token(tmp_path: Path):
    open_here = Watching(other, Settings(tmp_path, "", 0))
    assert asked(open_here, "/metrics") == 200
    assert asked(open_here, "/metrics", "10.0.0.7") == 404
    assert asked(open_here, "/metrics", **{"x-forwarded-for": "10.0.0.7"}) == 404
    assert asked(open_here, "/metrics", host="evil.example") == 404
    behind = Watching(other, Settings(tmp_path, "", 0, url="https://im.example/dash"))
    assert asked(behind, "/metrics") == 404
    assert (asked(behind, "/dash/health"), asked(behind, "/dash/x")) == (200, 418)
    file = tmp_path / "token"
    file.write_text("a-token-of-forty-characters-or-not-quite\n", encoding="ascii")
    closed = Watching(other, Settings(tmp_path, "", 0, url="https://im.example", metrics_token_file=file))
    assert asked(closed, "/metrics") == 404
    assert asked(closed, "/metrics", authorization="Bearer a-token-of-forty-characters-or-not") == 404
    right = {"authorization": "Bearer a-token-of-forty-characters-or-not-quite"}
    assert asked(closed, "/metrics", "10.0.0.7", **right) == 200
    file.write_text("short", encoding="ascii")
    with pytest.raises(WrongSettingError):
        Watching(other, Settings(tmp_path, "", 0, metrics_token_file=file))
