"""The cite code of a figure, and which choices a code stands for. Nothing is stored: the code holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from data import publish
from data.access.rights import PUBLIC
from data.questions import catalogue, figures, numbering
from data.questions.filters import NAMES
from pages.figures.described import Described
from pages.files import codes
from pages.files.codes import NoCodeError, Packed
from pages.named.recipe import Recipe
from pages.reading import groups

# A place is an area of the list, or from here on a grouping of the release, by the order of its codes.
GROUPINGS = 2048
AREA_BITS, PERIOD_BITS = 12, 11
# The choices of figures, in this order, and the bits for the number of each: 0 is none. New ones come last.
WIDTHS = {
    "measure": 5,
    "level": 3,
    "compared": 4,
    "programme": 4,
    "goal_area": 5,
    "since": PERIOD_BITS,
    "figure": 5,
}
# Choices whose numbers stand under another name in the list.
KINDS = {"figure": "beside"}
COUNT_BITS = 3  # for how many places stand beside the first
AT = "#"  # before the number of a grouping that nobody has looked up yet


@dataclass(frozen=True)
class Coded:
    """What a code stands for: a figure, its release, the parameters of its address; and how it is written."""

    figure: str
    release: str
    given: Mapping[str, str]
    code: str


def code(each: Described, choices: tuple[str, ...], *, several: bool = False) -> str:
    """The code of a figure of a release, of `several` places if it can be; empty where none can hold it."""
    edition = each.published.edition
    if edition.internal:
        return ""
    grouped = each.place or (several and each.chosen.grouping)
    place = _number(str(each.chosen.grouping if grouped else each.chosen.area_code), edition.version)
    period = numbering.of_period(each.chosen.period or "")
    figure = numbering.numbers("figure").get(each.key)
    beside = _beside(each, several)
    rest = _rest(each, choices, beside) if beside else None
    tag = _tags(publish.every_release()).get(edition.version)
    if None in (place, period, figure, rest) or not tag:
        return ""
    return codes.written(tag, Packed(figure or 0, place or 0, period or 0, rest or 0))


def read(text: str, recipes: Mapping[str, Recipe]) -> Coded:
    """What a code stands for, whoever typed it. Raises NoCodeError.

    Whether readers may see its release, and whether that has these choices, is told by who answers.
    """
    tag, packed = codes.read(text)
    release = next((name for name, each in _tags(publish.every_release()).items() if each == tag), None)
    if release is None:
        raise NoCodeError("release")
    figure = numbering.codes("figure").get(packed.figure, "")
    period = numbering.period(packed.period)
    if figure not in recipes or period is None:
        raise NoCodeError("unread")
    given = {"period": period, "release": release}
    is_grouping = packed.place >= GROUPINGS
    if recipes[figure].grouped != is_grouping and not recipes[figure].several:
        raise NoCodeError("unread")
    given["grouping" if is_grouping else "area_code"] = _place(packed.place)
    given |= _choices(packed.rest, recipes[figure])
    return Coded(figure, release, given, codes.written(tag, packed))


def with_grouping(coded: Coded) -> Coded:
    """The same with the codes of its groupings, which its release has: ask it where that may be read."""
    if not any(AT in coded.given.get(name, "") for name in ("grouping", "compare")):
        return coded
    known = dict(enumerate(sorted(groups.of(coded.release, PUBLIC))))

    def found(said: str) -> str:
        return _of(known, int(said.removeprefix(AT))) if said.startswith(AT) else said

    own = {
        name: ",".join(map(found, coded.given[name].split(",")))
        for name in ("grouping", "compare")
        if name in coded.given
    }
    return replace(coded, given={**coded.given, **own})


@lru_cache(maxsize=4)
def _tags(releases: tuple[str, ...]) -> Mapping[str, str]:
    return codes.tags(releases)


def _number(place: str, edition: str) -> int | None:
    """The number of an area, or of a grouping of this release; None of what has none."""
    if found := numbering.numbers("area").get(place):
        return found
    known = sorted(groups.of(edition, PUBLIC))
    return GROUPINGS + known.index(place) if place in known else None


def _place(number: int) -> str:
    return f"{AT}{number - GROUPINGS}" if number >= GROUPINGS else _of(numbering.codes("area"), number)


def _beside(each: Described, several: bool) -> tuple[int, int] | None:
    """What is compared with as a number, and in how many bits; None where something has no number."""
    chosen, edition = each.chosen, each.published.edition.version
    if several and chosen.compare:
        numbers = [_number(place, edition) for place in chosen.compared]
        if None in numbers or len(numbers) >= 2**COUNT_BITS:
            return None
        found, at = 1 | len(numbers) << 1, 1 + COUNT_BITS
        for number in numbers:
            found, at = found | (number or 0) << at, at + AREA_BITS
        return found, at
    compared = "compare" in catalogue.query(figures.named(each.key).question).params
    if chosen.compare and compared and not each.place and not several:
        area = numbering.numbers("area").get(chosen.compare)
        return None if area is None else (1 | area << 1, 1 + AREA_BITS)
    return 0, 1


def _rest(each: Described, choices: tuple[str, ...], beside: tuple[int, int]) -> int | None:
    """Comparison and choices one above the other; None where one has no number."""
    chosen, (found, at) = each.chosen, beside
    for name, bits in WIDTHS.items():
        if name in choices:
            value = str((getattr(chosen, name) if name in NAMES else each.column) or "")
            kind = KINDS.get(name, name)
            number = numbering.of_period(value) if name == "since" else numbering.numbers(kind).get(value)
            if number is None or number >= 2**bits:
                return None
            found |= number << at
            at += bits
    return found


def _choices(rest: int, recipe: Recipe) -> dict[str, str]:
    found = {}
    compared, rest = rest & 1, rest >> 1
    if compared and recipe.several:
        count, rest = rest & 2**COUNT_BITS - 1, rest >> COUNT_BITS
        places = []
        for _ in range(count):
            places.append(_place(rest & 2**AREA_BITS - 1))
            rest >>= AREA_BITS
        found["compare"] = ",".join(places)
    elif compared:
        found["compare"] = _of(numbering.codes("area"), rest & 2**AREA_BITS - 1)
        rest >>= AREA_BITS
    for name, bits in WIDTHS.items():
        if name in recipe.choices:
            number, rest = rest & 2**bits - 1, rest >> bits
            if number:
                kind = KINDS.get(name, name)
                value = numbering.period(number) if name == "since" else numbering.codes(kind).get(number)
                found[name] = _known(value)
    if rest:
        raise NoCodeError("unread")
    return found


def _of(known: Mapping[int, str], number: int) -> str:
    return _known(known.get(number))


def _known(value: str | None) -> str:
    if value is None:
        raise NoCodeError("unread")
    return value
