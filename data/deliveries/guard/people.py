"""First names and surnames: the word lists of Faker, in Latin letters as offices write them."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import lru_cache

from data.deliveries.guard.words import words

SHORTEST = 3
SPELT_OUT = re.compile("ae|oe|ue")
# The names of some lists are written without blanks in signs that no office's program exports.
LEFT_OUT = ("ja_JP", "ko_KR", "zh_CN", "zh_TW", "th_TH", "en_TH")
# Resolution 55 of the Cabinet of Ministers of Ukraine, 27.01.2010, and the letters that only Russian,
# Bulgarian and Macedonian have: names in Cyrillic letters as passports write them.
LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
        "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
        "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
        "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "’": "", "'": "", "ʼ": "", "ё": "e", "ъ": "", "ы": "y",
        "э": "e", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz", "ѓ": "gj", "ќ": "kj",
    }
)  # fmt: skip
# Names of examples, forms and tests: of nobody, and in no list.
EXAMPLES = frozenset({"mustermann", "musterfrau", "beispiel", "doe"})


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Every first name of the lists, folded."""
    return frozenset(_spellings(_listed("first_names")))


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Every surname of the lists, folded."""
    return frozenset(_spellings(_listed("last_names"))) | EXAMPLES


def _listed(attribute: str) -> set[str]:
    from faker.providers import person  # takes a quarter of a second, so only where a name is in question

    found: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        if module.name in LEFT_OUT:
            continue
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for name in (name for name in dir(provider) if name.startswith(attribute)):
            listed = getattr(provider, name)
            found.update(listed if isinstance(listed, tuple | list | dict) else ())
    return found


def _spellings(written: set[str]) -> Iterator[str]:
    for name in written:
        small = name.lower()
        if small.isascii() and small.isalpha() and not SPELT_OUT.search(small):  # most names
            if len(small) >= SHORTEST:
                yield small
            continue
        latin = small.translate(LATIN)
        if latin != small:  # Сергій: Serhii, also Sergii, Serhiy, Serhij; Юлія: Yuliia, Yuliya
            for spelt in (
                latin,
                latin.replace("h", "g"),
                latin.replace("ii", "iy"),
                latin.replace("ii", "ij"),
                latin.replace("ia", "ya"),
                latin.replace("iu", "yu"),
                latin.replace("iu", "yu").replace("ia", "ya"),
            ):
                yield from (word for word in words(spelt) if len(word) >= SHORTEST)
        for word in words(small):
            if len(word) >= SHORTEST:
                yield word
                yield word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
