"""Atom feeds of releases, of corrections, and of one place. The same bytes for the same releases.

Each tells that a release was withdrawn. Where it had told figures of it, that stands under the id of what it
told (RFC 4287, 4.1.1): a program that keeps entries replaces those figures.
"""

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


Maker = Callable[[Words, Sequence[Notice], Sequence[Notice]], "list[_Entry]"]


@dataclass(frozen=True)
class _Entry:
    at: datetime
    path: str
    title: str
    text: str


def known(name: str) -> bool:
    """Whether there is a feed of this name: one of ours, or that of an area."""
    return name in (RELEASES, CORRECTIONS) or name in areas.register()


def written(name: str, words: Words, root: str, only: str | None = None) -> bytes:
    """The feed, of all releases or `only` of this one, which readers may see; `root` is the address of this
    server, which the ids of entries begin with.
    """
    makers: dict[str, Maker] = {RELEASES: _releases, CORRECTIONS: _corrections}
    told = [each for each in publish.releases() if only in (None, each.name)]
    gone = list(publish.withdrawn()) if only is None else []
    entries = makers[name](words, told, gone) if name in makers else _place(name, words, told, gone)
    area = words.area(name) if name in areas.register() else ""
    title = words.t("machines.feed.place", area=area) if area else words.t(f"machines.feed.{name}")
    at = f"{root}/feed/{name}.atom?lang={words.lang}" + (f"&{urlencode({'release': only})}" if only else "")
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
    feed.updated(max((each.at for each in entries), default=_standing(told)))
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


def _standing(told: Sequence[Notice]) -> datetime:
    """When there is nothing to tell yet: since the newest release, and before the first since long ago."""
    return max((each.since for each in told), default=EARLIEST)


def _releases(words: Words, told: Sequence[Notice], gone: Sequence[Notice]) -> list[_Entry]:
    entries = [_release(each, words) for each in told]
    entries += [_withdrawn(each, _page(release=each.name, withdrawn="1"), words) for each in gone]
    return _newest(entries, MOST)


def _release(each: Notice, words: Words) -> _Entry:
    said = [words.t("machines.feed.release", name=each.name), each.note, _changed(each, words)]
    return _Entry(each.since, _page(release=each.name), said[0], " ".join(filter(None, said[1:])) or said[0])


def _withdrawn(each: Notice, path: str, words: Words) -> _Entry:
    at, reason = (each.withdrawn.at, each.withdrawn.reason) if each.withdrawn else (each.since, "")
    title = words.t("machines.feed.withdrawn", name=each.name)
    return _Entry(at, path, title, reason or title)


def _corrections(words: Words, told: Sequence[Notice], gone: Sequence[Notice]) -> list[_Entry]:
    entries = [
        _Entry(
            each.since,
            _corrected(each),
            words.t("machines.feed.correction", name=each.name, before=each.before or ""),
            " ".join(filter(None, [_changed(each, words), each.note])),
        )
        for each in told
        if _corrects(each)
    ]
    entries += [_withdrawn(each, _corrected(each), words) for each in gone]
    return _newest(entries, MOST)


def _corrects(each: Notice) -> bool:
    return bool(each.revised or (each.starts_series and each.before))


def _corrected(each: Notice) -> str:
    return f"/methoden?{urlencode({'part': 'veroeffentlichungen', 'release': each.name})}"


def _changed(each: Notice, words: Words) -> str:
    if not each.revised:
        return ""
    numbers = (f"{words.t(f'methods.table.{table}')}: {words.number(n)}" for table, n in each.revised)
    return words.t("machines.feed.changed", before=each.before or "", numbers=", ".join(numbers))


def _place(code: str, words: Words, told: Sequence[Notice], gone: Sequence[Notice]) -> list[_Entry]:
    """One entry a release: the message of the first figure of the place, as its page has it."""
    entries = [_withdrawn(each, _of_place(code, each), words) for each in gone]
    for each in told[-MOST_OF_PLACE:]:
        wanted = Wanted(edition.with_period(Filters(code, edition=each.name)), words, alone=True)
        (found,) = every.of("caseload_active", wanted)
        source = description.source(found.published, words)
        entries.append(_Entry(each.since, _of_place(code, each), found.heading, source))
    return _newest(entries, MOST_OF_PLACE)


def _of_place(code: str, each: Notice) -> str:
    return "/gemeinde?" + urlencode({"area_code": code, "release": each.name})


def _newest(told: Sequence[_Entry], most: int) -> list[_Entry]:
    return sorted(told, key=lambda each: (each.at, each.path), reverse=True)[:most]


def _page(**given: str) -> str:
    return f"/?{urlencode(given)}"
