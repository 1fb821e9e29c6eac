"""One figure as a page that others put into theirs: its picture, its table and the way back.

All of it is there without a script. A small one of ours adds a button; once it is pressed, and not before,
plotly and the chart's own numbers are fetched from this server, and the chart stands in place of its picture.

The picture has title, source and licence in it. It is an SVG that stands in the page itself, texts as text:
there it has the letters that ship, which an SVG that is shown as a picture has not. Narrow pages get one that
is drawn for them, so that its letters can be read; the one that is not shown nobody hears.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from html import escape

from pages.charts import theme
from pages.charts.svg import letters
from pages.figures import described
from pages.figures.browser import scripts
from pages.figures.described import Described
from pages.files import addresses, description
from pages.files import table as tables
from pages.files.table import Kind, Value
from pages.pictures import composed
from pages.text.words import Words

HEIGHT = 640  # of the frame, in pixels: enough for the picture at every width from 320 to 1200
NARROW, WIDE = "schmal", "breit"
MOST_ROWS = 400
PLOTLY_FAMILY = theme.FONT.split('"')[1]
# Plotly makes an empty style sheet and puts its rules into that: nothing else may be in one.
_EMPTY = base64.b64encode(hashlib.sha256(b"").digest()).decode()
_STYLE = """
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;padding:8px;font:16px/1.4 "Source Sans 3","Source Sans Pro",Arial,sans-serif;color:CanvasText}
figure{margin:0 auto;max-width:50rem}figure svg{display:block;width:100%;height:auto}
figcaption,details{font-size:.9rem;margin:.5rem auto 0;max-width:50rem}
summary{cursor:pointer;padding:.25rem 0}
a:focus-visible,summary:focus-visible,.wide:focus-visible,code:focus-visible{outline:3px solid Highlight}
.wide{overflow:auto;max-height:20rem}table{border-collapse:collapse;font-size:.85rem}
th,td{border-bottom:1px solid GrayText;padding:.2rem .5rem;text-align:left;vertical-align:top}
.interactive{display:none}.is-interactive .interactive{display:block}
.is-interactive figure>svg.breit,.is-interactive figure>svg.schmal{display:none}
.interactive h1{font-size:1.2rem;font-weight:600;line-height:1.25;margin:.25rem 0}
.interactive p{margin:.25rem 0}
.interactive .small{font-size:.85rem}
button{font:inherit;padding:.4rem .8rem;min-height:2.75rem;border:1px solid GrayText;border-radius:4px;
background:Canvas;color:CanvasText;cursor:pointer}button:focus-visible{outline:3px solid Highlight}
figure .schmal{display:none}@media(max-width:599px){figure .breit{display:none}figure .schmal{display:block}}
td.n{text-align:right;white-space:nowrap}code{display:block;white-space:pre-wrap;word-break:break-all;user-select:all}
"""


@lru_cache(maxsize=1)
def style() -> str:
    """How the page looks, with the letters of its pictures."""
    # Under the name by which plotly asks for them too.
    faces = "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f'src:url("..{scripts.font(name)}") format("woff2")}}'
        for family in (letters.FAMILY, PLOTLY_FAMILY)
        for name, weight in (("Regular", 400), ("Semibold", 600))
    )
    colours = (
        f".interactive strong{{color:{theme.CHOSEN}}}.interactive h1{{color:{theme.MAIN}}}"
        f".interactive h1+p,.interactive .small{{color:{theme.QUIET_TEXT}}}\n"
    )
    return f"\n{faces}{_STYLE}{colours}{scripts.HEARING.read_text(encoding='utf-8')}"


def policy(who: str) -> str:
    """What the page may do: show letters of this server in its own style, in pages of `who`; run the files
    of this server, no script that stands in a page, and ask nobody else.
    """
    known = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return (
        f"default-src 'none'; font-src 'self'; script-src 'self'; connect-src 'self'; "
        f"style-src 'sha256-{known}' 'sha256-{_EMPTY}'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {who}"
    )


def title(each: Described, words: Words) -> str:
    """The sentence of a figure and what it is of."""
    return f"{each.heading} – {composed.about(each, words)}"


def snippet(address: str, each: Described, words: Words) -> str:
    """What is copied into another page."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title(each, words))}" loading="lazy" '
        f'style="width:100%;height:{HEIGHT}px;border:0"></iframe>'
    )


def page(each: Described, words: Words, root: str, at: str, drawn: Mapping[str, bytes]) -> bytes:
    """The page; `root` is where this server is, `at` the address of this page below it, with all choices.

    `drawn` are its pictures as SVG, by their form.
    """
    t, whole = words.t, escape(title(each, words))
    open_at = f"{addresses.CITES}{each.code}?lang={words.lang}" if each.code else "/"
    oembed = f"{root}/oembed?{addresses.asked(url=root + at)}"
    source = escape(description.source(each.published, words))
    marks = f"<strong>{escape(t('files.synthetic'))}</strong> " if each.published.edition.synthetic else ""
    chart = _interactive(each, words) if described.has_chart(each, words) else ""
    script = f'<script defer src="..{scripts.address("embed")}"></script>' if chart else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{words.lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{whole}</title>'
        f'<link rel="license" href="{description.LICENCE}">'
        f'<link rel="alternate" type="application/json+oembed" href="{escape(oembed)}" title="{whole}">'
        f"<style>{style()}</style>{script}</head><body><figure>"
        f"{''.join(inline(drawn[form], form) for form in (WIDE, NARROW))}{chart}"
        f"<figcaption>{marks}{source} "
        f'<a href="{escape(root + open_at)}" target="_blank" rel="noopener">{escape(t("embed.open"))}</a>'
        f"</figcaption></figure><details><summary>{escape(t('embed.table'))}</summary>{_table(each, words)}"
        f"</details><details><summary>{escape(t('embed.snippet'))}</summary>"
        f'<code tabindex="0">{escape(snippet(root + at, each, words))}</code></details></body></html>\n'
    ).encode()


def _interactive(each: Described, words: Words) -> str:
    """The place of the chart, with all that stands in its picture round it, and the button for it; without a
    script neither is seen.
    """
    order = composed.around(each, words)
    above = "".join(f"<p><strong>{escape(mark)}</strong></p>" for mark in order["marks"])
    above += f"<h1>{escape(order['heading'])}</h1><p>{escape(order['about'])}</p>"
    above += "".join(f"<p>{escape(why)}</p>" for why in order["why"])
    below = "".join(f'<p class="small">{escape(said)}</p>' for said in (*order["notes"], *order["source"]))
    at = {
        "chart-from": addresses.of(each.taken(words), "json", each.choices or (), addresses.CHARTS),
        "script": scripts.address("page"),
        **{name: scripts.address(name) for name in scripts.LIBRARIES},
    }
    given = " ".join(f'data-{name}="..{escape(path)}"' for name, path in at.items())
    return (
        f'<div class="interactive" data-told="{escape(scripts.told(words))}">{above}'
        f'<div class="chart" role="figure" aria-label="{escape(order["alt"])}"></div>{below}</div>'
        f'<p hidden><button type="button" {given}>{escape(words.t("embed.interactive"))}</button>'
        f'</p><p class="failed" role="status" hidden>{escape(words.t("embed.failed"))}</p>'
    )


def inline(svg: bytes, form: str) -> str:
    """A picture as an element of the page, with names of its own: what is not shown lends nothing."""
    named = re.sub(r'(\bid="|url\(#)', rf"\g<1>{form}-", svg.decode())
    return named.replace("<svg ", f'<svg class="{form}" ', 1)


def _table(each: Described, words: Words) -> str:
    table = tables.of(each.taken(words))
    head = "".join(f'<th scope="col">{escape(field.name)}</th>' for field in table.fields)
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td class="n">{_cell(value, words, borne=field.borne)}</td>'
            if field.kind in (Kind.NUMBER, Kind.INTEGER)
            else f"<td>{_cell(value, words)}</td>"
            for field, value in zip(table.fields, row, strict=True)
        )
        + "</tr>"
        for row in table.rows[:MOST_ROWS]
    )
    more = f"<p>{escape(words.t('embed.more'))}</p>" if len(table.rows) > MOST_ROWS else ""
    name = escape(words.t("embed.table"))
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{name}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{more}"
    )


def _cell(value: Value, words: Words, *, borne: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, int):
        return escape(words.number(value))
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, date):
        return escape(words.date(value))
    # No nought behind what the bounds of a number bear.
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -int(exponent)) if borne else 2
    return escape(words.number(value, decimals))
