"""Words as the guard compares them, and the lists of `words.toml`."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "words.toml"
SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ł": "l", "ø": "o", "ı": "i"})
BORDERS = re.compile(r"[\W\d_]+")
CAMEL = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """The word lists as they stand in the file."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def folded(text: str) -> str:
    """Small letters, umlauts spelt out, no accents: `Öztürk` becomes `oeztuerk`, `Çelik` `celik`."""
    if text.isascii():
        return text.lower()
    spelt = unicodedata.normalize("NFC", text).casefold().translate(SPELT_OUT)
    return "".join(sign for sign in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(sign))


def words(text: str) -> list[str]:
    """The words of a text, folded; digits and punctuation part them."""
    return [word for word in BORDERS.split(folded(text)) if word]


def heading_words(heading: str) -> list[str]:
    """The words of a column's name, a capital letter within it parts words too: `NameDerMutter`."""
    return words(CAMEL.sub(" ", heading))
