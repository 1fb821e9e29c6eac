"""Numbers that prove themselves: IBAN, tax number, insurance number, passport, telephone.

The form of an IBAN is that of the registry of SWIFT, by country; the plans of all countries' telephone
numbers are those of phonenumbers (Google's libphonenumber).
"""

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase

from stdnum import iban, numdb
from stdnum.de import idnr

from data.deliveries.personal.dates_places import is_area_key
from data.foundation import areas

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
MOMENT = re.compile(
    rf"(?<![0-9])(?:{DAY}|{ISO_DAY})(?![0-9])(?:[T ,]+[0-2]?[0-9][:.][0-5][0-9](?:[:.][0-9.,]+)?)?"
)
GAPS = re.compile(r"[ ./-]")
DATE = re.compile(r"[0-3]?[0-9][./-] ?[01]?[0-9][./-] ?[0-9]{2,4}")


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

    for found in DIALLED.finditer(MOMENT.sub("|", text)):
        written = found.group().replace("_", "-")
        key = GAPS.sub("", written)
        if DATE.fullmatch(written) or key in areas.register() or is_area_key(key):
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
