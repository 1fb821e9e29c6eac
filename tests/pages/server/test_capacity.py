"""Files that are handed in fit into memory, those of one page and all together, and do not stay there."""

import asyncio
from collections.abc import Collection, Mapping

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from data.foundation.limits import Limits
from pages.server.capacity import MB, Capacity, Chosen
from pages.work import memory
from tests.support.awaited import awaited

LIMITS = Limits(upload_mb=3, uploads_mb=5)


class Files(Chosen):
    """Streamlit's own memory with files of these sizes, while no server runs; some pages are open."""

    def __init__(self, kept: Mapping[str, int], connected: Collection[str] = ()) -> None:
        self._manager = MemoryUploadedFileManager("/_stcore/upload_file")
        for session, size in kept.items():
            self._manager.add_file(session, UploadedFileRec("1", "a.csv", "text/csv", bytes(size)))
        self.connected = {*connected}

    def is_open(self, session: str) -> bool:
        return session in self.connected


def put(
    kept: dict[str, int],
    megabytes: int,
    *,
    said: bool = False,
    session: str = "a",
    examined: Mapping[str, int] | None = None,
) -> tuple[int, int, Capacity]:
    """Status of a file that arrives by the megabyte, how many of them were passed on, and the counting."""
    passed, status = [], []

    async def app(scope, receive, send):
        while True:
            message = await receive()
            passed.append(len(message["body"]))
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 204, "headers": []})

    parts = iter([bytes(MB)] * megabytes)

    async def receive():
        return {"type": "http.request", "body": (part := next(parts, b"")), "more_body": bool(part)}

    async def send(message):
        status.append(message.get("status"))

    counting = Capacity(app, LIMITS, lambda: examined or {}, chosen=Files(kept))
    headers = [(b"content-length", str(megabytes * MB).encode())] if said else []
    scope = {"type": "http", "method": "PUT", "path": f"/_stcore/upload_file/{session}/x", "headers": headers}
    awaited(counting(scope, receive, send))
    return status[0], sum(passed) // MB, counting


@pytest.mark.parametrize(
    ("kept", "megabytes", "status"),
    [
        ({}, 3, 204),
        ({}, 4, 413),
        ({"a": 2 * MB}, 1, 204),
        ({"a": 2 * MB}, 2, 413),
        ({"b": 3 * MB}, 2, 204),
        ({"b": 3 * MB}, 3, 413),
    ],
)
def test_what_does_not_fit_is_refused_while_it_arrives_or_before(kept, megabytes: int, status: int):
    answered, passed, counting = put(kept, megabytes)
    assert (answered, passed <= megabytes - (status == 413)) == (status, True)
    assert not counting.arriving  # whatever became of it
    answered, passed, _ = put(kept, megabytes, said=True)
    assert (answered, passed) == (status, megabytes if status == 204 else 0)


def test_what_is_examined_or_waits_in_memory_counts_too():
    """Who hands on one file after the other would fill it otherwise: the page has let go of each."""
    assert put({}, 2, examined={"a": 2 * MB})[0] == 413
    assert put({"b": MB}, 3, examined={"waiting": 2 * MB})[0] == 413
    assert put({"b": MB}, 2, examined={"waiting": 2 * MB})[0] == 204
    before = memory.sizes()
    done = memory.examined([("a.csv", bytes(10)), ("b.csv", bytes(5))])
    assert memory.sizes() == before | {"": 15}
    done()
    assert memory.sizes() == before


@pytest.mark.parametrize("comes_back", [False, True])
def test_files_of_a_page_whose_browser_is_gone_are_let_go_of_unless_it_comes_back(comes_back: bool):
    chosen = Files({"a": MB, "b": MB}, connected=["a", "b"])

    async def ends(scope, receive, send):
        chosen.connected.discard("a")

    async def whole() -> None:
        counting = Capacity(ends, LIMITS, dict, chosen=chosen, patience=0.01)
        await counting({"type": "websocket", "path": "/_stcore/stream"}, None, None)
        assert chosen.sizes() == {"a": MB, "b": MB}
        chosen.connected |= {"a"} if comes_back else set()
        await asyncio.sleep(0.05)

    awaited(whole())
    assert sorted(chosen.sizes()) == (["a", "b"] if comes_back else ["b"])
