"""One released figure by itself, as it stands in a list of changes."""

from data.disclosure.published import Gap
from pages.parts.words import Words


def written(value: object, count: str, words: Words) -> str:
    """A count, withheld where it is 0; an exact amount (a float) in its unit, whatever it is."""
    if value is None:
        return Gap.UNKNOWN.value
    if isinstance(value, float):
        if count.endswith("_eur"):
            return words.eur(value, 0 if value == int(value) else 2)
        return words.write(value, "vzae" if "vzae" in count else "")
    return words.number(int(str(value))) if value else Gap.WITHHELD.value
