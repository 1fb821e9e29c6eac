"""Whether a value is a person's name.

First names and surnames are the word lists of Faker, folded, as `name_lists` has written them; `words.toml`
has the words that announce a name, or say that it is that of an office.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale

from data.deliveries.format.schema import MISSING, country_writings, tables, value_list
from data.foundation import areas

FILE = Path(__file__).parent / "words.toml"
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "ı": "i"})
BORDERS = re.compile(r"[\W\d_]+")
CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
# Names of examples, forms and tests: of nobody, and in no list.
EXAMPLES = frozenset({"mustermann", "musterfrau", "beispiel", "doe"})
TITLE = re.compile(r"\b(Herr|Herrn|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?) +(Dr\. +)?[A-ZÄÖÜ][a-zäöüß]{2,}")
# An umlaut may begin a word or go on with it, MÜller or GörkemÖzil: nothing is tried twice for that.
SHAPED = re.compile(
    r"([A-ZÄÖÜÇŞ][^\W\d_A-Z]++[ '’.,-]*+){2,4}"
    r"|[A-ZÄÖÜÇŞ][^\W\d_A-Z][^\W\d_A-ZÄÖÜÇŞ]*+[ÄÖÜÇŞ][^\W\d_A-Z]++[ '’.,-]*+"
)
BOOLEANS = ("true", "false", "wahr", "falsch")  # surnames too, but also what a cell of yes and no becomes
PIECES = re.compile(r"[^\w '’.,-]+|[\d_]+")
MOST_WORDS = 4
CAPITALS = re.compile(r"([A-Z][a-z]{2,}){2,3}")
MEDIUM = 5  # letters: three in 5,000 random words of that length are names
LONG = 7  # letters: a random word of that length is in the lists once in a million times


def is_name(text: str) -> bool:
    """Whether one word of the value is a known first name or surname, and no word says it is an office."""
    return bool(_of_a_person(text))


def is_full_name(text: str) -> bool:
    """A first name and a surname, or a title and a name."""
    if TITLE.search(text):
        return True
    found = _of_a_person(text)
    if len(found) < 2 or not any(word in first_names() for word in found):
        return False
    known = sum(map(_known, found))
    beginning = found[-1] if "," in text else found[0]
    return known > 1 or (len(found) == 2 and beginning in first_names() and bool(SHAPED.fullmatch(text)))


def has_full_name(text: str) -> bool:
    """Whether a first name and a surname stand between other signs: `Mutter: Olha Bondar`, `Haddad, Ali 2`.
    Both have to be known, and words that tables of cases hold are none: `Alpha Nord 2` is a group.
    """
    usual = {*lists()["usual"]["words"]}
    return any(_are_full(_of_a_person(piece), usual) for piece in PIECES.split(text))


def is_marked_name(text: str) -> bool:
    """Whether a name stands between other signs that are no digits: `Haddad*`, and not `Block 3`."""
    return any(is_name(piece.strip(" .,-")) for piece in PIECES.split(text))


def is_shaped_like_a_name(text: str) -> bool:
    """Two to four words with capital letters that are no place and no office: names that no list has."""
    found = words(text)
    strange = bool(SHAPED.fullmatch(text)) and not any(word in _terms() for word in found)
    return strange and not any(map(_institution, found))


def is_named_pseudonym(text: str) -> bool:
    """A pseudonym of several words, a first name among them, or of one too long to be so by chance."""
    found = _of_a_person(CAMEL.sub(" ", text) if CAPITALS.fullmatch(text) else text)
    firsts = [word for word in found if word in first_names()]
    if len(found) > 1:
        return bool(firsts) and (all(map(_known, found)) or max(map(len, firsts)) >= MEDIUM)
    return bool(found) and len(found[0]) >= LONG and text.isalpha()


def is_short_named_pseudonym(text: str) -> bool:
    """A pseudonym that is one name. A single one may be chance: `anna` is a random word of four letters."""
    if not _known(text.rstrip("0123456789-_").lower()):
        return False
    return len(_of_a_person(text)) == 1


def is_named_sender(text: str) -> bool:
    """A sender's id that is a first name and a surname, in whatever way joined, or one long name."""
    found = _of_a_person(text)
    if len(found) == 1 and found == words(text):
        return len(found[0]) >= LONG
    return is_full_name(" ".join(word.capitalize() for word in heading_words(text)))


def _are_full(found: list[str], usual: set[str]) -> bool:
    known = [word for word in found if _known(word)]
    return len(known) > 1 and any(word in first_names() for word in known) and not usual & {*found}


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """The word lists as they stand in the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def plain_letters(text: str) -> str:
    """Small letters, umlauts spelt out, no accents: `Öztürk` becomes `oeztuerk`, `Çelik` `celik`."""
    if text.isascii():
        return text.lower()
    spelt = unicodedata.normalize("NFC", text).casefold().translate(SPELT_OUT)
    return "".join(sign for sign in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """The words of a text, folded; digits and punctuation part them."""
    return [word for word in BORDERS.split(plain_letters(text)) if word]


def heading_words(heading: str) -> list[str]:
    """The words of a column's name, a capital letter within it parts words too: `NameDerMutter`."""
    return words(CAMEL.sub(" ", heading))


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Every first name of the lists, folded."""
    return _written("first_names")


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Every surname of the lists, folded."""
    return _written("surnames") | EXAMPLES


def without_digits(text: str) -> str:
    """The word of a pseudonym: `FALL-0001` and `FALL-0002` are one word, a prefix and no names."""
    return "".join(words(text))


def _written(name: str) -> frozenset[str]:
    return frozenset(FILE.with_name(f"{name}.txt").read_text(encoding="utf-8").split())


def _of_a_person(text: str) -> list[str]:
    """The words of a value with a known name among them; none if it is a place, an office or too long."""
    found = words(text)
    if not 1 <= len(found) <= MOST_WORDS or not any(map(_known, found)) or "".join(found) in _terms():
        return []
    if all(word in _terms() for word in found) or any(map(_institution, found)):
        return []
    if len(found) == 1 and found[0] in lists()["usual"]["words"]:
        return []
    own = [word for word in found if len(word) > 1 and word not in _terms()]
    return own if any(map(_known, own)) else []


def _known(word: str) -> bool:
    return word in first_names() or word in surnames()


@lru_cache(maxsize=100_000)
def _institution(word: str) -> bool:
    parts = lists()["institutions"]["parts"]
    return any(
        word == part or (len(part) > 3 and (word.startswith(part) or word.endswith(part))) for part in parts
    )


@lru_cache(maxsize=1)
def _terms() -> frozenset[str]:
    """Words that are places, countries, languages, months, or values of the export format."""
    german = Locale("de")
    fields = [(table, field) for table in tables().values() for field in table.fields]
    written = [
        # Associations are called like people too (Rosenstein), and no export names them.
        *(area.name for area in areas.register().values() if area.level != areas.ASSOCIATION),
        *country_writings(),
        *german.languages.values(),
        *german.months["format"]["wide"].values(),
        *german.days["format"]["wide"].values(),
        *(value for table, field in fields for value in value_list(table, field) or ()),
        *BOOLEANS,
    ]
    parts = [words(text) for text in written]
    single = {word for of_one in parts for word in of_one if len(word) > 1}
    whole = {"".join(of_one) for of_one in [*parts, *map(words, MISSING)] if of_one}  # weiß nicht; Weiß
    return frozenset(single - first_names() | whole)  # St. Peter; Peter
