"""A picture as a file: SVG, PNG and PDF; each says itself what it is. Drawn in a process of its own."""

from collections.abc import Callable, Mapping
from functools import partial

from pages.charts.svg.picture import NotDrawnError
from pages.drawing import desk
from pages.figures.described import Described
from pages.files import description, formats
from pages.pictures import composed
from pages.pictures.composed import NoPictureError, Order
from pages.pictures.sizes import Form
from pages.text.words import Words


def written(kind: str, each: Described, form: Form, words: Words, grey: bool, mark: str = "") -> bytes:
    """The picture in a form, `mark` above it and in what it says of itself.

    Raises NoPictureError, BusyError, UndrawnError.
    """
    try:
        return desk.drawn(kind, ordered(each, form, words, grey, mark))
    except NotDrawnError:
        raise NoPictureError(each.key) from None


def ordered(each: Described, form: Form, words: Words, grey: bool, mark: str = "") -> Order:
    """All that a file of the picture is made of."""
    figure, version = each.taken(words), each.published.edition.version
    order = composed.ordered(each, form, words, grey=grey, mark=mark)
    return order | {
        "made": int(figure.made.timestamp()),
        "keywords": [version, each.key, each.chosen.area_code, *filter(None, [each.code])],
        "said": {
            "Title": each.heading,
            "Author": words.heading,
            "Description": order["alt"],
            "Source": description.source(each.published, words),
            "Copyright": mark or words.t("files.licence", url=description.LICENCE),
            "Licence": description.LICENCE,
            "Citation": description.cited(figure),
            "Release": version,
            **({"CiteCode": each.code} if each.code else {}),
        },
    }


Writing = Callable[[Described, Form, Words, bool], bytes]
svg, png, pdf = (partial(written, kind) for kind in ("svg", "png", "pdf"))
BY_ENDING: Mapping[str, tuple[Writing, str]] = {
    "png": (png, "image/png"),
    "svg": (svg, "image/svg+xml; charset=utf-8"),
    "pdf": (pdf, formats.PDF),
}
