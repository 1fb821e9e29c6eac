"""Texts by language: `{"de": …, "en": …}` in the program; `message_de`, `message_en` in TOML and JSON.

Which languages there are is nowhere listed: those that the files have texts in. Where a text is missing in a
language, the German one stands. Commands and errors speak one alone.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal

OPERATORS = "en"  # the language of the commands
DEFAULT = "de"  # the official language: first in every list, and shown where another has no text
Texts = Mapping[str, str]
Fill = str | int | Decimal | Texts | None
Wording = Mapping[str, Fill]


def texts(table: Mapping[str, Any], what: str) -> dict[str, str]:
    """The texts `what_de`, `what_en`, … of a table, by language; the default language first."""
    found = {key.removeprefix(f"{what}_"): text for key, text in table.items() if _is(key, what)}
    return dict(sorted(found.items(), key=lambda each: each[0] != DEFAULT))


def flat(what: str, by_language: Texts) -> dict[str, str]:
    """The texts under the names that files and programs know: `message_de`, `message_en`, …"""
    return {f"{what}_{language}": text for language, text in by_language.items()}


def gathered(table: dict[str, Any], *names: str) -> dict[str, Any]:
    """A table of JSON with each of the names once and by language, also where an earlier program stored it
    flat. Any other table is left as it is.
    """
    old = {name: by_language for name in names if (by_language := texts(table, name))}
    rest = {key: cell for key, cell in table.items() if not any(_is(key, name) for name in old)}
    return rest | old


def in_one(by_language: Texts, language: str) -> str:
    """The text in a language, or in the default one; KeyError if it has neither."""
    return by_language.get(language) or by_language[DEFAULT]


def filled(text: str, language: str, fills: Wording) -> str:
    """A text with its placeholders filled: of texts the one in this language, of numbers its writing."""
    return text.format_map({name: _written(fill, language) for name, fill in fills.items()})


def number(amount: int | Decimal, language: str) -> str:
    """1.234,50 in German, 1,234.50 in English, with the decimals that it has."""
    exponent = Decimal(amount).as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = "#,##0" + (f".{'0' * places}" if places else "")
    return str(format_decimal(amount, format=pattern, locale=language, decimal_quantization=False))


def counted(number: int, one: str, many: str = "") -> str:
    """`1 delivery`, `2,310 rows`, as commands and errors say it; `many` where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _written(fill: Fill, language: str) -> str | None:
    if isinstance(fill, Mapping):
        return in_one(fill, language)
    return number(fill, language) if isinstance(fill, int | Decimal) else fill


def _is(key: str, what: str) -> bool:
    language = key.removeprefix(f"{what}_")
    return language != key and len(language) in (2, 3) and language.isalpha()
