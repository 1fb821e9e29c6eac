"""Dates of birth and addresses: full dates from before the programme, and streets with house numbers.

Numbers of 12 digits that are regional keys or moments are told from those of persons.
"""

import re
from datetime import date

from data.deliveries.personal.person_names import lists, words
from data.foundation import areas

PROGRAMME = date(2015, 1, 1)  # the earliest start of counselling that the export format allows
OLDEST = 1900
LONG_BEFORE = "^(19[0-9]{2}|20(0[0-9]|1[0-3]))-"  # as SQL writes dates; of 2014 are cases begun too early
MONTHS = (
    "jan", "feb", "m[äa]r|mrz", "apr", "ma[iy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "de[zc]",
)  # fmt: skip
MONTH = "|".join(MONTHS)
DATE = (
    r"(?i)(^|[^0-9])([0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?([0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    rf"|(19|20)[0-9]{{6}}|[0-9]{{1,2}}\.? ?({MONTH})[a-zä]*\.? ?[0-9]{{4}})($|[^0-9])"
)
DATE_ALONE = r"^([0-9]{1,2}[-_][0-9]{1,2}[-_][0-9]{2,4}|[0-9]{4}[-_][0-9]{2}[-_][0-9]{2}|[0-9]{8})$"
PARTED_DATE = re.compile(r"(?<![0-9])([0-9]{1,4})[./_-] ?([0-9]{1,2})[./_-] ?([0-9]{1,4})(?![0-9])")
COMPACT_DATE = re.compile(r"(?<![0-9])([0-9]{8})(?![0-9])")
SPELT_DATE = re.compile(rf"(?i)(?<![0-9])([0-9]{{1,2}})\.? ?({MONTH})[a-zä]*\.? ?([0-9]{{4}})")
MOMENT = re.compile(
    r"(?<![0-9])(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9]"
)
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
PARTED_TWELVE = re.compile(r"(?<=[0-9]{3})[ /-](?=[0-9]{3})")
TWELVE = re.compile(r"(?<![0-9])[0-9]{12}(?![0-9])")


def is_before_the_programme(text: str) -> bool:
    """Whether a full date from before 2015 stands in the text. Younger ones may be days of counselling."""
    return any(day.year >= OLDEST and day < PROGRAMME for day in dates(text))


def is_long_before(day: date) -> bool:
    """Whether a day can't be meant as one of the programme: in 2014 cases may have begun, too early."""
    return day.year < PROGRAMME.year - 1


def is_no_moment(text: str) -> bool:
    """Programs write 202401311200 behind their version; a number of 12 digits else is one of the AZR."""
    return not MOMENT.search(text) and "000000" not in text


def is_sentence(text: str) -> bool:
    """Five words or more in a text of 40 signs or more."""
    return len(text) >= 40 and len([word for word in text.split() if any(map(str.isalpha, word))]) >= 5


def dates(text: str) -> list[date]:
    """Every date that can be read in the text; 12.3.87 is of 1987."""
    read: list[date | None] = []
    for first, second, third in PARTED_DATE.findall(text):
        if len(first) == 4:
            read.append(_date(first, second, third))
        else:
            read += [_date(third, second, first), _date(third, first, second)]
    for signs in COMPACT_DATE.findall(text):
        read += [_date(signs[:4], signs[4:6], signs[6:]), _date(signs[4:], signs[2:4], signs[:2])]
    for day, month, year in SPELT_DATE.findall(text):
        number = next(at for at, name in enumerate(MONTHS, start=1) if re.match(name, month.lower()))
        read.append(_date(year, str(number), day))
    return [day for day in read if day]


def is_street(text: str) -> bool:
    """Whether the word in front of the number is that of a street: not `Kursplatz 3` or `im Quartal 2`."""
    none = tuple(lists()["no-street"]["beginnings"])
    return not any(word.startswith(none) for word in words(text))


def is_no_area_key(text: str) -> bool:
    """Whether a number of 12 digits is no regional key (ARS) of the Land and no padded counter."""
    return any(not number.startswith("000") and not is_area_key(number) for number in _twelve(text))


def is_area_key(number: str) -> bool:
    """Whether a number is the regional key (ARS) of a municipality of the Land."""
    # Amtlicher Regionalschlüssel: 5 digits Kreis, 4 digits Gemeindeverband, 3 digits Gemeinde.
    return len(number) == 12 and number[:5] + number[9:] in areas.register()


def _date(year: str, month: str, day: str) -> date | None:
    full = (
        int(year) if len(year) == 4 else int(year) + (1900 if int(year) > date.today().year % 100 else 2000)
    )
    try:
        return date(full, int(month), int(day)) if len(year) in (2, 4) else None
    except ValueError:
        return None


def _twelve(text: str) -> list[str]:
    whole: list[str] = TWELVE.findall(text)
    return whole or TWELVE.findall(PARTED_TWELVE.sub("", text))
