"""The figures of Methoden: of no area, whichever is chosen."""

from collections.abc import Iterator
from functools import partial

from pages.charts import bars
from pages.figures import sentences
from pages.figures.described import Described
from pages.figures.wanted import Wanted
from pages.named.recipe import Recipe


def _inhabitants(wanted: Wanted) -> Iterator[Described]:
    at = wanted.only("methods/inhabitants")
    heading = wanted.words.t("methods.inhabitants.message")
    yield Described("methods_inhabitants", heading, at, at.published)


def _senders(wanted: Wanted) -> Iterator[Described]:
    at, words = wanted.only("methods/senders"), wanted.words
    heading = words.t("methods.deliveries.message", senders=words.number(len(at.published)))
    yield Described("methods_senders", heading, at, at.published)


def _missing(wanted: Wanted) -> Iterator[Described]:
    at, words = wanted.only("methods/missing_values"), wanted.words
    share, field = "missing_share", "field"
    heading = sentences.largest(at.published, share, words=words, key="methods.missing", label=field)
    chart = partial(bars.ranked, at.published, words=words, x=field, y=share, top=10)
    yield Described("methods_missing", heading, at, at.published, chart)


def _by_sender(wanted: Wanted) -> Iterator[Described]:
    at = wanted.only("methods/missing_by_sender")
    yield Described("methods_by_sender", wanted.words.t("methods.by_sender"), at, at.published)


FIGURES = {
    "methods_inhabitants": Recipe(_inhabitants),
    "methods_senders": Recipe(_senders),
    "methods_missing": Recipe(_missing),
    "methods_by_sender": Recipe(_by_sender),
}
