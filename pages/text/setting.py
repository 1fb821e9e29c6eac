"""Where and when something is, and of which programme: so that a sentence can be quoted by itself."""

from collections.abc import Callable

from data.foundation import areas, land
from data.foundation.languages import in_one
from data.questions.filters import Filters
from pages.text.words import Words

FLOWS = ("opened", "closed", "consultations", "independent_exits")  # counted over a period, not at its end


def told(words: Words, area_code: str, period: str | int | None) -> dict[str, str]:
    """Where and when, for a sentence that can be quoted by itself.

    {place} begins it (Im Landkreis Ulm), {at} stands within it (im Landkreis Ulm); {during} and {end} are
    the period (im 3. Quartal 2026, Ende September 2026), {During} and {End} begin a sentence.
    """
    place = within(words, area_code)
    during, end = words.during(str(period or "")), words.at_end(str(period or ""))
    return {
        "place": place,
        "at": _first(place, str.lower),
        "during": during,
        "During": _first(during, str.upper),
        "end": end,
        "End": _first(end, str.upper),
    }


def under(words: Words, asked: Filters | None) -> str:
    """Of which programme money is, within a sentence: für das Integrationsmanagement."""
    found = land.own().programme(asked.programme if asked else Filters.programme)
    return in_one(found.under, words.lang) if found else words.t("funds.under_all")


def within(words: Words, code: str) -> str:
    """How a sentence about an area begins: In Ulm, Im Ortenaukreis, Im Landkreis Karlsruhe."""
    area = areas.register()[code]
    kind = "kreis_named" if area.level == "kreis" and "kreis" in area.name.lower() else area.level
    if area.level == areas.ASSOCIATION and not area.label.startswith("Verwaltungsgemeinschaft"):
        kind = "verband"  # of the other gender
    known = words.table("place", "within")
    text = known.get(kind, known["other"])
    return text.format(label=area.label, kind=area.kind, name=area.name)


def _first(text: str, change: Callable[[str], str]) -> str:
    return f"{change(text[:1])}{text[1:]}"
