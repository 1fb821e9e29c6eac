"""Numbers that prove themselves: IBAN, tax number, insurance number, passport."""

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.de import idnr

# Deutsche Rentenversicherung, VKVV § 2: the letter counts as its place in the alphabet, two digits.
INSURANCE_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
PASSPORT_WEIGHTS = (7, 3, 1)  # ICAO Doc 9303, part 3, 4.9
SHORTEST_IBAN, LONGEST_IBAN = 15, 34
IBAN_BEGINS = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}")
SIGNS = re.compile(r"[^A-Za-z0-9]")


def is_iban(text: str) -> bool:
    """Whether an IBAN stands anywhere in the text, blanks in it or not."""
    signs, at, before = SIGNS.sub("", text), 0, 0
    for begin in IBAN_BEGINS.finditer(text):
        at += len(SIGNS.sub("", text[before : begin.start()]))
        before = begin.start()
        rest = signs[at : at + LONGEST_IBAN]
        if any(iban.is_valid(rest[:length], check_country=False) for length in _proven(rest)):
            return True
    return False


def _proven(rest: str) -> Iterator[int]:
    """The lengths at which the check digits are right (ISO 13616: the first four signs stand behind)."""
    country_and_check, remainder = int("".join(str(int(sign, 36)) for sign in rest[:4])), 0
    for length, sign in enumerate(rest[4:], start=5):
        number = int(sign, 36)
        remainder = (remainder * (10 if number < 10 else 100) + number) % 97
        if length >= SHORTEST_IBAN and (remainder * 10**6 + country_and_check) % 97 == 1:
            yield length


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
    signs = SIGNS.sub("", text).upper()
    values = (int(sign, 36) * PASSPORT_WEIGHTS[place % 3] for place, sign in enumerate(signs[:9]))
    return len(signs) == 10 and signs[9].isdigit() and sum(values) % 10 == int(signs[9])
