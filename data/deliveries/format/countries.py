"""Countries of origin: every accepted writing and its ISO 3166-1 alpha-2 code, or the word for none."""

import csv
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.core import get_global

# Official and usual names beside those of CLDR (list of states for official use, Federal Foreign Office), and
# the keys of the statistical offices (Staats- und Gebietssystematik). Keys of states that are no more are not
# among them: nobody knows which of the later ones is meant. The last two are of people whom no country calls
# its own, or of whom it is not settled: categories of their own.
FILE = Path(__file__).parent / "countries.csv"
# Codes of CLDR that are no country of ISO 3166-1 (XK, Kosovo, is in common use and stays).
NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


@lru_cache(maxsize=1)
def writings() -> dict[str, str]:
    """Accepted writing (code or German name) -> alpha-2 code, `staatenlos` or `ungeklärt`."""
    names = Locale("de").territories
    codes = {code: code for code in sorted(names) if _is_country(code)}
    return {**codes, **{names[code]: code for code in codes}, **_of_passports(codes), **_others()}


def _of_passports(codes: Collection[str]) -> dict[str, str]:
    """Alpha-3 code, as passports bear it -> alpha-2 code; of states that became several there is none."""
    aliases = get_global("territory_aliases")
    three = {code: now for code, now in aliases.items() if len(code) == 3 and code.isalpha()}
    return {code: now[0] for code, now in sorted(three.items()) if len(now) == 1 and now[0] in codes}


def _others() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    found = {row["key"]: row["code"] for row in rows if row["key"]}
    return found | {name: row["code"] for row in rows for name in row["names"].split("|") if name}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
