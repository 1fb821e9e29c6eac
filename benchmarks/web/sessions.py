"""A reader's session without a browser: the websocket on which Streamlit sends a page."""

import time
from contextlib import ExitStack
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.sync.client import connect


class Session:
    """One session, open as long as its block."""

    def __init__(self, port: int) -> None:
        self._address = f"ws://127.0.0.1:{port}/_stcore/stream"

    def __enter__(self) -> "Session":
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(self._address, proxy=None, max_size=None))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def run(self, page: str, query: str) -> tuple[float, list[ForwardMsg]]:
        """One run of a page, as an address opens it: the seconds until it is whole, and all that was sent.

        `page` is the word in its address; empty for the first one. Raises RuntimeError if the run ends
        otherwise than it should.
        """
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.page_script_hash = calc_hash(page) if page else ""
        start = time.perf_counter()
        self._socket.send(asked.SerializeToString())
        received: list[ForwardMsg] = []
        for each in self._socket:
            said = ForwardMsg.FromString(each)  # type: ignore[arg-type]
            received.append(said)
            if said.HasField("script_finished"):
                if said.script_finished != ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY:
                    continue  # the run before was stopped by this one
                return time.perf_counter() - start, received
        raise RuntimeError(f"the session ended in a run of {page or 'the first page'}")
