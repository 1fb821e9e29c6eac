"""What stands in a picture: sentence, what it is of, notes, source, release and licence, beside its chart.

All of it as plain values, which are drawn elsewhere (`pages/drawing`). Whoever has the picture alone has all
that is needed to print it, and to find it again.
"""

from typing import Any

from data.foundation import areas
from data.questions import figures as register
from pages.drawing import mapped
from pages.figures import described
from pages.figures.described import Described
from pages.files import description
from pages.files import figure as figures
from pages.pictures.sizes import Form
from pages.text.words import Words

Order = dict[str, Any]


class NoPictureError(ValueError):
    """A figure that is a table, or of a kind that is not drawn without a browser."""


def ordered(each: Described, form: Form, words: Words, *, grey: bool = False, mark: str = "") -> Order:
    """All that a picture is drawn from (`pages/drawing/framed.py`). `mark` stands above it, before what marks
    its figures anyway. Raises NoPictureError.
    """
    nothing = described.instead(each, words)
    if not (nothing or each.mapped or each.draw):
        raise NoPictureError(each.key)
    chosen = areas.LAND if each.place else each.chosen.area_code
    return around(each, words, mark) | {
        "lang": words.lang,
        "form": {"width": form.width, "height": form.height, "units": form.units, "dpi": form.dpi},
        "grey": grey,
        "nothing": nothing,
        "map": mapped.plain(each.mapped(), chosen) if each.mapped and not nothing else None,
        "chart": each.chart.to_dict() if each.draw and not each.mapped and not nothing else None,
    }


def around(each: Described, words: Words, mark: str = "") -> Order:
    """What is said above, below and instead of a chart that somebody sees without our page."""
    marks = " · ".join(filter(None, [mark, *figures.marks(each.published.edition, words)]))
    return {
        "heading": each.heading,
        "marks": [marks] if marks else [],
        "about": about(each, words),
        "why": list(filter(None, [each.at.why(words)])),
        "notes": _notes(each, words),
        "source": _source(each, words),
        "alt": alternative(each, words),
    }


def about(each: Described, words: Words) -> str:
    """What the picture is of: the figure, the place and what it is compared with, the period."""
    chosen = each.chosen
    own = (each.place,) if each.place else map(words.area, (chosen.area_code, *chosen.compared))
    places = list(each.places or own)
    title = words.pick(register.named(each.key).title)
    return " · ".join([title, words.listed(places), words.period(str(chosen.period))])


def alternative(each: Described, words: Words) -> str:
    """What is read to whoever can't see the picture."""
    return described.instead(each, words) or described.spoken(each.published, each.heading, words)


def _notes(each: Described, words: Words) -> list[str]:
    """What has to be known of a chart. The legend of a map says what its symbols mean, and nobody clicks."""
    published = each.published
    if each.mapped or described.instead(each, words):
        return []
    notes = [each.note, *described.symbols(published, words), described.provisional(published, words)]
    return [" ".join(note.replace("**", "") for note in notes if note)] if any(notes) else []


def _source(each: Described, words: Words) -> list[str]:
    edition = each.published.edition
    lines = [description.source(each.published, words)]
    if edition.synthetic:
        lines.append(words.t("show.synthetic"))
    if description.deviates(each.published):
        lines.append(words.t("pictures.deviates"))
    if each.mapped:
        lines.append(words.t("chart.attribution"))
    code = [words.t("files.cite_code", code=each.code)] if each.code else []
    return [" ".join(lines), " · ".join([words.t("pictures.release", version=edition.version), *code])]
