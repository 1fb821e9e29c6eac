"""What of a sentence was not understood: every word that neither is read nor says nothing by itself.

A number that was published makes a sentence true only if the rest of it changes nothing. Nobody can list all
words that would ("keinen", "stieg um", "aus Syrien"), so those that do not are listed
(`data/reference/allowed.toml`).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pages.checked import mentions
from pages.checked.mentions import Known
from pages.text import setting

FILE = mentions.FILE.with_name("allowed.toml")
MOST, LEAST = "most", "least"
# A number of people behind it is of who does something, unless a noun of numbers stands before it.
_DOERS = {"de": ("von",), "en": ("by", "from")}
_NUMBER_OF = {
    "zahl",
    "anzahl",
    "fallzahl",
    "summe",
    "quote",
    "anteil",
    "number",
    "total",
    "sum",
    "share",
    "rate",
}
_AT_END = ("ende", "jahresende", "quartalsende", "end")
_WORD = re.compile(r"[\w§]+(?:[-'’.]\w+)*")
Span = tuple[int, int]


@dataclass(frozen=True)
class Rest:
    """The words that nobody understood, in their order; whether the sentence says `most` or `least`, and by
    which word.
    """

    words: tuple[str, ...]
    rank: str = ""
    said: tuple[str, ...] = ()


NOTHING_LEFT = Rest(())


def of(text: str, lang: str, measure: Known, read: Sequence[Span], number: Span) -> Rest:
    """What is left of a text behind what was read in it; `number` is where the one stands that is checked."""
    low = _blanked(text.lower(), [*read, number])
    for phrase in _words()["phrases"][lang]:
        low = re.sub(rf"\b{re.escape(phrase)}\b", lambda found: " " * len(found[0]), low)
    allowed, counted = _allowed(measure.unit, measure.column, lang), _counted(measure.column, lang)
    is_counted = counted is None or bool(counted.search(text.lower()))
    of_all = _words()["counselled"][f"of_all_{lang}"]
    left, ranks = [], []
    at_end = _AT_END if measure.column in setting.FLOWS else ()
    for found in _WORD.finditer(low):
        word, own = found[0].rstrip("."), text[found.start() : found.end()].rstrip(".")
        if rank := _rank(word, lang, measure):
            ranks.append((rank, own))
        elif not allowed.fullmatch(word) or word in at_end or (not is_counted and word in of_all):
            left.append((found.start(), own))
    if doer := _doer(text[: number[0]].lower(), lang, measure):
        left.append((number[0], doer))
    if len(ranks) > 1:
        left += [(len(text), own) for _, own in ranks[1:]]
    words = tuple(dict.fromkeys(own for _, own in sorted(left)))
    return Rest(words, ranks[0][0] if ranks else "", tuple(own for _, own in ranks))


def asks(text: str, lang: str) -> bool:
    """Whether a sentence asks: by its mark, or by a verb before all else, which conditions have as well."""
    first = re.search(r"\w+", text.lower())
    return "?" in text or (first is not None and first[0] in _words()["asks"][lang])


def ranked(lang: str) -> tuple[str, ...]:
    """The words of a language that say a rank."""
    return (*_words()["ranks"][f"most_{lang}"], *_words()["ranks"][f"least_{lang}"])


def _rank(word: str, lang: str, measure: Known) -> str:
    ranks = _words()["ranks"]
    if measure.unit == "percent" and word in ranks["no_share"]:
        return ""
    return next((way for way in (MOST, LEAST) if word in ranks[f"{way}_{lang}"]), "")


def _doer(before: str, lang: str, measure: Known) -> str:
    words = re.findall(r"\w+", before)
    if measure.unit != "persons" or not words or words[-1] not in _DOERS[lang]:
        return ""
    return "" if words[-2:-1] and words[-2] in _NUMBER_OF else words[-1]


def _blanked(text: str, spans: Iterable[Span]) -> str:
    for begin, end in spans:
        text = text[:begin] + " " * (end - begin) + text[end:]
    return text


@lru_cache(maxsize=64)
def _allowed(unit: str, column: str, lang: str) -> re.Pattern[str]:
    known = _words()
    lists = (known.get(name, {}).get(lang, []) for name in ("every", unit, column))
    return _pattern(each for words in lists for each in words)


@lru_cache(maxsize=64)
def _counted(column: str, lang: str) -> re.Pattern[str] | None:
    """What has to stand in a sentence, so that its people are those that the measure is of."""
    counted = _words()["counselled"]
    if column not in counted["measures"]:
        return None
    return re.compile(rf"\b(?:{_pattern(counted[lang]).pattern})\b")


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(each).replace(r"\*", r"\w*") for each in words))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
