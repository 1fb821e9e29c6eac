"""All that a newsroom needs of a place as one ZIP: the same bytes each time for the same release."""

from collections.abc import Callable, Iterable

from data.foundation import settings
from data.questions import events, measures
from data.questions.filters import Filters
from pages.charts import signs
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.files import description, formats
from pages.files import figure as figures
from pages.files.packing import packed
from pages.pictures import composed, sizes, written
from pages.press import material
from pages.text.words import Words

FORMS = (("png", "breit"), ("png", "quadrat"), ("svg", "breit"))
TABLES = ("csv", "xlsx")


def name(of: Wanted) -> str:
    """How the file is called, without its ending."""
    return figures.name(of.edition, "presse", of.chosen)


def drawn(each: Described, ending: str, form: str, words: Words) -> bytes:
    """One picture of it. Raises BusyError, UndrawnError."""
    picture, _ = written.BY_ENDING[ending]
    return picture(each, sizes.BY_CODE[form], words, False)


Drawing = Callable[[Described, str, str, Words], bytes]


def made(of: Wanted, draw: Drawing = drawn) -> bytes:
    """All of it, packed; `draw` gives its pictures. Raises BusyError, UndrawnError."""
    charts = material.charts(of)
    # Pictures last: what comes of them too late is there the next time, and the rest is made quickly.
    before, beside, after = read_me(of, charts), tables(charts, of.words), texts(of, charts)
    parts = {**before, **pictures(charts, of.words, draw), **beside, **after}
    return packed(parts, charts[0].taken(of.words).made)


def pictures(charts: list[Described], words: Words, draw: Drawing = drawn) -> dict[str, bytes]:
    """Each chart wide and square as PNG, and as SVG. Raises BusyError, UndrawnError."""
    folder, found = words.t("press.folder.pictures"), {}
    for each in charts:
        for ending, form in FORMS:
            found[f"{folder}/{each.taken(words).name}-{form}.{ending}"] = draw(each, ending, form, words)
    return found


def tables(charts: list[Described], words: Words) -> dict[str, bytes]:
    """The numbers of each chart."""
    folder, found = words.t("press.folder.tables"), {}
    for taken in (each.taken(words) for each in charts):
        for ending in TABLES:
            table, _ = formats.BY_ENDING[ending]
            found[f"{folder}/{taken.name}.{ending}"] = table(taken)
    return found


def texts(of: Wanted, charts: list[Described]) -> dict[str, bytes]:
    """Sentences with their codes, what is new, and what each measure is."""
    words = of.words
    parts = {
        "sentences": [quote.whole for quote in material.quotes(of)],
        "news": news(of, words),
        "definitions": definitions(charts, words),
    }
    return {f"{words.t(f'press.folder.{part}')}.txt": _text(found) for part, found in parts.items()}


def news(of: Wanted, words: Words) -> list[str]:
    """What is new in this release, a paragraph each; a sentence that says so where nothing is."""
    changes = [quote.whole for quote in material.changes(of)] or [words.t("press.no_changes")]
    corrected = material.corrections(of) or [words.t("press.no_corrections")]
    return [words.t("press.changes"), *changes, words.t("press.corrections"), *corrected]


def definitions(charts: list[Described], words: Words) -> list[str]:
    """What each measure in the charts is, and each event that stands in them, each once."""
    names = dict.fromkeys(name for each in charts for name in each.published.measures)
    found = []
    for one in (measures.register()[each] for each in names):
        lines = [f"{one.text('name', words.lang)}: {one.text('definition', words.lang)}"]
        lines += [
            words.t(f"show.measure.{part}", text=one.text(part, words.lang))
            for part in ("numerator", "denominator")
            if one.text(part, words.lang)
        ]
        found.append("\n".join(lines))
    return found + _events(charts, words)


def _events(charts: list[Described], words: Words) -> list[str]:
    """What the short names of events in the charts stand for."""
    told = {said for each in charts if each.draw for said in signs.events_in(each.chart)}
    return [
        words.t(
            "press.event",
            short=words.pick(each.short),
            name=words.pick(each.name),
            on=words.date(each.on),
            source=each.source,
        )
        for each in events.register()
        if signs.told(each, words) in told
    ]


def contact(words: Words) -> str:
    """Whom to ask, as the installation says it; empty where it says nobody."""
    said = settings.from_environment().press_contact
    return words.t("press.contact", text=said) if said else ""


def read_me(of: Wanted, charts: list[Described]) -> dict[str, bytes]:
    """What is in it, source, licence, whom to ask."""
    words, chosen, edition = of.words, of.chosen, of.edition
    marks = figures.marks(edition, words)
    named = {"area": words.area(chosen.area_code), "period": words.period(str(chosen.period))}
    lines = [
        words.t("press.title", **named),
        *marks,
        words.t("press.inside"),
        words.t("press.instead") if any(_is_instead(each, chosen) for each in charts) else "",
        *("\n".join([each.heading, composed.about(each, words), each.code]) for each in charts),
        description.source(charts[0].published, words),
        words.t("files.deviates"),
        words.t("files.licence", url=description.LICENCE),
        contact(words),
    ]
    return {f"{words.t('press.folder.read_me')}.txt": _text(line for line in lines if line)}


def _is_instead(each: Described, chosen: Filters) -> bool:
    return each.chosen.area_code != chosen.area_code


def _text(paragraphs: Iterable[str]) -> bytes:
    """Paragraphs with an empty line between them; Windows opens it as it is meant."""
    text = "\n\n".join(paragraphs)
    return ("\ufeff" + text + "\n").replace("\n", "\r\n").encode()
