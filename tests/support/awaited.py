"""What a coroutine gives, whether or not a loop runs already: where a browser was driven before, one does."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Given = TypeVar("Given")


def awaited(coroutine: Coroutine[Any, Any, Given]) -> Given:
    """The result, from a loop in a thread of its own."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, coroutine).result()
