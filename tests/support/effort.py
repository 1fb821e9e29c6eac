"""How much a test does: a part of it in `make test`, the whole of it in `make test-slow`, which sets LONG."""

import os
from typing import Any

import pytest

LONG = bool(os.environ.get("LONG"))


def in_each_language(*cases: Any) -> list[Any]:
    """Each case with a language: in turn one of them in `make test`, both in `make test-slow`.

    What a page shows and how it is built does not depend on the language; each page has both, in some place.
    """
    return [
        pytest.param(*(case if isinstance(case, tuple) else (case,)), lang)
        for at, case in enumerate(cases)
        for lang in (("de", "en") if LONG else ("de", "en")[at % 2 : at % 2 + 1])
    ]


def of(short: int, whole: int) -> int:
    """This many examples, files or kills."""
    return whole if LONG else short
