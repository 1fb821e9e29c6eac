"""Under which address a file of a release stands, for whoever has no session."""

from urllib.parse import urlencode

from data.questions.filters import Filters
from pages.files.figure import Figure

FIGURES, PAPER = "/daten/", "/papier/"
PICTURES, SENTENCES, EMBEDS = "/bild/", "/satz/", "/einbetten/"
TABLES = "/tabelle/"  # as the script of a page reads them
CHARTS = "/zeichnung/"  # as plotly draws them in the pages of others, once somebody asks for it
EMBARGOED = "/gesperrt/bild/"  # for publishers and the press office, at the internal door
PLACE = f"{PAPER}gebiet.pdf"
CITES, PRESS = "/z/", "/presse/"
PARCEL = f"{PRESS}paket.zip"


def of(figure: Figure, ending: str, choices: tuple[str, ...], under: str = FIGURES, **form: str) -> str:
    """The address of a file of a figure on this server.

    `choices` are the names of those that this figure has beside area, period and comparison; one that is no
    field of `Filters` is the column that was chosen. `under` is what kind of file it is, `form` how a picture
    looks.
    """
    chosen, version = figure.chosen, figure.published.edition.version
    where = {"grouping": chosen.grouping} if figure.place else _where(chosen)
    if chosen.grouping and not figure.place:  # the first of several places
        where = {"grouping": chosen.grouping, "compare": chosen.compare}
    own = {name: getattr(chosen, name, figure.column) for name in choices}
    return f"{under}{figure.key}.{ending}?{_query(where | own | form, chosen, version, figure.words.lang)}"


def of_place(chosen: Filters, lang: str) -> str:
    """The address of a place on paper; `chosen` names its release."""
    return f"{PLACE}?{_query(_where(chosen), chosen, str(chosen.edition), lang)}"


def asked(**given: str) -> str:
    """What stands behind the question mark of an address."""
    return urlencode(given)


def embedded(figure: Figure, choices: tuple[str, ...]) -> str:
    """The address of the page of a figure that others put into theirs."""
    path, _, query = of(figure, "", choices, EMBEDS).partition("?")
    return f"{path.rstrip('.')}?{query}"


def of_press(chosen: Filters, lang: str) -> str:
    """The address of what a newsroom takes away of a place; `chosen` names its release."""
    return f"{PARCEL}?{_query(_where(chosen), chosen, str(chosen.edition), lang)}"


def _where(chosen: Filters) -> dict[str, str | None]:
    return {"area_code": chosen.area_code, "compare": chosen.compare}


def _query(own: dict[str, str | None], chosen: Filters, version: str, lang: str) -> str:
    every = {**own, "period": chosen.period, "lang": lang, "release": version}
    return urlencode({name: code for name, code in every.items() if code})
