"""Numbers in a sentence: digits, number words, percent, fractions and amounts, German and English. Pure.

What is said of a number ("rund", "knapp", "mehr als") is read with it. Rules alone: nothing is guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

GERMAN, ENGLISH = "de", "en"
_UNITS_DE = {
    "null": 0, "ein": 1, "eine": 1, "einen": 1, "einer": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4,
    "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12,
    "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19,
}  # fmt: skip
_TENS_DE = {
    "zwanzig": 20, "dreißig": 30, "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70,
    "achtzig": 80, "neunzig": 90,
}  # fmt: skip
_UNITS_EN = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS_EN = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES = {
    "tausend": 1e3, "tsd": 1e3, "thousand": 1e3, "mio": 1e6, "million": 1e6, "millionen": 1e6,
    "millions": 1e6, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9, "billion": 1e9,
}  # fmt: skip
_PARTS_DE = {"halb": 2, "hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "sechstel": 6, "zehntel": 10}
_PARTS_EN = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_EVERY = {
    "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "zehnte": 10,
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10,
}  # fmt: skip
# What is said of a number, the longest first; "" is nothing.
ABOUT, NEARLY, GOOD, OVER, LEAST, UNDER, MOST = "about", "nearly", "good", "over", "least", "under", "most"
_SAID = (
    (OVER, r"mehr als|über|more than|over|above"),
    (LEAST, r"mindestens|wenigstens|at least|no fewer than|no less than"),
    (UNDER, r"weniger als|unter|fewer than|less than|under|below"),
    (MOST, r"höchstens|maximal|bis zu|at most|up to|no more than"),
    (NEARLY, r"knapp|fast|beinahe|nahezu|nearly|almost|just under"),
    (GOOD, r"gut|just over|a good"),
    (ABOUT, r"rund|etwa|ungefähr|circa|ca\.?|zirka|annähernd|about|around|roughly|approximately|some"),
)
_HALVES = re.compile(
    r"\b(?:die|der|das|ein(?:e|em|en|er)?|a|an|one|the)?\s*"
    r"(?P<many>zwei|drei|vier|fünf|two|three|four|five|\d)?[\s-]*"
    r"(?P<part>hälfte|drittel\w*|viertel\w*|fünftel\w*|sechstel\w*|zehntel\w*"
    r"|half|thirds?|quarters?|fifths?|sixths?|tenths?)\b(?!\s*(?:quartal|quarter|of 20))",
    re.IGNORECASE,
)
_EVERY_NTH = re.compile(rf"\b(?:jede[rsn]?|every)\s+(?P<nth>{'|'.join(_EVERY)})[rsn]?\b", re.IGNORECASE)
_OF = re.compile(
    r"\b(?P<some>\d{1,2}|[a-zäöüß]+)\s+(?:von|in|out of)\s+(?P<all>\d{1,2}|[a-zäöüß]+)\b(?!\s*(?:prozent|%))",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\w.,-])\d+(?:[.,\u00a0\u202f' ]\d{3})*(?:[.,]\d+)?(?![\w])")
_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]+(?:-[a-z]+)*")
_PERCENT = re.compile(r"\s*(?:%|prozent\b|percent\b|per cent\b|v\.\s?h\.)", re.IGNORECASE)
# A difference of shares, which is none of a measure.
_POINTS = re.compile(r"\s*(?:prozentpunkte?n?|percentage points?)\b", re.IGNORECASE)
_EURO = re.compile(r"\s*(?:€|euros?\b|eur\b)", re.IGNORECASE)
_EURO_BEFORE = re.compile(r"(?:€|\bEUR)\s*$")
_SCALE = re.compile(rf"\s*({'|'.join(sorted(_SCALES, key=len, reverse=True))})\b\.?", re.IGNORECASE)
_GERMAN_SIGNS = re.compile(
    r"\b(der|die|das|und|im|am|werden|wird|wurden?|haben|hatten?|hat|mit|von|für|sind|prozent|eine?n?|"
    r"personen|menschen|ende|jahre?|stellen|erhält|landkreis|millionen|rund|knapp)\b",
    re.IGNORECASE,
)
_ENGLISH_SIGNS = re.compile(
    r"\b(the|of|and|were|was|are|is|have|has|had|with|percent|a|people|at|end|year|posts|gets|million|refugees|"
    r"about|nearly|for|to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Amount:
    """A number as a sentence says it: `value` (a share is a fraction), its last digit, what is said of it.

    `unit` is percent, eur, points or empty; `begin` and `end` are where it stands, with what is said of it.
    `rough`: a half or a third, which nobody means to the point.
    """

    value: float
    step: float
    said: str
    unit: str
    begin: int
    end: int
    rough: bool = False


def language(text: str, default: str) -> str:
    """German or English, by its small words; the default one if neither has more."""
    german, english = len(_GERMAN_SIGNS.findall(text)), len(_ENGLISH_SIGNS.findall(text))
    return default if german == english else GERMAN if german > english else ENGLISH


def found(text: str, lang: str) -> list[Amount]:
    """Every number of a text, in its order; what is blank in it was read as something else."""
    taken: list[Amount] = []
    for amount in (*_fractions(text), *_in_digits(text, lang), *_in_words(text, lang)):
        if not any(amount.begin < other.end and other.begin < amount.end for other in taken):
            taken.append(amount)
    return sorted(taken, key=lambda each: each.begin)


def word(text: str, lang: str) -> int | None:
    """The number that a word says; None of what is none."""
    return _english(text.lower()) if lang == ENGLISH else _german(text.lower())


def _fractions(text: str) -> Iterator[Amount]:
    for match in _HALVES.finditer(text):
        part = match["part"].lower()
        by = next(
            number for name, number in (*_PARTS_DE.items(), *_PARTS_EN.items()) if part.startswith(name)
        )
        many = match["many"] or "1"
        number = int(many) if many.isdecimal() else _german(many.lower()) or _english(many.lower()) or 1
        if number < by:
            yield _amount(text, match.span(), number / by, 0.01, "percent", rough=True)
    for match in _EVERY_NTH.finditer(text):
        yield _amount(text, match.span(), 1 / _EVERY[match["nth"].lower()], 0.01, "percent", rough=True)
    for match in _OF.finditer(text):
        some, every = (_small(match[name]) for name in ("some", "all"))
        if some and every and some < every <= 100:
            yield _amount(text, match.span(), some / every, 0.01, "percent", rough=True)


def _small(text: str) -> int | None:
    return int(text) if text.isdecimal() else _german(text.lower()) or _english(text.lower())


def _in_digits(text: str, lang: str) -> Iterator[Amount]:
    for match in _DIGITS.finditer(text):
        value, step = _read(match[0], lang)
        yield _with_unit(text, match.span(), value, step)


def _in_words(text: str, lang: str) -> Iterator[Amount]:
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        number, last = None, at
        for end in range(min(at + 9, len(words)), at, -1):
            between = " ".join(each[0] for each in words[at:end])
            if text[words[at].start() : words[end - 1].end()].count(",") == 0:
                number = word(between, lang)
            if number is not None:
                last = end - 1
                break
        # A single "ein" or "one" is an article more often than a number, and "hundred" needs company.
        alone = last == at and words[at][0].lower() in (*_ARTICLES, "one")
        if number is None or (
            alone
            and not _PERCENT.match(text, words[last].end())
            and not _SCALE.match(text, words[last].end())
        ):
            at += 1
            continue
        yield _with_unit(text, (words[at].start(), words[last].end()), float(number), 1.0)
        at = last + 1


_ARTICLES = ("ein", "eine", "einen", "einer", "eins")


def _with_unit(text: str, span: tuple[int, int], value: float, step: float) -> Amount:
    begin, end = span
    if scale := _SCALE.match(text, end):
        times = _SCALES[scale[1].lower()]
        value, step, end = value * times, step * times, scale.end()
    unit = ""
    if percent := _PERCENT.match(text, end):
        value, step, unit, end = value / 100, step / 100, "percent", percent.end()
    elif points := _POINTS.match(text, end):
        unit, end = "points", points.end()
    elif euro := _EURO.match(text, end):
        unit, end = "eur", euro.end()
    elif before := _EURO_BEFORE.search(text[:begin]):
        unit, begin = "eur", before.start()
    return _amount(text, (begin, end), value, step, unit)


def _amount(
    text: str, span: tuple[int, int], value: float, step: float, unit: str, rough: bool = False
) -> Amount:
    begin, end = span
    while begin < end and text[begin].isspace():
        begin += 1
    said = ""
    before = text[:begin].rstrip()
    for name, words in _SAID:
        if match := re.search(
            rf"(?:^|\b)({words})\s*(?:ein(?:e|em|en)?|die|der|a|the)?$", before, re.IGNORECASE
        ):
            said, begin = name, match.start(1)
            break
    return Amount(value, step, said, unit, begin, end, rough)


def _read(text: str, lang: str) -> tuple[float, float]:
    """The number and its last digit: 3.175 is three thousand in German, three and a bit in English."""
    decimal, group = (",", ".") if lang == GERMAN else (".", ",")
    text = re.sub(r"[\u00a0\u202f' ]", "", text)
    whole, _, rest = text.partition(decimal)
    # A group of three behind the sign for decimals is one of thousands all the same if there are several.
    if text.count(decimal) > 1 or (rest and group in rest):
        whole, rest, group = text, "", decimal
    digits = whole.replace(group, "").replace(decimal, "")
    return float(f"{digits}.{rest or 0}"), 10.0 ** -len(rest)


def _german(text: str) -> int | None:
    """zweitausenddreihundertfünfundvierzig; None of what is no number."""
    text = text.replace(" ", "").replace("-", "")
    if "tausend" in text:
        before, _, after = text.partition("tausend")
        many = _german(before) if before else 1
        rest = _german(after.removeprefix("und")) if after else 0
        return None if many is None or rest is None or many >= 1000 else many * 1000 + rest
    if "hundert" in text:
        before, _, after = text.partition("hundert")
        many = _UNITS_DE.get(before) if before else 1
        rest = _german(after.removeprefix("und")) if after else 0
        return None if many is None or rest is None or rest >= 100 else many * 100 + rest
    if text in _UNITS_DE:
        return _UNITS_DE[text]
    if text in _TENS_DE:
        return _TENS_DE[text]
    one, _, ten = text.partition("und")
    if 0 < _UNITS_DE.get(one, 0) < 10 and ten in _TENS_DE:
        return _TENS_DE[ten] + _UNITS_DE[one]
    return None


def _english(text: str) -> int | None:
    """two thousand three hundred and forty-five; None of what is no number."""
    words = [each for each in re.split(r"[\s-]+", text) if each]
    if not words or words[0] == "and" or words[-1] == "and":
        return None
    total = now = 0
    for each in words:
        if each == "and":
            continue
        if each in _UNITS_EN or each in _TENS_EN:
            now += _UNITS_EN.get(each, 0) + _TENS_EN.get(each, 0)
        elif each == "hundred":
            now = (now or 1) * 100
        elif each == "thousand":
            total, now = total + (now or 1) * 1000, 0
        else:
            return None
    return total + now if words != ["a"] else None
