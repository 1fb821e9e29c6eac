"""Countries of origin: every accepted writing and its ISO 3166-1 alpha-2 code, or the word for none."""

from functools import lru_cache

from babel import Locale

# Names of offices' programs (list of states of the Federal Foreign Office) that CLDR writes in another way.
OTHER_NAMES = {
    "Arabische Republik Syrien": "SY",
    "Syrien, Arabische Republik": "SY",
    "Russische Föderation": "RU",
    "Islamische Republik Iran": "IR",
    "Iran, Islamische Republik": "IR",
    "Republik Moldau": "MD",
    "Moldau": "MD",
    "Demokratische Republik Kongo": "CD",
    "Kongo, Demokratische Republik": "CD",
    "Republik Kongo": "CG",
    "Elfenbeinküste": "CI",
    "Weißrussland": "BY",
    "Mazedonien": "MK",
    "Palästinensische Gebiete": "PS",
    "Vietnam": "VN",
    "Volksrepublik China": "CN",
    "Vereinigte Staaten von Amerika": "US",
    "USA": "US",
    "Großbritannien": "GB",
}
# Said of people whom no country calls its own, or of whom it is not settled: categories of their own.
WITHOUT_COUNTRY = {
    "staatenlos": "staatenlos",
    "Staatenlos": "staatenlos",
    "ungeklärt": "ungeklärt",
    "Ungeklärt": "ungeklärt",
}
# Codes of CLDR that are no country of ISO 3166-1 (XK, Kosovo, is in common use and stays).
NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


@lru_cache(maxsize=1)
def writings() -> dict[str, str]:
    """Accepted writing (code or German name) -> alpha-2 code, `staatenlos` or `ungeklärt`."""
    names = Locale("de").territories
    codes = {code: code for code in sorted(names) if _is_country(code)}
    return {**codes, **{names[code]: code for code in codes}, **OTHER_NAMES, **WITHOUT_COUNTRY}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
