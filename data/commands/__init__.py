"""`main`, and one module a command of `python -m data`: `add(commands)` declares it, `run(args)` does it.

A command returns its exit code, writes results to stdout and everything else to stderr.
"""

import argparse
import getpass
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, TextIO, cast

from data.foundation.errors import DashboardError

COMMANDS = (
    "demo", "import_", "groupings", "build", "release", "withdraw", "status", "undo", "upkeep.verify",
    "watch", "compare", "profile", "ask", "account", "audit", "store", "upkeep.backup", "upkeep.restore",
    "upkeep.forget", "upkeep.upgrade", "digest", "upkeep.doctor", "upkeep.key",
    "upkeep.pull",
)  # fmt: skip
ABOUT = "`python -m data COMMAND`: everything that is done without the pages."
CODES = """exit codes: 0 done; 1 the store can't be used, or a fault of the program; 2 wrong arguments; 3 a
delivery was refused; 4 a build found nothing or a check failed; 5 a delivery needs --confirm, a release
--note; 6 something stored is damaged (`verify`, `build`, `release`); 130 interrupted; 141 nobody reads the
output any more; 143 told to end. More in docs/deliveries.md and docs/releases.md."""
CLOSED = 1  # exit code: the store can't be used
INTERRUPTED, NOBODY_READS, ENDED = 130, 141, 143  # 128 + SIGINT, SIGPIPE, SIGTERM, as a shell has it
REFUSED = 3  # exit code of whatever hands in: a delivery was refused
NEEDS_CONFIRMATION = 5  # exit code: it has warnings and needs a reason
# What each says of the next one, so that a first day needs no other guide.
AFTER_IMPORT = (
    "Next: `python -m data build` makes exact figures of all that is stored (inside only), "
    "`python -m data release` protected ones that everybody may read."
)
AFTER_BUILD = "Next: `python -m data release` publishes protected figures; readers see nothing of these."
AFTER_RELEASE = "Next: `make run` serves it; readers see the newest release that is under no embargo."
# Of C0 all but the tab and the ends of lines; C1, directions and other invisible signs; halves of pairs,
# which stand for the bytes of a name that is no UTF-8.
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
OF_A_BAR = frozenset("\n\r\x1b[A ")  # a progress bar moves up by one line, and does no more


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code. Errors become one message on stderr."""
    with visible_streams():
        return _run(arguments)


def _run(arguments: list[str] | None) -> int:
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m data", description=ABOUT, epilog=CODES)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    # The one that is meant is read alone: what the others stand on takes a second of every start.
    meant = [name for name in COMMANDS if given and name.rpartition(".")[2].rstrip("_") == given[0]]
    for name in meant or COMMANDS:
        import_module(f"data.commands.{name}").add(commands)
    args = parser.parse_args(given)
    try:
        code: int = args.run(args)
        sys.stdout.flush()  # here, not while Python ends, where nobody could catch it
    except DashboardError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("Interrupted. What was not said to be taken over was not.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # `… | head`: what Python still holds back goes nowhere, so that it ends without a complaint.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except PermissionError as error:
        # Whoever forgot to be the user of the services; what writes says more of it where it happens.
        print(
            f"{error.filename} is closed to {operator() or 'this user'} ({error.strerror}). Do it as the "
            "user that the program runs as (`dashboard COMMAND`), or have the right given.",
            file=sys.stderr,
        )
        return CLOSED
    return code


def operator() -> str:
    """Who types the command, for the register: the user's name; empty where the system knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may run under a number without a name
        return ""


def visible(text: str) -> str:
    """The text with control characters as `\\u001b`, which is what they are in JSON too."""
    return CONTROLS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


class VisibleStream:
    """A stream on which no control character gets through; all else is that of the stream behind it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text as it is shown."""
        self._stream.write(text if set(text) <= OF_A_BAR else visible(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def visible_streams() -> Iterator[None]:
    """Everything that is written to stdout and stderr meanwhile is written as it is shown."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast("TextIO", VisibleStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before
