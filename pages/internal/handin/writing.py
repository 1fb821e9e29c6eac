"""How a file is written, in the words of the reader: what `Recognised.text` says in German to operators."""

from data.deliveries.format.parts import Recognised
from pages.text.words import Words

SEPARATORS = {";": "semicolon", ",": "comma", "\t": "tab", "|": "bar"}
DECIMALS = {"Dezimalkomma": "decimal_comma", "Dezimalpunkt": "decimal_point"}
REAL_DATES = "Datumswerte"
BOM = " mit BOM"
BETWEEN = " / "


def describe(one: Recognised, words: Words) -> str:
    """For example "Windows-1252, semicolon, decimal comma, DD.MM.YYYY"."""
    said = (
        None if one.kind == "CSV" else one.kind,
        _encoding(one.encoding, words) if one.encoding else None,
        words.t(f"handin.writing.{SEPARATORS[one.separator]}") if one.separator in SEPARATORS else None,
        _decimals(one.decimals, words) if one.decimals else None,
        dates(one.dates, words) if one.dates else None,
        words.t("handin.writing.profile", name=one.profile) if one.profile else None,
    )
    return ", ".join(part for part in said if part)


def dates(pattern: str, words: Words) -> str:
    """`TT.MM.JJJJ` in German, `DD.MM.YYYY` in English; of several patterns each."""
    day, year = words.t("language.day_letter"), words.t("language.year_letter")
    letters = str.maketrans("DTYJ", day * 2 + year * 2)
    return BETWEEN.join(
        words.t("handin.writing.real_dates") if each == REAL_DATES else each.translate(letters)
        for each in pattern.split(BETWEEN)
    )


def _encoding(encoding: str, words: Words) -> str:
    return encoding.replace(BOM, words.t("handin.writing.with_bom")) if encoding.endswith(BOM) else encoding


def _decimals(decimals: str, words: Words) -> str:
    return BETWEEN.join(
        words.t(f"handin.writing.{DECIMALS[each]}") if each in DECIMALS else each
        for each in decimals.split(BETWEEN)
    )
