"""What an address asks for: a figure or a place, and choices as codes. All of it comes from outside.

What is not known is refused by a sentence that says nothing of what was asked, so that no address can put
words or links into an answer.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from data import publish
from data.access.rights import PUBLIC, Reader
from data.foundation import areas
from data.foundation.languages import DEFAULT
from data.publish import UnknownChoiceError
from data.questions.filters import Filters
from data.releases.notices import Notice
from pages.figures.wanted import Wanted
from pages.named import every
from pages.named.recipe import Recipe
from pages.paper import edition
from pages.reading import groups
from pages.text import words
from pages.text.words import Words

LONGEST = 1000  # signs behind the question mark: of every parameter with its longest code there are some 400
MOST = 20  # parameters
LANG, RELEASE = "lang", "release"
OF_PLACE = ("area_code", "period", "compare", LANG, RELEASE)
# Areas and groupings alike; what stands beside the first has commas between.
OF_SEVERAL = ("area_code", "grouping", "period", "compare", LANG, RELEASE)
MOST_BESIDE = 4
OF_GROUPING = ("grouping", "period", LANG, RELEASE)
Looks = Mapping[str, tuple[str, ...]]


class RefusedError(Exception):
    """Why an address is not answered: `text` is a key below `server.refused`, `name` a parameter's."""

    def __init__(self, text: str, name: str = "", status: int = 400) -> None:
        self.text, self.name, self.status = text, name, status
        super().__init__(text)

    def said(self, spoken: Words) -> str:
        """The sentence for whoever asked."""
        return spoken.t(f"server.refused.{self.text}", name=self.name)


class WithdrawnError(RefusedError):
    """An address names a release that readers could see once. `way` is what stands behind the question mark
    of the same of the newest, None where there is none; `at` where it is, if below another path.
    """

    def __init__(self, gone: Notice, way: str | None, at: str = "") -> None:
        super().__init__("withdrawn", status=410)
        self.gone, self.way, self.at = gone, way, at

    def at_address(self, at: str) -> "WithdrawnError":
        """The same, where the way on leads to another address of this server, below its root."""
        return WithdrawnError(self.gone, self.way, at)

    def said(self, spoken: Words) -> str:
        """When it was withdrawn and why."""
        about = self.gone.withdrawn
        on, reason = (about.at.astimezone().date(), about.reason) if about else (self.gone.since.date(), "")
        reason += "" if reason.endswith((".", "!", "?")) else "."  # more is said behind it
        text = "withdrawn" if self.way is not None else "withdrawn_alone"
        return spoken.t(f"server.refused.{text}", name=self.gone.name, on=spoken.date(on), reason=reason)


@dataclass(frozen=True)
class Asked:
    """Choices that were looked up, and whether the address names their release.

    `given` are the parameters of the address as they were found, in the order of `OF_PLACE`; `looks` how a
    picture is to look.
    """

    wanted: Wanted
    given: tuple[tuple[str, str], ...]
    looks: tuple[str, ...] = ()

    @property
    def pinned(self) -> bool:
        """Whether it is always the same."""
        return RELEASE in dict(self.given)

    @property
    def query(self) -> str:
        """The part of the address behind the question mark that names the release."""
        return urlencode(dict(self.given) | {RELEASE: str(self.wanted.chosen.edition)})


def language(query: bytes) -> Words:
    """The language that is asked for, whatever else is; the default one if none is, or none of ours."""
    found = dict(parse_qsl(query[:LONGEST].decode("ascii", "replace"))).get(LANG, DEFAULT)
    return words.of(found if found in words.spoken() else DEFAULT)


def figure(name: str, query: bytes, looks: Looks | None = None) -> Asked:
    """What an address with the name of a figure asks for; `looks` are choices of a picture alone, the first
    of each the usual one. Raises RefusedError.
    """
    recipe, looks = every.RECIPES.get(name), looks or {}
    if recipe is None:
        raise RefusedError("figure", status=404)
    return _unless_withdrawn(query, lambda rest: _figure(recipe, rest, looks))


def embargoed(name: str, query: bytes, looks: Looks, reader: Reader) -> tuple[Asked, datetime]:
    """What publishers and the press office ask for of a release under its embargo, and until when that lasts.
    A grouping is none of it. Raises RefusedError, InternalClosedError.
    """
    # Before anything else: who may not learns nothing of what there is.
    publish.ahead(reader)
    recipe = every.RECIPES.get(name)
    if recipe is None or recipe.grouped:
        raise RefusedError("figure", status=404)
    version = dict(parse_qsl(query[:LONGEST].decode("ascii", "replace"))).get(RELEASE, "")
    try:
        ahead, until = publish.before(reader, version)
    except publish.NoFiguresError:
        raise RefusedError("embargo", status=404) from None
    return _figure(recipe, query, looks, ahead), until


def _figure(recipe: Recipe, query: bytes, looks: Looks, reader: Reader = PUBLIC) -> Asked:
    own = OF_GROUPING if recipe.grouped else OF_SEVERAL if recipe.several else OF_PLACE
    names = (*own, *recipe.choices, *looks)
    given = parameters(query, names)
    for look, codes in looks.items():
        _one_of(look, given, codes)
    single = {name: code for name, code in given.items() if name != "compare" or not recipe.several}
    wanted = Wanted(_chosen(single, reader), language(query), reader, alone=True)
    if recipe.several:
        wanted = _of_several(wanted, given)
    if recipe.grouped:
        _one_of("grouping", given, groups.of(wanted.chosen.edition, PUBLIC))
        if "grouping" not in given:
            raise RefusedError("grouping_missing")
        wanted = wanted.of(replace(wanted.chosen, grouping=given["grouping"]))
    wanted = _with_period(wanted, given)
    chosen = tuple(given.get(look, codes[0]) for look, codes in looks.items())
    return Asked(_with_choices(recipe, wanted, given), _ordered(given, names), chosen)


def _of_several(wanted: Wanted, given: Mapping[str, str]) -> Wanted:
    """The same of up to five places. What is not out yet has no groupings."""
    known = groups.of(wanted.chosen.edition, PUBLIC) if wanted.audience == PUBLIC else {}
    _one_of("grouping", given, known)
    beside = given["compare"].split(",") if "compare" in given else []
    for code in beside:
        _one_of("compare", {"compare": code}, known.keys() | areas.register().keys())
    if len(beside) > MOST_BESIDE or len(set(beside)) < len(beside):
        raise RefusedError("value", "compare")
    chosen = replace(wanted.chosen, compare=",".join(beside) or None, grouping=given.get("grouping"))
    return wanted.of(chosen)


def place(query: bytes) -> Asked:
    """What the address of a place on paper asks for. Raises RefusedError."""
    return _unless_withdrawn(query, _place)


def _place(query: bytes) -> Asked:
    given = parameters(query, OF_PLACE)
    return Asked(_with_period(Wanted(_chosen(given), language(query)), given), _ordered(given, OF_PLACE))


def release(name: str, query: bytes, newest: str) -> str:
    """The release that stands in the path of an address, where readers may see it; `newest` is where the same
    of the newest is, below the root. Raises RefusedError.
    """
    parameters(query, (LANG,))
    return _shown(name, "", newest)


def only(query: bytes) -> str | None:
    """The release of which alone a feed is to tell; None: of all. Raises RefusedError."""
    given = parameters(query, (LANG, RELEASE))
    name = given.pop(RELEASE, None)
    return name and _shown(name, urlencode(given))


def _shown(name: str, way: str, at: str = "") -> str:
    names = [each.name for each in publish.releases()]
    if gone := next((each for each in publish.withdrawn() if each.name == name), None):
        raise WithdrawnError(gone, way if names else None, at)
    if name not in names:
        raise RefusedError("release", status=404)
    return name


def newest_release() -> str:
    """The name of the one that serves. Raises RefusedError."""
    return str(_chosen({}).edition)


def _unless_withdrawn(query: bytes, of: Callable[[bytes], Asked]) -> Asked:
    """What is asked for. Raises WithdrawnError, with the way to the same of the newest release."""
    pairs = parse_qsl(query[:LONGEST].decode("ascii", "replace"))
    gone = next((each for each in publish.withdrawn() if (RELEASE, each.name) in pairs), None)
    if gone is None:
        return of(query)
    rest = urlencode([(name, code) for name, code in pairs if name != RELEASE]).encode()
    try:
        asked = of(rest)
    except RefusedError:  # what it names is not there any more
        raise WithdrawnError(gone, "" if publish.releases() else None) from None
    raise WithdrawnError(gone, urlencode(asked.given))


def parameters(query: bytes, known: Collection[str]) -> dict[str, str]:
    """The parameters of an address, which are all `known`. Raises RefusedError."""
    if len(query) > LONGEST:
        raise RefusedError("long")
    try:
        pairs = parse_qsl(query.decode("ascii"), keep_blank_values=True, max_num_fields=MOST, errors="strict")
    except ValueError:  # bytes that are no text, too many parameters
        raise RefusedError("unread") from None
    if any(name not in known for name, _ in pairs):
        raise RefusedError("parameter")
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RefusedError("twice", next(name for name in found if [n for n, _ in pairs].count(name) > 1))
    # An empty one is what a form sends of a box that nobody touched.
    given = {name: code for name, code in found.items() if code}
    _one_of(LANG, given, words.spoken())
    return given


def _ordered(given: Mapping[str, str], names: Collection[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, given[name]) for name in names if name in given)


def _one_of(name: str, given: Mapping[str, str], known: Collection[str], status: int = 400) -> None:
    if name in given and given[name] not in known:
        raise RefusedError(name if name in (LANG, RELEASE, "grouping") else "value", name, status)


def _chosen(given: Mapping[str, str], reader: Reader = PUBLIC) -> Filters:
    """Area and comparison, of a release that readers may see, or that this one may see before them."""
    every_release = [reader.ahead] if reader.ahead else [each.name for each in publish.releases()]
    if not every_release:
        if gone := publish.withdrawn():
            raise _none_left(gone[-1])
        raise RefusedError("nothing_published", status=404)
    _one_of(RELEASE, given, every_release, status=404)
    for name in ("area_code", "compare"):
        _one_of(name, given, areas.register())
    return Filters(
        given.get("area_code", areas.LAND),
        given.get("compare"),
        edition=given.get(RELEASE, every_release[-1]),
    )


def _none_left(gone: Notice) -> WithdrawnError:
    """The address of the newest, where there is none: that may be there again tomorrow."""
    error = WithdrawnError(gone, None)
    error.status = 404
    return error


def _with_period(wanted: Wanted, given: Mapping[str, str]) -> Wanted:
    """The period in the address, or the one that opens with the place. A month becomes its quarter where
    months are not published.
    """
    try:
        return wanted.of(edition.with_period(wanted.chosen, given.get("period"), wanted.audience))
    except UnknownChoiceError:
        raise RefusedError("value", "period") from None


def _with_choices(recipe: Recipe, wanted: Wanted, given: Mapping[str, str]) -> Wanted:
    found = {}
    for name, choice in recipe.choices.items():
        offered = choice(wanted)
        _one_of(name, given, offered.codes)
        found[name] = given.get(name, offered.default)
    return every.choose(wanted, found)
