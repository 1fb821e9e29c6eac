"""Streets with house numbers, and numbers of 12 digits that are places."""

import re

from data import areas
from data.deliveries.guard.words import lists, words

ENDINGS = (
    r"straße|strasse|str\.?|weg|gasse|gässle|gaessle|allee|platz|ring|damm|ufer|steig|stieg|pfad|chaussee"
    r"|promenade|hof|graben|halde|staffel"
)
BEGINNINGS = "am|an der|an den|im|in der|in den|auf der|auf dem|zum|zur|unter|hinter|vor|bei der|beim"
ENGLISH = "street|st|road|rd|avenue|ave|lane|drive|square"
LETTER = r"[^\x00-@\[-`{-\x7f]"  # or a sign beyond ASCII
STREET = (
    rf"(?i){LETTER}{LETTER}[.-]? ?({ENDINGS})[ ,]*[0-9]{{1,4}} ?[a-z]?($|[^0-9a-z])"
    rf"|^({BEGINNINGS}) ({LETTER}|[ .-]){{3,30}} [0-9]{{1,4}} ?[a-z]?$"
    rf"|(^|[^0-9])[0-9]{{1,4}} ({LETTER}|[ .'-]){{2,30}} ({ENGLISH})\.?($|[^a-z])"
)
STREET_SURELY = rf"(?i){LETTER}{LETTER}[.-]? ?(straße|strasse|str\.|gasse|allee)[ ,]*[0-9]{{1,4}} ?[a-z]?$"
SQUARE = (
    "^([A-U] [1-7], ?|[D-U][1-7], ?)[0-9]{1,2} ?[a-z]?$"  # of Mannheim, and no level of a language: A2, 1
)
STREET_JOINED = r"(?i)^[a-z_-]{3,}(strasse|str|weg|gasse|allee|platz)[-_]?[0-9]{1,4}[a-z]?$"
PARTED = re.compile(r"(?<=[0-9]{3})[ /-](?=[0-9]{3})")
TWELVE = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")


def is_street(text: str) -> bool:
    """Whether the word in front of the number is that of a street: not `Kursplatz 3` or `im Quartal 2`."""
    none = tuple(lists()["no-street"]["beginnings"])
    return not any(word.startswith(none) for word in words(text))


def is_no_area_key(text: str) -> bool:
    """Whether a number of 12 digits is no regional key (ARS) of Baden-Württemberg and no padded counter."""
    return any(not number.startswith("000") and not is_area_key(number) for number in _twelve(text))


def _twelve(text: str) -> list[str]:
    whole: list[str] = TWELVE.findall(text)
    return whole or TWELVE.findall(PARTED.sub("", text))


def is_area_key(number: str) -> bool:
    """Whether a number is the regional key (ARS) of a municipality of Baden-Württemberg."""
    # Amtlicher Regionalschlüssel: 5 digits Kreis, 4 digits Gemeindeverband, 3 digits Gemeinde.
    return len(number) == 12 and number[:5] + number[9:] in areas.register()
