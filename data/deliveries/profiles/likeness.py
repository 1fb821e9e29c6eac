"""How alike two names are, whatever their case, umlauts, blanks and order of words: 0 to 1."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from data.deliveries.names import folded

NEAR = 0.6  # below this a name is no suggestion


def alike(one: str, other: str) -> float:
    """The likeness of two names."""
    return fuzz.token_sort_ratio(_words(one), _words(other)) / 100


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The known names most like `word`, the best first; empty if none is near."""
    found = process.extract(
        _words(word),
        {each: _words(each) for each in known},
        scorer=fuzz.WRatio,
        limit=most,
        score_cutoff=NEAR * 100,
    )
    return [each for _, _, each in found]


def _words(name: str) -> str:
    return folded(name).replace("_", " ").strip()
