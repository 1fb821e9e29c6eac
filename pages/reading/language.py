"""The language of a reader: in the address as `lang`, German unless it says otherwise."""

from data.foundation.languages import DEFAULT
from pages.reading import address
from pages.text.words import Words, of, spoken


def offered() -> dict[str, str]:
    """The languages there are texts in, each by the name it has for itself; the first is the default."""
    return {lang: of(lang).name for lang in spoken()}


def chosen() -> str:
    """The language of this reader."""
    lang = address.read("lang")
    return lang if lang in spoken() else DEFAULT


def words() -> Words:
    """The words of this reader's language."""
    return of(chosen())
