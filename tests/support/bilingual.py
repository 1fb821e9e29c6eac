"""Whether a finding speaks one language at a time."""

import re

GERMAN = (
    "ab|aber|das|Datei|der|die|Fehler|Feld|ist|mit|nicht|oder|Spalte|Tag|Tage|und|Wert|Zahl|Zeichen|Zeile"
)
ENGLISH = "and|behind|characters|column|days|end|field|file|from|is|line|limit|row|rows|sheet|the|value"


def mixed(finding):
    """German words in the English sentences, and English ones in the German."""
    both = (
        (GERMAN, finding.message["en"] + " " + finding.remedy["en"]),
        (ENGLISH, finding.message["de"] + " " + finding.remedy["de"]),
    )
    # With n behind it too (Zeilen); a column such as dauer_min is one word and none of these.
    return [word for words, said in both for word in re.findall(rf"\b(?:{words})n?\b", said)]
