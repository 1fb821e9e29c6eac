"""How a sentence names the place it is about: In Ulm, Im Ortenaukreis, Im Landkreis Karlsruhe."""

from data import areas
from pages.parts.words import Words


def within(words: Words, code: str) -> str:
    """The beginning of a sentence about an area."""
    area = areas.register()[code]
    kind = "kreis_named" if area.level == "kreis" and "kreis" in area.name.lower() else area.level
    known = words.table("place", "within")
    text = known.get(kind, known["other"])
    return text.format(label=area.label, kind=area.kind, name=area.name)


def above(code: str) -> tuple[str, ...]:
    """The area with the Kreis and the Land it lies in, each once: what a place is seen beside.

    A Stadtkreis is the same place as its one municipality and stands beside it no second time.
    """
    kreis = areas.within(code, areas.KREIS)
    beside = code if kreis is None or areas.register()[kreis].kind == "Stadtkreis" else kreis
    return tuple(dict.fromkeys((code, beside, areas.LAND)))
