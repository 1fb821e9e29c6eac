"""What a sentence says of which place, period and measure; and what has to be asked where it is not plain."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data.foundation import areas, periods
from data.questions.filters import Filters
from pages.checked import amounts, mentions, rest
from pages.checked.amounts import Amount
from pages.checked.mentions import Known, Mention
from pages.checked.rest import NOTHING_LEFT, Rest
from pages.text import setting

MEASURE, NUMBER, PLACE, PERIOD = "measure", "number", "place", "period"
EURO, PERCENT = "eur", "percent"
LONGEST = 2000  # signs of a text; what is behind them is not read
MOST = 12  # sentences
MONTH_ENDS = 28  # from this day on
_OF_YEARS = re.compile(r"\s+(?:jahren?|years)\b", re.IGNORECASE)
_ANY_YEAR = re.compile(r"\b(?:im|in the|a)\s+(jahr|year)\b", re.IGNORECASE)
_GIVING = re.compile(r"\b(?:stellte?|gibt|gab|fördert|provide[sd]?|gives?|gave|makes?|made)\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?:(\d{1,2})\.|(?<=[a-z] )(\d{1,2})(?=,))")
# A giver of money is no place of which something is said, where another one is named.
_GIVERS = ("das land", "the land", "the state", "des landes")


@dataclass(frozen=True)
class Question:
    """What a sentence leaves open: `kind`, and the codes of which whoever asks may choose one."""

    text: str
    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Read:
    """A sentence that says one thing: a number of a measure, of a place, of a period as it may be written.

    `assumed`: place or period, where the sentence says none and the choices of the page stand in. `left`:
    what nobody understood of it. `years`: for how many an amount of money is said to be, and the words for
    it. `plainly`: nothing says whether a town or the Kreis of its name is meant. `asks`: it is a question.
    """

    text: str
    lang: str
    measure: Known
    amount: Amount
    place: str
    periods: tuple[str, ...]
    assumed: tuple[str, ...] = ()
    left: Rest = NOTHING_LEFT
    years: tuple[int, str] | None = None
    plainly: bool = False
    asks: bool = False


def read(text: str, lang: str, chosen: Filters, given: Mapping[str, str]) -> list[Read | Question]:
    """Each sentence with a number in it, or a question of the whole text where none has one.

    `chosen` stands in for a place or a period that is not said; one said before counts for what follows.
    `given` are answers to questions, by their kind.
    """
    found: list[Read | Question] = []
    place: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    for sentence in [*mentions.sentences(text[:LONGEST])][:MOST]:
        one = _Sentence(sentence, amounts.language(sentence, lang))
        place, when = one.places or place, one.when or when
        if one.numbers or not (one.measures or found):
            found.append(_decided(one, place, when, chosen, given))
    with_number = [each for each in found if isinstance(each, Read) or each.kind != NUMBER]
    return with_number or found[:1] or [Question(text[:LONGEST].strip(), NUMBER)]


class _Sentence:
    """All that is recognised in one sentence."""

    def __init__(self, text: str, lang: str) -> None:
        self.text, self.lang = text, lang
        self.measures = mentions.measured(text, lang)
        for other in () if self.measures else mentions.LANGUAGES:
            # Few small words may say the wrong language; its measures say the right one.
            if found := mentions.measured(text, other):
                self.lang, self.measures = other, found
        # A number in the name of a measure (36 months, 1,000 inhabitants, B1) is none of the sentence.
        numbered = [where for _, where in self.measures if where.numbered]
        left = mentions.blanked(text, *numbered)
        timed = mentions.timed(left)
        left = mentions.blanked(left, *timed)
        placed = mentions.placed(left)
        self.numbers = amounts.found(mentions.blanked(left, *placed), self.lang)
        self.read = [(each.begin, each.end) for each in timed if not _is_early(text[each.begin : each.end])]
        wholes = [mentions.whole(text, each) for each in placed]
        self.read += wholes
        self.is_plain = wholes == [(each.begin, each.end) for each in placed]
        self.places = self._several(self._places(placed))
        self.when = self._several(timed) if len(timed) > 1 else timed[0].codes if timed else ()
        self.times = len({each.codes for each in timed})

    def _places(self, placed: list[Mention]) -> list[Mention]:
        others = [each for each in placed if not self._gives(each)]
        if any(re.search(rf"\b{word}\b", self.text, re.IGNORECASE) for word in rest.ranked(self.lang)):
            # Most of all in the Land: that is among which places, and not a second one.
            others = [each for each in others if each.codes != (areas.LAND,)]
        return others or placed

    def _gives(self, place: Mention) -> bool:
        """Whether it is who gives money: the Land, at the beginning or behind "from"; else it gets some."""
        before = self.text[: place.begin].strip().lower()
        is_giver = self.text[place.begin : place.end].lower() in _GIVERS
        return is_giver and (not before or before.endswith(("from", "by", "von", "vom")))

    @staticmethod
    def _several(found: Sequence[Mention]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for each in found for code in each.codes))


def _decided(
    one: _Sentence, place: tuple[str, ...], when: tuple[str, ...], chosen: Filters, given: Mapping[str, str]
) -> Read | Question:
    if not one.numbers:
        return Question(one.text, NUMBER)
    hits = [each for each, _ in one.measures]
    if (named := given.get(MEASURE, "")) in mentions.known():
        hits = [mentions.known()[named]]
    pairs = [(each, number) for each in hits for number in one.numbers if fits(each, number)]
    if not pairs:
        options = [each.column for each in mentions.known().values() if fits(each, one.numbers[0])]
        return Question(one.text, MEASURE, tuple(options))
    measure = pairs[0][0]
    numbers = [number for each, number in pairs if each is measure]
    if len(numbers) > 1:
        texts = tuple(one.text[each.begin : each.end] for each in numbers)
        if given.get(NUMBER, "") not in texts:
            return Question(one.text, NUMBER, texts)
        numbers = [numbers[texts.index(given[NUMBER])]]
    if len(place) > 1:
        if given.get(PLACE, "") not in place:
            return Question(one.text, PLACE, place)
        place = (given[PLACE],)
    if one.times > 1:
        if given.get(PERIOD, "") not in when:
            return Question(one.text, PERIOD, when)
        when = (given[PERIOD],)
    assumed = tuple(kind for kind, said in ((PLACE, place), (PERIOD, when)) if not said)
    code = place[0] if place else chosen.area_code
    if not when and chosen.period and measure.unit != EURO:
        when = (chosen.period,)
    number = numbers[0]
    words = [part for each, where in one.measures if each is measure for part in where.parts]
    giving = _given(one.text, code) if measure.unit == EURO else ()
    years, span = _years(one, number) if measure.unit == EURO else (None, [])
    left = rest.of(one.text, one.lang, measure, [*one.read, *words, *span], (number.begin, number.end))
    # A year of which nobody says which one is none of the period that is chosen.
    any_year = () if one.times else tuple(_ANY_YEAR.findall(one.text))
    left = replace(left, words=(*left.words, *giving, *any_year))
    if measure.unit != EURO:
        when = _fine(when, code, measure)
    asks = rest.asks(one.text, one.lang)
    return Read(one.text, one.lang, measure, number, code, when, assumed, left, years, one.is_plain, asks)


def fits(measure: Known, number: Amount) -> bool:
    """Whether a number can be one of a measure, by its unit."""
    return (number.unit or "") == (measure.unit if measure.unit in (EURO, PERCENT) else "")


def _years(one: _Sentence, number: Amount) -> tuple[tuple[int, str] | None, list[tuple[int, int]]]:
    """For how many years an amount is said to be, and where that stands."""
    for each in one.numbers:
        behind = _OF_YEARS.match(one.text, each.end)
        if each is not number and behind and not each.said and not each.unit:
            return (int(each.value), one.text[each.begin : behind.end()]), [(each.begin, behind.end())]
    return None, []


def _given(text: str, code: str) -> tuple[str, ...]:
    """Verbs of giving, where nobody gives but the place: the amounts are what places get of the Land."""
    if code == areas.LAND or any(giver in text.lower() for giver in _GIVERS):
        return ()
    return tuple(_GIVING.findall(text))


def _is_early(said: str) -> bool:
    """Whether a day is not among the last ones of its month, of whose end all stocks are."""
    days = [int(first or second) for first, second in _DAY.findall(said)]
    return bool(days) and days[0] < MONTH_ENDS and "quart" not in said.lower()


def _fine(when: tuple[str, ...], code: str, measure: Known) -> tuple[str, ...]:
    """A month itself where a place has months. Its quarter where that is the same: of what stands at the end
    of both.
    """
    known = periods.read(when[0]) if len(when) > 1 else None
    if known is None or known.grain != "month":
        return when
    own = when[:1] if areas.by_month(areas.level(code)) else ()
    same = known.number % 3 == 0 and measure.column not in setting.FLOWS
    return (*own, *(when[1:] if same else ())) or when[:1]
