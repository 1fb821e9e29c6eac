"""What stands on an opened page as HTML: its headings, tiles and charts, and all of it in words."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

EMPTY = ("img", "br", "hr")
WAYS = ("better", "worse", "neither")
APART = ("p", "div", "h1", "h2", "h3", "a", "li", "summary", "details", "nav")


@dataclass
class Tag:
    """An element: its name, its attributes, the words in it."""

    name: str
    given: dict[str, str]
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words as they are read."""
        return "".join(self.words).strip()

    def has(self, name: str) -> bool:
        """Whether a class is one of its own."""
        return name in self.given.get("class", "").split()


class _Reading(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Tag] = []
        self.inside: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, {name: value or "" for name, value in attrs})
        self.found.append(made)
        if tag not in EMPTY:
            self.inside.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.inside.pop().name == tag, "an element that does not end"
        if tag in APART:
            self.handle_data("\n")

    def handle_data(self, data: str) -> None:
        for each in self.inside:
            each.words.append(data)


def bodies(page: AppTest | Block) -> list[str]:
    """All HTML of the page."""
    return [each.proto.body for each in page.get("html")]


def tags(page: AppTest | Block, name: str = "", having: str = "") -> list[Tag]:
    """All elements of this name, or with this class, in their order."""
    found = [tag for body in bodies(page) for tag in read(body)]
    return [tag for tag in found if name in ("", tag.name) and (not having or tag.has(having))]


def read(body: str) -> list[Tag]:
    """All elements of a piece of HTML, each of which has to end."""
    reading = _Reading()
    reading.feed(f"<div>{body}</div>")
    reading.close()
    assert not reading.inside, "an element that does not end"
    return reading.found


def headings(page: AppTest | Block) -> list[str]:
    """What stands over figures, in their order."""
    return [tag.text for tag in tags(page, "h3")]


def text(page: AppTest | Block) -> str:
    """All words."""
    return "\n".join(read(body)[0].text for body in bodies(page))


def charts(page: AppTest | Block) -> list[dict[str, Any]]:
    """What each chart is drawn from: its data, its layout, its settings."""
    return [json.loads(tag.given["data-chart"]) for tag in tags(page, having="chart")]


@dataclass(frozen=True)
class Tile:
    """A key figure as it stands on the page; `way` is whether its change is one for the better."""

    label: str
    value: str
    delta: str
    way: str


def tiles(page: AppTest | Block) -> list[Tile]:
    """The key figures in their order."""
    labels = tags(page, having="tile-label")
    values = tags(page, having="tile-value")
    changes = [tag for tag in tags(page, "b") if tag.given.get("class") in WAYS]
    return [
        Tile(label.text.split("?\n")[0], value.text, change.text.lstrip("↑↓ "), change.given["class"])
        for label, value, change in zip(labels, values, changes, strict=True)
    ]
