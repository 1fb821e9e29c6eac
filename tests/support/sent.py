"""What a server sends to a browser, without one: the messages of a page as text."""

import asyncio
import ssl
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect


def shown(
    address: str,
    path: str = "",
    *,
    host: str = "",
    origin: str = "",
    cookie: str = "",
    below: str = "",
    tls: ssl.SSLContext | None = None,
) -> str:
    """All that the server sends to a browser on this page. Raises InvalidStatus where it lets nobody in."""
    # In a thread of its own: where the tests of the browser ran before, a loop runs in this one.
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, _shown(address + below, path, host, origin, cookie, tls)).result()


async def _shown(
    address: str, path: str, host: str, origin: str, cookie: str, tls: ssl.SSLContext | None
) -> str:
    own = urlsplit(address)
    async with connect(
        f"{'wss' if tls else 'ws'}://{host or own.netloc}{own.path}/_stcore/stream",
        host=own.hostname,
        port=own.port,
        origin=origin or f"http://{host or own.netloc}",
        additional_headers={"Cookie": cookie} if cookie else {},
        ssl=tls,
        subprotocols=["streamlit"],
        max_size=None,
    ) as opened:
        asked = BackMsg()
        page, _, query = path.partition("?")
        asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
        await opened.send(asked.SerializeToString())
        said = ""
        async with asyncio.timeout(60):
            async for message in opened:
                told = ForwardMsg.FromString(message)
                said += str(told.delta) + str(told.navigation)
                if told.WhichOneof("type") == "script_finished":
                    return said
    raise AssertionError("the server went away")
