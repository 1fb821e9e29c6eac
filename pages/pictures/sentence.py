"""A figure as a sentence to quote: with its source as text, or with all that it is of as JSON."""

import json
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl

from pages.figures import described
from pages.figures.described import Described
from pages.files import addresses, description
from pages.pictures import composed
from pages.text.words import Words


def text(each: Described, words: Words) -> bytes:
    """The sentence, what it is of, its notes, its source, and how it is cited: one line each."""
    figure = each.taken(words)
    marks = [words.t("files.synthetic")] if each.published.edition.synthetic else []
    lines = [
        each.heading,
        composed.about(each, words),
        *figure.notes,
        *marks,
        description.source(each.published, words),
        words.t("files.to_cite", text=description.cited(figure)),
    ]
    return "".join(f"{' '.join(line.split())}\n" for line in lines).encode()


def as_json(each: Described, words: Words) -> bytes:
    """The same by names. `rows` are the figures behind it, as its CSV has them, under the address `data`."""
    figure, published = each.taken(words), each.published
    at = addresses.of(figure, "csv", each.choices or ())
    told = {
        "figure": each.key,
        "sentence": each.heading,
        "about": composed.about(each, words),
        "notes": list(figure.notes),
        "choices": dict(parse_qsl(at.partition("?")[2])),
        "release": published.edition.version,
        "as_of": description.as_of(published).isoformat(),
        "demonstration_data": published.edition.synthetic,
        "shown": not published.is_all_withheld,
        "instead": described.nothing(published, each.chosen.area_code, words)
        if published.is_all_withheld
        else None,
        "source": description.source(published, words),
        "licence": description.LICENCE,
        "citation": description.cited(figure),
        "cite_code": each.code or None,
        "data": at,
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode()


BY_ENDING: Mapping[str, tuple[Callable[[Described, Words], bytes], str]] = {
    "txt": (text, "text/plain; charset=utf-8"),
    "json": (as_json, "application/json"),
}
