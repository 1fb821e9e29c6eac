"""First names and surnames of 70 languages, folded: `first_names.txt` and `surnames.txt`, a word a line.

    python -m data.deliveries.personal.name_lists

writes them anew from the word lists of Faker (MIT licence, Daniele Faraglia and others), in Latin letters as
offices write them. A test fails where another version of Faker has others. To work them out takes a third
of a second, which every process that takes a delivery would spend.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

from data.deliveries.personal.person_names import words

LISTS = {"first_names": "first_names", "surnames": "last_names"}  # our file -> how Faker's lists begin
SHORTEST_NAME = 3  # letters
SPELT_OUT_LETTERS = re.compile("ae|oe|ue")
# The names of some lists are written without blanks in signs that no office's program exports.
LEFT_OUT_LANGUAGES = ("ja_JP", "ko_KR", "zh_CN", "zh_TW", "th_TH", "en_TH")
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


def folded(name: str) -> frozenset[str]:
    """Every word of one of `LISTS`."""
    return frozenset(_spellings(_listed(LISTS[name])))


def main() -> None:
    """Write both files."""
    for name in LISTS:
        path = Path(__file__).with_name(f"{name}.txt")
        path.write_text("".join(f"{word}\n" for word in sorted(folded(name))), encoding="utf-8")


def _listed(attribute: str) -> set[str]:
    from faker.providers import person

    found: set[str] = set()
    for module in pkgutil.iter_modules(person.__path__):
        if module.name in LEFT_OUT_LANGUAGES:
            continue
        provider = importlib.import_module(f"{person.__name__}.{module.name}").Provider
        for name in (name for name in dir(provider) if name.startswith(attribute)):
            listed = getattr(provider, name)
            found.update(listed if isinstance(listed, tuple | list | dict) else ())
    return found


def _spellings(written: set[str]) -> Iterator[str]:
    for name in written:
        small = name.lower()
        if small.isascii() and small.isalpha() and not SPELT_OUT_LETTERS.search(small):  # most names
            if len(small) >= SHORTEST_NAME:
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
                yield from (word for word in words(spelt) if len(word) >= SHORTEST_NAME)
        for word in words(small):
            if len(word) >= SHORTEST_NAME:
                yield word
                yield word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


if __name__ == "__main__":
    main()
