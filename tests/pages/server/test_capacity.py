"""Files that are handed in fit into memory: those of one page, and all together."""

import pytest

from data.foundation.limits import Limits
from pages.server.capacity import MB, Capacity
from tests.support.awaited import awaited

LIMITS = Limits(upload_mb=3, uploads_mb=5)


def put(
    kept: dict[str, int], megabytes: int, *, said: bool = False, session: str = "a"
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

    counting = Capacity(app, LIMITS, lambda: kept)
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
