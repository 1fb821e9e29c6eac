"""The log of a server as lines of JSON, where nobody looks at a terminal.

An error is told by its kind and by where it was, never by its text: that cites what was read. Of libraries
the same: their sentences are not ours.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, TextIO

import structlog

OURS = ("dashboard",)
FRAMES = 12
Event = MutableMapping[str, Any]


class Ours(logging.Logger):
    """A logger that somebody makes after the start: what it says goes where everything goes."""

    def addHandler(self, hdlr: logging.Handler) -> None:  # noqa: N802 - the name of logging
        """Take none that writes by itself."""
        if not isinstance(hdlr, logging.StreamHandler):
            super().addHandler(hdlr)


def begin(stream: TextIO | None = None) -> None:
    """Everything that is logged from now on is a line of JSON on stderr, unless that is a terminal."""
    stream = stream or sys.stderr
    if stream.isatty():
        return
    logging.raiseExceptions = False  # where a line can't be written, Python would write its words
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                without_texts,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.setLoggerClass(Ours)
    for name in list(logging.Logger.manager.loggerDict):
        found = logging.getLogger(name)
        if found.handlers:
            found.handlers, found.propagate = [], True
    logging.getLogger("dashboard").setLevel(logging.INFO)


def without_texts(logger: Any, method: str, event: Event) -> Event:
    """Errors without their words; of others than us only where it was said."""
    record: logging.LogRecord | None = event.get("_record")
    found = event.pop("exc_info", None) or (record.exc_info if record else None)
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if isinstance(found, tuple) and found[0]:
        event["error"] = found[0].__name__
        event["frames"] = [
            f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno}"
            for frame in traceback.extract_tb(found[2])[-FRAMES:]
        ]
    event.pop("stack_info", None)
    if record and not record.name.startswith(OURS):
        event["event"] = f"{record.module}:{record.lineno}"
    return event
