"""Personal details that have digits. Numbers that prove themselves: IBAN, tax number, insurance number,
passport, telephone. Dates of birth, full dates from before the programme. Streets with house numbers.

Numbers of 12 digits that are regional keys or moments are told from those of persons. The form of an IBAN is
that of the registry of SWIFT, by country; the plans of all countries' telephone numbers are those of
phonenumbers (Google's libphonenumber).
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from string import ascii_uppercase

from stdnum import iban, numdb
from stdnum.de import idnr

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
MIDNIGHT = re.compile(r"[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?$")
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
# Deutsche Rentenversicherung, VKVV § 2: the letter counts as its place in the alphabet, two digits.
INSURANCE_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
PASSPORT_WEIGHTS = (7, 3, 1)  # ICAO Doc 9303, part 3, 4.9
SHORTEST_IBAN, LONGEST_IBAN = 15, 34
IBAN_BEGINS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}")
NO_SIGNS = re.compile(r"[^A-Za-z0-9]")
SIGNS_OF = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[A-Za-z0-9]"}
IBAN_GAP = "[ ._-]?"
TELEPHONE = r"(\+|(^|[^0-9A-Za-z.,])0{1,2})[ (0)]{0,20}[1-9][0-9 ()/.-]{5,18}[0-9]"
TELEPHONE_PARTED = r"^0[1-9][0-9]{1,4}[ /-]{1,20}[1-9][0-9 ]{4,20}$"
DIALLED = re.compile(r"(?<![0-9A-Za-z.,])(\+|0{1,2})[ (0)]{0,20}[1-9][0-9 ()/._-]{5,18}[0-9](?![0-9])")
# Dates, months and moments are no numbers to dial, also where one follows the other.
DAY = r"(?:(?:0?[1-9]|[12][0-9]|3[01])[./-] ?)?(?:0?[1-9]|1[0-2])[./-] ?(?:19|20)[0-9]{2}"
ISO_DAY = r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?"
DATE_OR_MOMENT = re.compile(
    rf"(?<![0-9])(?:{DAY}|{ISO_DAY})(?![0-9])(?:[T ,]+[0-2]?[0-9][:.][0-5][0-9](?:[:.][0-9.,]+)?)?"
)
# Neither are random ids in their usual form, and the file numbers of offices: 001/2024.
RANDOM_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
NO_NUMBER = re.compile(rf"{RANDOM_ID}|(?<![0-9])0[0-9]{{1,3}}/(?:19|20)[0-9]{{2}}(?![0-9 /-]*[0-9])")
EIGHT = re.compile(r"(?<![0-9])0[0-9]{7}(?![0-9])")
GAPS = re.compile(r"[ ./-]")
SHORT_DATE = re.compile(r"[0-3]?[0-9][./-] ?[01]?[0-9][./-] ?[0-9]{2,4}")


def is_before_the_programme(text: str) -> bool:
    """Whether a full date from before 2015 stands in the text. Younger ones may be days of counselling."""
    return any(day.year >= OLDEST and day < PROGRAMME for day in dates(text))


def is_day_of_the_programme(text: str) -> bool:
    """Whether nothing but one full date since 2015 stands there, with a time of day or without."""
    text = MIDNIGHT.sub("", text.strip())
    found = PARTED_DATE.fullmatch(text)
    return bool(found) and bool(read := dates(text)) and all(day >= PROGRAMME for day in read)


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


def is_iban(text: str) -> bool:
    """Whether an IBAN stands anywhere in the text, blanks in it or not."""
    signs, at, before = NO_SIGNS.sub("", text), 0, 0
    for begin in IBAN_BEGINS.finditer(text):
        at += len(NO_SIGNS.sub("", text[before : begin.start()]))
        before = begin.start()
        rest = signs[at : at + LONGEST_IBAN]
        if any(iban.is_valid(rest[:length], check_country=False) for length in _proven(rest)):
            return True
    return False


def is_tax_number(text: str) -> bool:
    """Whether the one number of 11 digits in the text is a German tax identification number."""
    return bool(idnr.is_valid(re.sub(r"[^0-9]", "", text)))


def is_insurance_number(text: str) -> bool:
    """Whether a number of the German pension insurance stands in the text: 65 180539 W 001."""
    found = re.search(
        r"([0-9]{2}) ?-?([0-3][0-9])([0-9]{2})([0-9]{2}) ?-?([A-Za-z]) ?-?([0-9]{2})([0-9])", text
    )
    if not found or int(found[2]) > 31 or int(found[3]) > 12:
        return False
    area, day, month, year, letter, serial, check = found.groups()
    digits = f"{area}{day}{month}{year}{ord(letter.upper()) - ord('A') + 1:02}{serial}"
    products = (int(digit) * weight for digit, weight in zip(digits, INSURANCE_WEIGHTS, strict=True))
    return sum(product // 10 + product % 10 for product in products) % 10 == int(check)


def has_passport_number(text: str) -> bool:
    """Whether letters with a digit among them stand behind `Pass`: `Passpflicht` names no number."""
    return any(re.search("[0-9]", found) for found in re.findall(r"(?i)pass(.{6,23})", text))


def is_passport_with_check_digit(text: str) -> bool:
    """Whether the last sign is the check digit of the nine before it, as in the passport's machine zone."""
    signs = NO_SIGNS.sub("", text).upper()
    values = (int(sign, 36) * PASSPORT_WEIGHTS[place % 3] for place, sign in enumerate(signs[:9]))
    return len(signs) == 10 and signs[9].isdigit() and sum(values) % 10 == int(signs[9])


def iban_form() -> str:
    """A regular expression for the IBANs of all countries, with or without gaps, wherever they stand."""
    known = numdb.get("iban")
    pairs = (
        (first + second, known.info(first + second)) for first, second in product(ascii_uppercase, repeat=2)
    )
    countries = [_of(country, found[0][1]["bban"]) for country, found in pairs if found[0][1]]
    return f"(?i)(^|[^A-Za-z0-9])({'|'.join(countries)})($|[^A-Za-z0-9])"


def is_telephone(text: str) -> bool:
    """Whether a valid number of any country stands in the text, written as it is dialled in Germany."""
    import phonenumbers  # its plans are only needed where something looks like a number

    text = EIGHT.sub(lambda found: "|" if found[0] in areas.register() else found[0], text)
    for found in DIALLED.finditer(NO_NUMBER.sub("|", DATE_OR_MOMENT.sub("|", text))):
        written = found.group().replace("_", "-")
        key = GAPS.sub("", written)
        if SHORT_DATE.fullmatch(written) or key in areas.register() or is_area_key(key):
            continue
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(written, "DE")):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def is_parted_by_its_code(text: str) -> bool:
    """Whether a German number is parted where its area code or mobile prefix ends: few counters are."""
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "DE")
    except phonenumbers.NumberParseException:
        return False
    code = phonenumbers.length_of_national_destination_code(number)
    return bool(re.match(rf"0[0-9]{{{code}}}[^0-9]", text)) and is_telephone(text)


def _proven(rest: str) -> Iterator[int]:
    """The lengths at which the check digits are right (ISO 13616: the first four signs stand behind)."""
    country_and_check, remainder = int("".join(str(int(sign, 36)) for sign in rest[:4])), 0
    for length, sign in enumerate(rest[4:], start=5):
        number = int(sign, 36)
        remainder = (remainder * (10 if number < 10 else 100) + number) % 97
        if length >= SHORTEST_IBAN and (remainder * 10**6 + country_and_check) % 97 == 1:
            yield length


def _of(country: str, bban: str) -> str:
    groups = re.findall(r"([0-9]+)!([nac])", bban)
    return f"{country}[0-9]{{2}}" + "".join(
        f"({IBAN_GAP}{SIGNS_OF[of]}){{{length}}}" for length, of in groups
    )
