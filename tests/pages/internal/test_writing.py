"""The way of writing of a file in both languages, and unchanged for operators and programs."""

import pytest

from data.deliveries.format.parts import Recognised
from pages.internal.handin import writing
from pages.text.words import of

BOTH = "Dezimalkomma / Dezimalpunkt"


@pytest.mark.parametrize(
    ("written", "german", "english"),
    [
        (
            ("CSV", "Windows-1252", ";", "Dezimalkomma", "TT.MM.JJJJ"),
            "Windows-1252, Semikolon, Dezimalkomma, TT.MM.JJJJ",
            "Windows-1252, semicolon, decimal comma, DD.MM.YYYY",
        ),
        (
            ("CSV", "UTF-8 mit BOM", "|", BOTH, "TT.MM.JJJJ / JJJJ-MM-TT"),
            "UTF-8 mit BOM, senkrechter Strich, Dezimalkomma / Dezimalpunkt, TT.MM.JJJJ / JJJJ-MM-TT",
            "UTF-8 with BOM, vertical bar, decimal comma / decimal point, DD.MM.YYYY / YYYY-MM-DD",
        ),
        (
            ("CSV", "UTF-16", "\t", None, "M/D/YYYY"),
            "UTF-16, Tabulator, M/T/JJJJ",
            "UTF-16, tab, M/D/YYYY",
        ),
        (
            ("XLSX", None, None, None, "TT.MM.JJJJ / Datumswerte"),
            "XLSX, TT.MM.JJJJ / Datumswerte",
            "XLSX, DD.MM.YYYY / date values",
        ),
    ],
)
def test_the_way_of_writing_is_told_in_both_languages(written, german, english):
    kind, encoding, separator, decimals, dates = written
    one = Recognised("mittel", "x", None, kind, encoding, separator, decimals, dates, profile="amt")

    assert writing.describe(one, of("de")) == f"{german}, Profil amt"
    assert writing.describe(one, of("en")) == f"{english}, profile amt"


def test_operators_and_programs_are_told_as_before():
    one = Recognised("mittel", "x.csv", None, "CSV", "UTF-8", "|", "Dezimalkomma", "TT.MM.JJJJ", 3)

    assert one.as_json()["text"] == "UTF-8, Senkrechter Strich, Dezimalkomma, TT.MM.JJJJ"
    assert one.as_json()["separator"] == "|"
