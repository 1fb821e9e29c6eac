"""Atom feeds of releases, of corrections, and of one place. The same bytes for the same releases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from data import publish
from data.foundation import areas
from data.questions.filters import Filters
from data.releases.notices import Notice
from pages.figures.wanted import Wanted
from pages.files import description
from pages.files.packing import EARLIEST
from pages.named import every
from pages.paper import edition
from pages.text.words import Words

RELEASES, CORRECTIONS = "veroeffentlichungen", "berichtigungen"
MOST = 20  # entries; of a place fewer, each is asked for
MOST_OF_PLACE = 8
MIME = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class _Entry:
    at: datetime
    path: str
    title: str
    text: str


def known(name: str) -> bool:
    """Whether there is a feed of this name: one of ours, or that of an area."""
    return name in (RELEASES, CORRECTIONS) or name in areas.register()


def written(name: str, words: Words, root: str) -> bytes:
    """The feed; `root` is the address of this server, which the ids of entries begin with."""
    makers: dict[str, Callable[[Words], list[_Entry]]] = {RELEASES: _releases, CORRECTIONS: _corrections}
    entries = makers[name](words) if name in makers else _place(name, words)
    area = words.area(name) if name in areas.register() else ""
    title = words.t("machines.feed.place", area=area) if area else words.t(f"machines.feed.{name}")
    at = f"{root}/feed/{name}.atom?lang={words.lang}"
    # With the first request: what it stands on takes a while to load.
    from feedgen.feed import FeedGenerator  # type: ignore[import-untyped]

    feed = FeedGenerator()
    feed.id(at)
    feed.title(f"{words.heading}: {title}")
    feed.link(href=at, rel="self", type="application/atom+xml")
    feed.link(href=f"{root}/", rel="alternate", type="text/html")
    feed.author({"name": words.heading})
    feed.language(words.lang)
    feed.rights(words.t("files.licence", url=description.LICENCE))
    feed.generator(words.heading)
    # Not now: the feed is as new as what it tells.
    feed.updated(max((each.at for each in entries), default=_standing()))
    for each in entries:
        entry = feed.add_entry(order="append")
        entry.id(f"{root}{each.path}")
        entry.title(each.title)
        entry.updated(each.at)
        entry.published(each.at)
        entry.link(href=f"{root}{each.path}", rel="alternate", type="text/html")
        entry.content(each.text, type="text")
    made: bytes = feed.atom_str(pretty=True)
    return made


def _standing() -> datetime:
    """When there is nothing to tell yet: since the newest release, and before the first since long ago."""
    return max((each.since for each in publish.releases()), default=EARLIEST)


def _releases(words: Words) -> list[_Entry]:
    told = [_release(each, words) for each in publish.releases()]
    told += [_withdrawn(each, words) for each in publish.withdrawn()]
    return _newest(told, MOST)


def _release(each: Notice, words: Words) -> _Entry:
    said = [words.t("machines.feed.release", name=each.name), each.note, _changed(each, words)]
    return _Entry(each.since, _page(release=each.name), said[0], " ".join(filter(None, said[1:])) or said[0])


def _withdrawn(each: Notice, words: Words) -> _Entry:
    at, reason = (each.withdrawn.at, each.withdrawn.reason) if each.withdrawn else (each.since, "")
    title = words.t("machines.feed.withdrawn", name=each.name)
    return _Entry(at, _page(release=each.name, withdrawn="1"), title, reason or title)


def _corrections(words: Words) -> list[_Entry]:
    told = [
        _Entry(
            each.since,
            f"/methoden?{urlencode({'part': 'veroeffentlichungen', 'release': each.name})}",
            words.t("machines.feed.correction", name=each.name, before=each.before or ""),
            " ".join(filter(None, [_changed(each, words), each.note])),
        )
        for each in publish.releases()
        if each.revised or (each.starts_series and each.before)
    ]
    return _newest(told, MOST)


def _changed(each: Notice, words: Words) -> str:
    if not each.revised:
        return ""
    numbers = (f"{words.t(f'methods.table.{table}')}: {words.number(n)}" for table, n in each.revised)
    return words.t("machines.feed.changed", before=each.before or "", numbers=", ".join(numbers))


def _place(code: str, words: Words) -> list[_Entry]:
    """One entry a release: the message of the first figure of the place, as its page has it."""
    told = []
    for each in publish.releases()[-MOST_OF_PLACE:]:
        wanted = Wanted(edition.with_period(Filters(code, edition=each.name)), words, alone=True)
        (found,) = every.of("caseload_active", wanted)
        path = "/gemeinde?" + urlencode({"area_code": code, "release": each.name})
        told.append(_Entry(each.since, path, found.heading, description.source(found.published, words)))
    return _newest(told, MOST_OF_PLACE)


def _newest(told: Sequence[_Entry], most: int) -> list[_Entry]:
    return sorted(told, key=lambda each: (each.at, each.path), reverse=True)[:most]


def _page(**given: str) -> str:
    return f"/?{urlencode(given)}"
