"""The cite code of a figure, and which choices a code stands for. Nothing is stored: the code holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from data import publish
from data.access.rights import PUBLIC
from data.questions import catalogue, figures, numbering
from data.questions.filters import NAMES, Filters
from pages.figures.described import Described
from pages.files import codes
from pages.files.codes import NoCodeError, Packed
from pages.named.recipe import Recipe
from pages.reading import groups

# A place is an area of the list, or from here on a grouping of the release, by the order of its codes.
GROUPINGS = 2048
AREA_BITS, PERIOD_BITS = 12, 11
# The choices of figures, in this order, and the bits for the number of each: 0 is none. New ones come last.
WIDTHS = {"measure": 5, "level": 3, "compared": 4, "programme": 4, "goal_area": 5, "since": PERIOD_BITS}


@dataclass(frozen=True)
class Coded:
    """What a code stands for: a figure, its release, the parameters of its address; and how it is written."""

    figure: str
    release: str
    given: Mapping[str, str]
    code: str


def code(each: Described, choices: tuple[str, ...] | None) -> str:
    """The code of a figure of a release; empty for what has no address, and for what no code can hold."""
    edition = each.published.edition
    if choices is None or edition.internal:
        return ""
    place = _grouping(each.chosen) if each.place else numbering.numbers("area").get(each.chosen.area_code)
    period = numbering.of_period(each.chosen.period or "")
    figure = numbering.numbers("figure").get(each.key)
    rest = _rest(each, choices)
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
    if recipes[figure].grouped:
        given["grouping"] = str(packed.place - GROUPINGS)
    else:
        given["area_code"] = _of(numbering.codes("area"), packed.place)
    given |= _choices(packed.rest, recipes[figure])
    return Coded(figure, release, given, codes.written(tag, packed))


def with_grouping(coded: Coded) -> Coded:
    """The same with the code of its grouping, which its release has: ask it where that may be read."""
    if "grouping" not in coded.given:
        return coded
    known, at = sorted(groups.of(coded.release, PUBLIC)), int(coded.given["grouping"])
    if not 0 <= at < len(known):
        raise NoCodeError("unread")
    return replace(coded, given={**coded.given, "grouping": known[at]})


@lru_cache(maxsize=4)
def _tags(releases: tuple[str, ...]) -> Mapping[str, str]:
    return codes.tags(releases)


def _grouping(chosen: Filters) -> int | None:
    known = sorted(groups.of(chosen.edition, PUBLIC))
    return GROUPINGS + known.index(chosen.grouping) if chosen.grouping in known else None


def _rest(each: Described, choices: tuple[str, ...]) -> int | None:
    """Comparison and choices one above the other; None where one has no number."""
    chosen, found, at = each.chosen, 0, 1
    compared = "compare" in catalogue.query(figures.named(each.key).question).params
    if chosen.compare and compared and not each.place:
        area = numbering.numbers("area").get(chosen.compare)
        if area is None:
            return None
        found, at = 1 | area << 1, 1 + AREA_BITS
    for name, bits in WIDTHS.items():
        if name in choices:
            value = str((getattr(chosen, name) if name in NAMES else each.column) or "")
            number = numbering.of_period(value) if name == "since" else numbering.numbers(name).get(value)
            if number is None or number >= 2**bits:
                return None
            found |= number << at
            at += bits
    return found


def _choices(rest: int, recipe: Recipe) -> dict[str, str]:
    found = {}
    compared, rest = rest & 1, rest >> 1
    if compared:
        found["compare"] = _of(numbering.codes("area"), rest & 2**AREA_BITS - 1)
        rest >>= AREA_BITS
    for name, bits in WIDTHS.items():
        if name in recipe.choices:
            number, rest = rest & 2**bits - 1, rest >> bits
            if number:
                value = numbering.period(number) if name == "since" else numbering.codes(name).get(number)
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
