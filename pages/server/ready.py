"""Files that were sent before, by the address as it was written: they are sent again without another look.

That is so as long as the list of releases is the same: an address that names its release is always answered
with the same bytes, unless that one was withdrawn.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from cachetools import LRUCache
from starlette.requests import Request

from data import publish
from data.foundation import settings
from pages.files import description
from pages.text.words import Words


@dataclass(frozen=True)
class Download:
    """A file with its name and its kind. `canonical` is its address with every choice, `described` that of
    what describes it. Its length is that of its content.
    """

    name: str
    mime: str
    content: bytes
    canonical: str = ""
    described: str = ""

    def __len__(self) -> int:
        return len(self.content)

    @cached_property
    def etag(self) -> str:
        """The same for the same bytes, and for no others."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @property
    def links(self) -> str:
        """The header `Link`: licence, canonical address, description."""
        found = [f'<{description.LICENCE}>; rel="license"']
        if self.canonical:
            found.append(f'<{settings.url()}{self.canonical}>; rel="canonical"')
        if self.described:
            found.append(f'<{settings.url()}{self.described}>; rel="describedby"; type="application/json"')
        return ", ".join(found)


class Ready:
    """What was sent, at most so many bytes of it. The loop of the server alone uses it, so it has no lock."""

    def __init__(self, most_bytes: int) -> None:
        self._files: LRUCache[object, tuple[Download, Words]] = LRUCache(
            most_bytes, getsizeof=lambda kept: len(kept[0])
        )

    def found(self, request: Request) -> tuple[Download, Words] | None:
        """The file of this address and its language, if it was sent before and still stands."""
        return self._files.get(_key(request))

    def keep(self, request: Request, file: Download, spoken: Words) -> None:
        """Send it at once the next time."""
        if len(file) <= self._files.maxsize:
            self._files[_key(request)] = file, spoken


def _key(request: Request) -> object:
    return publish.standing(), request.scope["path"], request.scope["query_string"]
