"""Our own texts, which are Markdown, as HTML. What comes from outside in them was put through `plain`.

Markup in a text is shown as it is written, no picture is loaded, and links lead to http and https alone.
"""

import re
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt

LINKS = re.compile(r"(?i)https?://[^\x00-\x20]+")
KEPT = 4096  # texts, some kB each at most


@lru_cache(maxsize=KEPT)
def block(text: str) -> str:
    """Paragraphs."""
    return str(_markdown().render(text)).strip()


@lru_cache(maxsize=KEPT)
def line(text: str) -> str:
    """What stands inside of a paragraph or a heading."""
    return str(_markdown().renderInline(text))


def attribute(text: str) -> str:
    """JSON between the quotes of an attribute.

    Angle brackets of JSON are written as it allows: sanitisers of HTML drop attributes that look like markup.
    """
    return escape(text.replace("<", "\\u003c").replace(">", "\\u003e"))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).disable("image")
    made.validateLink = lambda url: LINKS.fullmatch(url) is not None  # type: ignore[method-assign]
    return made
