"""What a server tells whoever runs it: health, figures of its work, and a line of the log for each request.

None of it has a person in it: no address of a browser, no parameter, no name of a file, no text of an error.
"""

import hmac
import re
import secrets
import time
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from data.foundation.connections import is_loopback
from data.foundation.settings import Settings
from data.upkeep.health import NONE, Health, Watched

HEALTH, ALIVE, METRICS = "/health", "/health/alive", "/metrics"
REQUEST_ID = "X-Request-Id"
GIVEN_ID = re.compile(r"[0-9a-f]{32}")  # as nginx makes them; anything else is not taken over
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
UNTOLD = 0.5  # seconds; requests of browsers for parts of a page are a line of the log only above it
# What is asked for, by the beginning of its path: no path itself is told, it may hold anything.
KINDS = (
    ("/_stcore/stream", "session"),
    ("/_stcore/upload_file", "upload"),
    ("/_stcore/", "part"),
    ("/static/", "part"),
    ("/media/", "part"),
    ("/component", "part"),
    ("/daten/", "figure"),
    ("/z/", "cite"),
    ("/presse/", "press"),
    ("/papier/", "paper"),
    ("/bild/", "picture"),
    ("/satz/", "sentence"),
    ("/gesperrt/", "embargo"),
)


class Figures:
    """What is counted in this process, for `/metrics`."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # a second number for each, which nobody reads
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        own = self.registry
        self.requests = Counter("dashboard_requests", "Answered requests", ["kind", "status"], registry=own)
        self.seconds = Histogram("dashboard_request_seconds", "How long they took", ["kind"], registry=own)
        self.sessions = Gauge("dashboard_sessions", "Open pages", registry=own)
        self.errors = Counter("dashboard_errors", "Requests that ended in an error", registry=own)
        self.ready = Gauge("dashboard_ready", "1 where a check is passed", ["check"], registry=own)
        self.copied = Gauge(
            "dashboard_copied_timestamp_seconds", "When a copy was last complete", registry=own
        )
        self.free = Gauge("dashboard_disk_free_bytes", "Room on the disk of the store", registry=own)
        self.age = Gauge("dashboard_release_age_seconds", "Since the newest release serves", registry=own)

    def told(self, health: Health) -> bytes:
        """All of it as text."""
        for check in ("release", "disk", "register"):
            self.ready.labels(check).set(getattr(health, check) in ("ok", "none"))
        self.ready.labels("all").set(health.ready)
        self.free.set(health.free_bytes)
        if health.copied_at is not None:
            self.copied.set(health.copied_at.timestamp())
        if health.release_age_seconds is not None:
            self.age.set(health.release_age_seconds)
        return generate_latest(self.registry)


class Watching:
    """Around everything: gives each request an id, counts it, writes it down; answers health and metrics."""

    def __init__(self, app: ASGIApp, settings: Settings, pages: Collection[str] = ()) -> None:
        self.app = app
        self.settings = settings
        self.token = settings.metrics_token()
        self.pages = frozenset(pages)
        self.figures = Figures()
        self.health = Watched(settings)
        self.log = structlog.get_logger("dashboard.requests")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(REQUEST_ID, "")
        name = given if GIVEN_ID.fullmatch(given) else secrets.token_hex(16)
        structlog.contextvars.bind_contextvars(request=name)
        kind, began, status = self._kind(scope), time.monotonic(), 0
        is_session = scope["type"] == "websocket"

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = name
            elif message["type"] == "websocket.accept":
                status = 101
                self.figures.sessions.inc()
            await send(message)

        try:
            own = await self._own(scope)
            await (own or self.app)(scope, receive, sent)
        except BaseException:
            self.figures.errors.inc()
            status = status if status == 101 else 500
            raise
        finally:
            seconds = time.monotonic() - began
            if is_session and status == 101:
                self.figures.sessions.dec()
            self.figures.requests.labels(kind, str(status or 403)).inc()
            if not is_session:
                self.figures.seconds.labels(kind).observe(seconds)
            self._write(kind, scope.get("method", ""), status or 403, seconds)
            structlog.contextvars.unbind_contextvars("request")

    async def _own(self, scope: Scope) -> Response | None:
        path = scope["path"].removeprefix(self.settings.base)
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        if path == ALIVE:
            return _unkept(JSONResponse({"alive": True}))
        if path == HEALTH:
            found = await run_in_threadpool(self.health.now)
            checks = {check: getattr(found, check) for check in ("release", "disk", "register")}
            body = {"alive": True, "ready": found.ready, **checks}
            if found.copy != NONE:
                at = found.copied_at.isoformat(timespec="seconds") if found.copied_at else None
                body |= {"copy": found.copy, "copied_at": at}
            return _unkept(JSONResponse(body, 200 if found.ready else 503))
        if path == METRICS:
            if not self._may_read(scope):
                return PlainTextResponse("Not Found", 404)
            health = await run_in_threadpool(self.health.now)
            return _unkept(Response(self.figures.told(health), media_type=CONTENT_TYPE_PLAIN_0_0_4))
        return None

    def _may_read(self, scope: Scope) -> bool:
        """With the token; without one only where no proxy stands before the server, from this machine."""
        said = Headers(scope=scope)
        if self.token:
            given = said.get("authorization", "").encode()
            return hmac.compare_digest(given, f"Bearer {self.token}".encode())
        if self.settings.url or any(name in said for name in FORWARDED) or not scope.get("client"):
            return False
        # By name too: a page of a stranger may have let its own lead here.
        named = urlsplit(f"//{said.get('host', '')}").hostname or ""
        return is_loopback(scope["client"][0]) and is_loopback(named)

    def _kind(self, scope: Scope) -> str:
        path = scope["path"].removeprefix(self.settings.base)
        if path in (HEALTH, ALIVE, METRICS):
            return "watch"
        if path.strip("/") in self.pages:
            return f"page {path.strip('/') or 'first'}"
        return next((kind for begins, kind in KINDS if path.startswith(begins)), "other")

    def _write(self, kind: str, method: str, status: int, seconds: float) -> None:
        if kind in ("part", "watch") and status < 500 and seconds < UNTOLD:
            return
        told: Mapping[str, Any] = {"kind": kind, "status": status, "ms": round(seconds * 1000)}
        method = method if method in METHODS else "other"
        self.log.info("request", method=method, **told)


def _unkept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer
