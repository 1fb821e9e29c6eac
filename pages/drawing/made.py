"""What is drawn: a picture as SVG, PNG or PDF, a place on paper. Plain values become bytes, nothing else."""

import io
from collections.abc import Callable, Iterator, Mapping
from html import escape
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pages.charts.svg import picture as charts
from pages.drawing import compiled, framed

INCH = 72.0  # points
PRINTED = 300  # dots an inch, from where on a picture is for print: there it has no transparency
SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAYING = (b"iTXt", b"tEXt", b"zTXt", b"pHYs")
Values = dict[str, Any]


def svg(order: Values) -> bytes:
    """The picture with its texts as text; the font is named, and not in it."""
    return framed.drawn(order).svg.encode()


def pdf(order: Values) -> bytes:
    """The picture on a page of its own (PDF/UA-1)."""
    return compiled.picture(_page(order), order["made"], "pdf")


def png(order: Values) -> bytes:
    """The picture in the pixels of its form, with title, source, licence and citation in the file."""
    form = order["form"]
    made = compiled.picture(_page(order), order["made"], "png", INCH * form["width"] / form["units"])
    if form["dpi"] < PRINTED and not order["grey"]:
        # On a screen nothing has to be packed anew, which takes longer than the drawing.
        return _with_chunks(made, _saved(Image.new("1", (1, 1)), order))
    with Image.open(io.BytesIO(made)) as found:
        return _saved(found.convert("L" if order["grey"] else "RGB"), order)


def paper(order: Values) -> bytes:
    """The PDF of a place; a figure on it that has a chart is drawn."""
    sheets = order["sheets"]
    figures = [_with_chart(each) for each in sheets["drawn"]["figures"]]
    return compiled.sheets(sheets | {"drawn": sheets["drawn"] | {"figures": figures}}, order["made"])


# By the name under which it is ordered. Each raises NotDrawnError for a chart that nothing here draws.
KINDS: Mapping[str, Callable[[Values], bytes]] = {"svg": svg, "png": png, "pdf": pdf, "paper": paper}


def here(kind: str, order: Values) -> bytes:
    """Draw in this process: for a command, which nobody else waits for."""
    return KINDS[kind](order)


def _with_chart(figure: Values) -> Values:
    if not figure.get("chart"):
        return figure
    chart, width, share = (figure[name] for name in ("chart", "width", "share"))
    height = charts.height(chart, width=width, share=share)
    drawn = charts.drawn(chart, width=width, height=height)
    return {name: each for name, each in figure.items() if name != "chart"} | {"svg": drawn}


def _page(order: Values) -> Values:
    drawn, said = framed.drawn(order), order["said"]
    return {
        "title": order["heading"],
        "author": said["Author"],
        "keywords": order["keywords"],
        "lang": order["lang"],
        "width": order["form"]["units"],
        "height": drawn.high,
        "svg": drawn.svg,
        "alt": order["alt"],
    }


def _saved(image: Image.Image, order: Values) -> bytes:
    out, dpi = io.BytesIO(), order["form"]["dpi"]
    image.save(out, "PNG", pnginfo=_about(order), dpi=(dpi, dpi))
    return out.getvalue()


def _with_chunks(png: bytes, of: bytes) -> bytes:
    """The picture with what another one says of itself, and no more of what it said."""
    said = b"".join(chunk for kind, chunk in _chunks(of) if kind in SAYING)
    own = [chunk for kind, chunk in _chunks(png) if kind not in SAYING]
    return png[: len(SIGNATURE)] + own[0] + said + b"".join(own[1:])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kind of each chunk of a PNG and the whole of it: length, kind, content, sum."""
    at = len(SIGNATURE)
    while at < len(png):
        end = at + 12 + int.from_bytes(png[at : at + 4])
        yield png[at + 4 : at + 8], png[at:end]
        at = end


def _about(order: Values) -> PngInfo:
    said, lang = order["said"], order["lang"]
    info = PngInfo()
    for key, text in said.items():
        if key not in ("Author", "Licence"):
            info.add_itxt(key, text, lang=lang)
    info.add_itxt("XML:com.adobe.xmp", _xmp(said, lang))
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
        f"<xmpRights:WebStatement>{escape(said['Licence'])}</xmpRights:WebStatement>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
    )
