"""How much a test does: a part of it in `make test`, the whole of it in `make test-slow`, which sets LONG."""

import os

LONG = bool(os.environ.get("LONG"))


def of(short: int, whole: int) -> int:
    """This many examples, files or kills."""
    return whole if LONG else short
