"""Numbers as text: separators of the language, a true minus sign, no minus before a zero."""

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_currency, format_decimal, get_decimal_symbol, get_group_symbol

NO_BREAK = "\u00a0"
NUMBER = re.compile(r"[#0,.]+")  # in a pattern of Babel
Number = int | float | Decimal
_WRITTEN = 50_000  # numbers kept as text: the same ones stand on every page, and Babel takes its time


@lru_cache(_WRITTEN, typed=True)
def decimal(x: Number, locale: str, least: int, most: int) -> str:
    """A number with at least and at most so many decimals."""
    return _with_minus(str(format_decimal(x, format=_pattern(least, most), locale=locale)))


def percent(x: Number, locale: str, decimals: int) -> str:
    """Hundredths with the sign for them, close behind or apart, as the language has it."""
    before, after = NUMBER.split(Locale.parse(locale).percent_formats[None].pattern.split(";")[0], maxsplit=1)
    return f"{before}{decimal(x, locale, decimals, decimals)}{after}"


@lru_cache(maxsize=8)
def separators(locale: str) -> tuple[str, str]:
    """The signs for decimals and for thousands."""
    return get_decimal_symbol(locale), get_group_symbol(locale)


@lru_cache(_WRITTEN, typed=True)
def euros(x: Number, locale: str, decimals: int) -> str:
    """An amount with the sign where the language puts it."""
    pattern = _round(Locale.parse(locale).currency_formats["standard"].pattern, decimals)
    return _with_minus(str(format_currency(x, "EUR", format=pattern, locale=locale, currency_digits=False)))


def signed(x: Number, text: str) -> str:
    """The sign of a change before its size; what rounds to zero is ±0."""
    if not re.search("[1-9]", text):
        return f"±{text}"
    return f"+{text}" if x > 0 else f"−{text}"


def size(x: Number) -> Number:
    """The number without its sign."""
    return -x if x < 0 else x


def _with_minus(text: str) -> str:
    # A value that rounds to zero has no sign; any other gets a true minus, as wide as a plus.
    return text.replace("-", "−" if re.search("[1-9]", text) else "")


def _round(pattern: str, decimals: int) -> str:
    """A pattern of Babel with so many decimals, and without the one for what is below zero."""
    return NUMBER.sub(_pattern(decimals, decimals), pattern.split(";")[0])


def _pattern(least: int, most: int) -> str:
    decimals = "0" * least + "#" * (most - least)
    return "#,##0" + (f".{decimals}" if decimals else "")
