"""Of which release a paper is: its source and state, who is behind, its licence, how to cite it."""

from dataclasses import replace

from data import publish
from data.access.rights import PUBLIC, Reader
from data.disclosure.published import Published
from data.foundation import areas
from data.publish import UnknownChoiceError
from data.questions.filters import Filters
from data.releases.notices import Notice
from pages.files import description
from pages.files.figure import Figure
from pages.reading import filters, released
from pages.text.words import Words


def lines(published: Published, title: str, chosen: Filters, words: Words) -> list[str]:
    """The sentences on source, state and licence; all figures of a paper are of one release."""
    edition = published.edition
    figure = Figure(published, title, words, "place", chosen)
    day = words.date(description.as_of(published))
    found = [description.source(published, words)]
    if edition.synthetic:
        found.append(words.t("files.synthetic"))
    if about := _notice(edition.version):
        found += _state(about, edition.senders, day, words)
    for key, kreise in (("notes.behind", edition.behind), ("notes.never", edition.never)):
        if kreise:
            found.append(words.t(key, names=", ".join(kreise), count=words.number(len(kreise))))
    licence = words.t("files.licence", url=description.LICENCE)
    return [
        *found,
        words.t("notes.footer.cause"),
        licence,
        words.t("files.to_cite", text=description.cited(figure)),
    ]


def chosen(
    area_code: str, period: str | None = None, version: str | None = None, compare: str | None = None
) -> Filters:
    """What a paper of this place is asked for, of the newest release unless `version` names one.

    Raises what `with_period` raises.
    """
    edition = publish.edition(PUBLIC, version)
    return with_period(Filters(area_code, compare, edition=edition.version), period)


def with_period(asked: Filters, period: str | None = None, reader: Reader = PUBLIC) -> Filters:
    """The same choices in this period; without one it is that which opens with the place or the grouping.

    A month becomes its quarter where months are not published. Raises NoFiguresError, UnknownChoiceError.
    """
    edition = publish.edition(reader, asked.edition)
    if period is None:
        return replace(asked, period=filters.opening_of(asked, reader) or edition.period)
    by_month = not asked.grouping and all(map(_has_months, (asked.area_code, *asked.compared)))
    if filters.is_month(period) and not by_month:
        period = filters.quarter(period)
    if period not in periods(edition.version, reader):
        raise UnknownChoiceError("period", period, f"The release {edition.version} has none of this name.")
    return replace(asked, period=period)


def periods(version: str, reader: Reader = PUBLIC) -> tuple[str, ...]:
    """Every period of a release."""
    every = publish.ask("frame/periods", Filters(edition=version), reader)
    return tuple(str(period) for period in every.column("period"))


def _has_months(place: str) -> bool:
    # A grouping beside an area has none, as its municipalities.
    return place in areas.register() and areas.by_month(areas.level(place))


def _notice(version: str) -> Notice | None:
    return next((each for each in publish.releases() if each.name == version), None)


def _state(about: Notice, senders: int, as_of: str, words: Words) -> list[str]:
    on = words.date(released.day(about))
    state = {"as_of": as_of, "on": on, "version": about.name, "senders": words.number(senders)}
    found = [words.t("notes.state.release", **state)]
    if about.note:
        found.append(words.t("notes.state.note", note=about.note))
    if about.revised:
        count = words.number(sum(number for _, number in about.revised))
        found.append(words.t("notes.state.revised", count=count, before=about.before or ""))
    return found
