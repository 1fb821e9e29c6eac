"""Full dates of birth: dates from before the programme, in any writing."""

import re
from datetime import date

PROGRAMME = date(2015, 1, 1)  # the earliest start of counselling that the export format allows
OLDEST = 1900
LONG_BEFORE = "^(19[0-9]{2}|20(0[0-9]|1[0-3]))-"  # as SQL writes dates; of 2014 are cases begun too early
MONTHS = (
    "jan", "feb", "m[äa]r|mrz", "apr", "ma[iy]", "jun", "jul", "aug", "sep", "o[kc]t", "nov", "de[zc]",
)  # fmt: skip
MONTH = "|".join(MONTHS)
FORM = (
    r"(?i)(^|[^0-9])([0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?([0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    rf"|(19|20)[0-9]{{6}}|[0-9]{{1,2}}\.? ?({MONTH})[a-zä]*\.? ?[0-9]{{4}})($|[^0-9])"
)
FORM_ALONE = r"^([0-9]{1,2}[-_][0-9]{1,2}[-_][0-9]{2,4}|[0-9]{4}[-_][0-9]{2}[-_][0-9]{2}|[0-9]{8})$"
NUMBERS = re.compile(r"(?<![0-9])([0-9]{1,4})[./_-] ?([0-9]{1,2})[./_-] ?([0-9]{1,4})(?![0-9])")
COMPACT = re.compile(r"(?<![0-9])([0-9]{8})(?![0-9])")
SPELT = re.compile(rf"(?i)(?<![0-9])([0-9]{{1,2}})\.? ?({MONTH})[a-zä]*\.? ?([0-9]{{4}})")
MOMENT = re.compile(
    r"(?<![0-9])(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([01][0-9]|2[0-3])[0-5][0-9]"
)


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
    for first, second, third in NUMBERS.findall(text):
        if len(first) == 4:
            read.append(_date(first, second, third))
        else:
            read += [_date(third, second, first), _date(third, first, second)]
    for signs in COMPACT.findall(text):
        read += [_date(signs[:4], signs[4:6], signs[6:]), _date(signs[4:], signs[2:4], signs[:2])]
    for day, month, year in SPELT.findall(text):
        number = next(at for at, name in enumerate(MONTHS, start=1) if re.match(name, month.lower()))
        read.append(_date(year, str(number), day))
    return [day for day in read if day]


def _date(year: str, month: str, day: str) -> date | None:
    full = (
        int(year) if len(year) == 4 else int(year) + (1900 if int(year) > date.today().year % 100 else 2000)
    )
    try:
        return date(full, int(month), int(day)) if len(year) in (2, 4) else None
    except ValueError:
        return None
