"""What a command writes, with every control character shown: names and values come from strangers' files, and
a terminal would do what they say.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

# Of C0 all but the tab and the ends of lines; C1, directions and other invisible signs; halves of pairs,
# which stand for the bytes of a name that is no UTF-8.
CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
OF_A_BAR = frozenset("\n\r\x1b[A ")  # a progress bar moves up by one line, and does no more


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
