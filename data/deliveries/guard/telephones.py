"""Telephone numbers, as phonenumbers (Google's libphonenumber) knows the plans of all countries."""

import re

from data import areas
from data.deliveries.guard.places import is_area_key

FORM = r"(\+|(^|[^0-9A-Za-z.,])0{1,2})[ (0)]{0,20}[1-9][0-9 ()/.-]{5,18}[0-9]"
PARTED = r"^0[1-9][0-9]{1,4}[ /-]{1,20}[1-9][0-9 ]{4,20}$"
NUMBER = re.compile(r"(?<![0-9A-Za-z.,])(\+|0{1,2})[ (0)]{0,20}[1-9][0-9 ()/._-]{5,18}[0-9](?![0-9])")
DATE = re.compile(r"[0-3]?[0-9][./-] ?[01]?[0-9][./-] ?[0-9]{2,4}")


def is_telephone(text: str) -> bool:
    """Whether a valid number of any country stands in the text, written as it is dialled in Germany."""
    import phonenumbers  # its plans are only needed where something looks like a number

    for found in NUMBER.finditer(text):
        written = found.group().replace("_", "-")
        if DATE.fullmatch(written) or written in areas.register() or is_area_key(written):
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
