"""The errors that a cell of a workbook can show, as its file has them and as people see them."""

import re

# A program in English shows them as files have them, one in German as on the right.
GERMAN = {
    "#DIV/0!": "#DIV/0!", "#N/A": "#NV", "#NAME?": "#NAME?", "#NULL!": "#NULL!", "#NUM!": "#ZAHL!",
    "#REF!": "#BEZUG!", "#VALUE!": "#WERT!", "#SPILL!": "#ÜBERLAUF!", "#CALC!": "#KALK!", "#FIELD!": "#FELD!",
    "#ERROR!": "#ERROR!", "#GETTING_DATA": "#DATEN_ABRUFEN",
}  # fmt: skip
ENGLISH = {german: english for english, german in GERMAN.items()}
BUILT = frozenset(list(GERMAN)[:7])  # of a workbook with any other one the library builds no sheet at all
NUMBERED = re.compile(r"Err:[0-9]{3}")  # of LibreOffice, in every language


def english(text: str) -> str | None:
    """The name of an error that is shown in either language; None if the text is no error."""
    said = text.strip()
    known = ENGLISH.get(said.upper(), said.upper())
    return known if known in GERMAN else said if NUMBERED.fullmatch(said) else None
