"""A publisher on loopback: what its addresses answer, real or as a test has changed it, at any pace."""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from data.foundation import storedjson
from data.foundation.settings import Settings
from data.releases import shelf
from data.releases.afterwards.copies import pulled, signed_list, signing
from data.releases.afterwards.copies.signed_list import SignedList


@dataclass
class Publisher:
    """Answers by their paths; `asked` is what came in, `cut` after how many bytes of a file it hangs up,
    `pace` how many seconds it waits before each piece of `piece` bytes.
    """

    settings: Settings
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    cut: int | None = None
    pace: float = 0.0
    piece: int = 1 << 16
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def publish(self) -> "Publisher":
        """Answer as the store says now."""
        store = self.settings.store
        self.answers = {pulled.LISTED: (200, {}, signed_list.current(store).encode())}
        for each in shelf.open_to_readers(store):
            for name, ending in pulled.ENDINGS.items():
                told = name == shelf.MANIFEST
                body = (
                    signed_list.told(store, each.name)
                    if told
                    else shelf.database(store, each.name).read_bytes()
                )
                self.answers[at(each.name, ending)] = (
                    200,
                    {"ETag": f'"{sha256(body).hexdigest()[:32]}"'},
                    body,
                )
        return self

    @property
    def listed(self) -> SignedList:
        return signed_list.read(signing.opened(self.answers[pulled.LISTED][2])[0])

    def sign(self, listed: SignedList | None = None, **changed: object) -> "Publisher":
        """Give out another list, with the publisher's own signature."""
        listed = replace(listed or self.listed, **changed)
        envelope = signing.sign(signing.load(self.settings), storedjson.text(listed))
        self.answers[pulled.LISTED] = (200, {}, envelope.encode())
        return self


def at(name: str, ending: str = "duckdb") -> str:
    return pulled.WHOLE.format(name=name, ending=ending)


def end_embargo(settings: Settings, name: str) -> None:
    """The hour of a release under its embargo has come: a new one for whoever reads."""
    now = datetime.now(UTC)
    path = shelf.manifest(settings.store, name)
    told = json.loads(path.read_text(encoding="utf-8")) | {"serves_from": now.isoformat()}
    path.chmod(0o644)
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    (entry,) = (each for each in shelf.entries(settings.store) if each.name == name)
    shelf.change(settings.store, replace(entry, serves_from=now))
    signed_list.renew(settings)


@contextmanager
def handing_out(store: Path, tls: ssl.SSLContext | None = None) -> Iterator[Publisher]:
    """The publisher of this store, listening."""
    publisher = Publisher(Settings(store, "localhost", 0)).publish()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            publisher.asked.append((self.path, self.headers.get("Range", "")))
            status, headers, body = publisher.answers.get(self.path, (404, {}, b""))
            asked = self.headers.get("Range", "")
            if status == 200 and asked and self.headers.get("If-Range") == headers.get("ETag"):
                first = int(asked.removeprefix("bytes=").rstrip("-"))
                headers = {**headers, "Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}"}
                status, body = 206, body[first:]
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            whole = body[: publisher.cut] if self.path.endswith(".duckdb") else body
            for begin in range(0, len(whole), publisher.piece):
                time.sleep(publisher.pace)
                self.wfile.write(whole[begin : begin + publisher.piece])
            if len(whole) < len(body):
                self.close_connection = True

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Answers)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    publisher.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
