"""The exact form of an IBAN: country, length and which signs are digits, of the registry of SWIFT."""

import re
from itertools import product
from string import ascii_uppercase

from stdnum import numdb

SIGNS = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}
GAP = "[ ._-]?"


def form() -> str:
    """A regular expression for the IBANs of all countries, with or without gaps, wherever they stand."""
    known = numdb.get("iban")
    pairs = (
        (first + second, known.info(first + second)) for first, second in product(ascii_uppercase, repeat=2)
    )
    countries = [_of(country, found[0][1]["bban"]) for country, found in pairs if found[0][1]]
    return f"(?i)(^|[^A-Za-z0-9])({'|'.join(countries)})($|[^A-Za-z0-9])"


def _of(country: str, bban: str) -> str:
    groups = re.findall(r"([0-9]+)!([nac])", bban)
    return f"{country}[0-9]{{2}}" + "".join(f"({GAP}{SIGNS[of]}){{{length}}}" for length, of in groups)
