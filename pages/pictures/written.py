"""A picture as a file: SVG as it is drawn, PNG and PDF as typst sets it; each says itself what it is."""

import io
from collections.abc import Callable, Mapping
from html import escape

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pages.figures.described import Described
from pages.files import description, formats
from pages.paper import typeset
from pages.pictures import composed
from pages.pictures.sizes import Form
from pages.text.words import Words

INCH = 72.0  # points


def svg(each: Described, form: Form, words: Words, grey: bool) -> bytes:
    """The picture with its texts as text; the font is named, and not in it."""
    return composed.drawn(each, form, words, grey=grey).svg.encode()


def pdf(each: Described, form: Form, words: Words, grey: bool) -> bytes:
    """The picture on a page of its own (PDF/UA-1)."""
    return typeset.picture(_values(each, form, words, grey), each.taken(words).made, "pdf")


def png(each: Described, form: Form, words: Words, grey: bool) -> bytes:
    """The picture in the pixels of its form, with title, source, licence and citation in the file."""
    ppi = INCH * form.width / form.units
    made = typeset.picture(_values(each, form, words, grey), each.taken(words).made, "png", ppi)
    with Image.open(io.BytesIO(made)) as found:
        out = io.BytesIO()
        plain = found.convert("L" if grey else "RGB")
        plain.save(out, "PNG", pnginfo=_about(each, words), dpi=(form.dpi, form.dpi))
    return out.getvalue()


Writing = Callable[[Described, Form, Words, bool], bytes]
BY_ENDING: Mapping[str, tuple[Writing, str]] = {
    "png": (png, "image/png"),
    "svg": (svg, "image/svg+xml; charset=utf-8"),
    "pdf": (pdf, formats.PDF),
}


def _values(each: Described, form: Form, words: Words, grey: bool) -> dict[str, object]:
    drawn = composed.drawn(each, form, words, grey=grey)
    return {
        "title": each.heading,
        "author": words.t("frame.heading"),
        "keywords": [each.published.edition.version, each.key, each.chosen.area_code],
        "lang": words.lang,
        "width": form.units,
        "height": drawn.high,
        "svg": drawn.svg,
        "alt": composed.alternative(each, words),
    }


def _about(each: Described, words: Words) -> PngInfo:
    figure = each.taken(words)
    said = {
        "Title": each.heading,
        "Description": composed.alternative(each, words),
        "Source": description.source(each.published, words),
        "Copyright": words.t("files.licence", url=description.LICENCE),
        "Citation": description.cited(figure),
        "Release": each.published.edition.version,
    }
    info = PngInfo()
    for key, text in said.items():
        info.add_itxt(key, text, lang=words.lang)
    info.add_itxt("XML:com.adobe.xmp", _xmp(said, words.lang))
    return info


def _xmp(said: Mapping[str, str], lang: str) -> str:
    """What programs for pictures read: Dublin Core and the licence, as XMP has them."""

    def told(name: str, text: str) -> str:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="{lang}">{escape(text)}</rdf:li></rdf:Alt></{name}>'

    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">'
        f"{told('dc:title', said['Title'])}{told('dc:description', said['Description'])}"
        f"{told('dc:rights', said['Copyright'])}<dc:source>{escape(said['Source'])}</dc:source>"
        f"<dc:identifier>{escape(said['Citation'])}</dc:identifier>"
        f"<xmpRights:WebStatement>{description.LICENCE}</xmpRights:WebStatement>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
