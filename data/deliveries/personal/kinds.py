"""The kinds of personal details, and how each is told by the form of a value or the name of a column.

A form is a regular expression that DuckDB (RE2) and Python read alike: it picks few values out of many, which
Python then confirms.
Python tries a repetition again from every sign: so none without an upper bound begins a form.
Of the values `among` which a kind is looked for, a `share` has to be of it: one random pseudonym may be a
valid tax number by chance, but not half of them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from itertools import pairwise

from data.deliveries.format.findings import Group, group, rules
from data.deliveries.format.parts import Part
from data.deliveries.personal import digits, person_names
from data.deliveries.personal.person_names import heading_words, lists, plain_letters, words

REMARK = re.compile(r"[(\[]([^()\[\]]+)")
SPECIAL = "special"  # Art. 9 GDPR
NAME = "name"
RULE, HEADING, SPECIAL_COLUMN = "guard-", "guard-heading", "special-column"  # the first begins every fault


class Column(Enum):
    """What kind of column a value stands in: that decides how much has to speak against it."""

    PSEUDONYM = "pseudonym"  # of the format, of letters, digits, _ and -
    SENDER = "sender"  # of the format, the id of who hands in: of letters, digits and . _ -
    BOOKING = "booking"  # of the format, as accounting numbers it: words, blanks, slashes
    LABEL = "label"  # of the format, any text: who hands in, with which program
    DATE = "date"  # of the format, read as dates, some of which its rules refuse
    OTHER = "other"  # unknown to the format, or values that its rules refuse


@dataclass(frozen=True)
class Look:
    """How one kind is looked for in one kind of column. At least `least` values, as `counted`, differ.

    `common`: many harmless values have this form, so of a large column only a sample is looked at.
    """

    form: str
    confirm: Callable[[str], bool] = lambda _: True
    among: str = ""
    share: float = 0.0
    least: int = 1
    counted: Callable[[str], str] = str
    common: bool = False


PLAIN = "[A-Za-z0-9]"
COUNT = re.compile(r"[0-9]{1,3}([.,][0-9]{1,2})? ?%?")
DIGITS_11 = r"(^|[^0-9A-Za-z])[0-9]{2} ?[0-9]{3} ?[0-9]{3} ?[0-9]{3}($|[^0-9A-Za-z])"
DIGITS_12_PARTED = r"(^|[^0-9A-Za-z])([0-9]{3}( ?[0-9]{3}){3}|[0-9]{6}[ /-][0-9]{6})($|[^0-9A-Za-z])"
DIGITS_12 = r"(^|[^0-9A-Za-z])[0-9]{12}($|[^0-9A-Za-z])"
INSURANCE = r"(^|[^0-9A-Za-z])[0-9]{2} ?-?[0-9]{6} ?-?[A-Za-z] ?-?[0-9]{3}($|[^0-9A-Za-z])"
IBAN_EXACT = digits.iban_form()
IBAN = r"(^|[^A-Za-z0-9])[A-Za-z]{2}[0-9]{2}([ ._-]?[A-Za-z0-9]){11}"
MAIL = r"(?i)[a-z0-9._%+-] ?(@|[(\[]at[)\]]) ?[a-z0-9-]+(\.[a-z0-9-]+)*(\.|[(\[]dot[)\]])[a-z]{2}"
MAIL_DISGUISED = r"(?i)[a-z0-9][-_]at[-_][a-z0-9-]{1,64}[-_](de|com|net|org|eu|info|at|ch|ua|tr)$"
LETTERS = r"^[^\x00-\x1f!-&*+0-@\[-`{-\x7f]{3,80}$"  # of ASCII only letters, blanks and ' ( ) , - . /
# Letters beside a sign that is none of a name, ASCII alone; without digits beside one that is none either.
MARK, SIGN = r"[!-&*+0-@\[-`{-~]", r"[!-&*+:-@\[-`{-~]"
MARKED = rf"{digits.LETTER}{{2}}.{{0,80}}{MARK}|{MARK}.{{0,80}}{digits.LETTER}{{2}}"
MARKED_WORD = rf"^[^0-9]{{0,80}}{SIGN}[^0-9]{{0,80}}$"
TITLED = r"(^|[^A-Za-z])(Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?) "
JOINED = r"(?i)^[a-z]{3,}([-_][a-z]{3,}){1,3}([-_]?[0-9]{1,4})?$|^[a-z]{7,}$"
NAMED = r"(?i)^[a-z]{4,}[-_]?[0-9]{0,4}$"
PASSPORT = r"(?i)^([CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}[0-9]?|[A-Z]{1,2} ?[0-9]{6,9})$"
DIALLED = r"^[0-9_-]{7,16}$|^[0-9a-fA-F]{10,16}$"  # few pseudonyms of hexadecimal signs have no letter
PASSPORT_CHECKED = r"(?i)^[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}[0-9]$"
PASSPORT_NAMED = r"(?i)pass[^0-9]{0,12}[A-Z]{1,2}[A-Z0-9]{6,9}"
P, L, D, X = Column.PSEUDONYM, Column.LABEL, Column.DATE, Column.OTHER

# Kind -> kind of column -> looks, any of which is enough.
KINDS: dict[str, dict[Column, tuple[Look, ...]]] = {
    "e-mail": {P: (Look(MAIL_DISGUISED),), L: (Look(MAIL),), X: (Look(MAIL),)},
    "iban": {
        # One number in 97 has the right check digits, so among pseudonyms of this form half have to.
        P: (Look(IBAN, digits.is_iban, IBAN, 0.5),),
        L: (Look(IBAN, digits.is_iban),),
        # Of numbers of the exact form of a country one in 97 is valid, so a twentieth of them is no chance.
        X: (Look(IBAN, digits.is_iban, IBAN_EXACT, 0.05),),
    },
    "tax-number": {
        P: (Look(DIGITS_11, digits.is_tax_number, DIGITS_11, 0.3),),
        L: (Look(DIGITS_11, digits.is_tax_number),),
        X: (Look(DIGITS_11, digits.is_tax_number, DIGITS_11, 0.2),),
    },
    "insurance-number": {
        P: (Look(INSURANCE, digits.is_insurance_number, INSURANCE, 0.3),),
        L: (Look(INSURANCE, digits.is_insurance_number),),
        X: (Look(INSURANCE, digits.is_insurance_number, INSURANCE, 0.05),),
    },
    "azr-number": {
        # Of pseudonyms of 12 hexadecimal signs one in 300 has no letter.
        P: (Look(DIGITS_12, digits.is_no_area_key, f"^{PLAIN}{{12}}$", 0.05),),
        L: (Look(DIGITS_12, digits.is_no_moment),),
        X: (Look(DIGITS_12_PARTED, digits.is_no_area_key, DIGITS_12_PARTED, 0.5),),
    },
    "passport": {
        P: (
            Look(
                PASSPORT_CHECKED, digits.is_passport_with_check_digit, f"^{PLAIN}{{10}}$", 0.5, 2,
                common=True,
            ),
        ),
        L: (Look(PASSPORT_NAMED, digits.has_passport_number),),
        X: (Look(PASSPORT, among=".", share=0.5),),
    },
    "birth-date": {
        P: (Look(digits.DATE_ALONE, digits.is_before_the_programme, r"^[0-9_-]{6,12}$", 0.05),),
        L: (Look(digits.DATE, digits.is_before_the_programme),),
        # One slip of the pen among twenty dates is none; three are none among more than three hundred.
        D: (
            Look(digits.LONG_BEFORE, among=".", share=0.05),
            Look(digits.LONG_BEFORE, among=".", share=0.01, least=3),
        ),
        X: (Look(digits.DATE, digits.is_before_the_programme, digits.DATE, 0.05),),
    },
    "telephone": {
        P: (Look(r"^0{1,2}[1-9][0-9_-]{6,14}$", digits.is_telephone, DIALLED, 0.3),),
        L: (Look(digits.TELEPHONE, digits.is_telephone),),
        X: (
            Look(digits.TELEPHONE, digits.is_telephone, r"^[0-9 ()/.,+-]{7,}$", 0.3),
            Look(digits.TELEPHONE_PARTED, digits.is_parted_by_its_code, least=2),
        ),
    },
    "street": {
        P: (Look(digits.STREET_JOINED, digits.is_street, among=".", share=0.01),),
        L: (Look(digits.STREET, digits.is_street),),
        X: (
            Look(digits.STREET, digits.is_street, "[0-9]", 0.05),
            Look(digits.STREET_SURELY, digits.is_street, least=3),
            Look(digits.SQUARE, among="[0-9]", share=0.05, least=2),
        ),
    },
    "name": {
        P: (
            Look(JOINED, person_names.is_named_pseudonym, ".", 0.001),
            Look(NAMED, person_names.is_short_named_pseudonym, ".", 0.05, 2, person_names.without_digits),
        ),
        L: (Look(LETTERS, person_names.is_full_name),),
        X: (
            Look(LETTERS, person_names.is_full_name, LETTERS, 0.01),
            Look(LETTERS, person_names.is_name, LETTERS, 0.2),
            Look(LETTERS, person_names.is_shaped_like_a_name, LETTERS, 0.6, 3),
            Look(TITLED, person_names.is_full_name),
            Look(MARKED, person_names.has_full_name, ".", 0.05, 2, common=True),
            Look(MARKED_WORD, person_names.is_marked_name, ".", 0.5, 3, common=True),
        ),
    },
    "free-text": {
        P: (Look(r"(?i)^([a-z]{2,}[-_]+){4,}[a-z]{2,}", among=".", share=0.001),),
        L: (Look(r"(?s)[^\s]\s+([^\s]+\s+){14}"),),
        X: (Look(r"(?s)^.{40}", digits.is_sentence),),
    },
}  # fmt: skip

# There is one id of who hands in, so no share is asked; that of a place may be like a street or a sentence.
for of_kind in (KINDS[each] for each in KINDS.keys() - {"street", "free-text", "passport", "name"}):
    of_kind[Column.SENDER] = of_kind[Column.PSEUDONYM]
# What accounting writes is an id, and has words and blanks like a text: it is looked at as both.
TEXTUAL = ("name", "e-mail", "iban", "street", "free-text")
for name, of_kind in KINDS.items():
    as_text = of_kind[Column.OTHER] if name in TEXTUAL else ()
    of_kind[Column.BOOKING] = (*of_kind[Column.PSEUDONYM], *as_text)
# Its numbers begin with a 0 and are parted like those of telephones, none with the code of a country.
KINDS["telephone"][Column.BOOKING] += (
    Look(r"^\+[ (0)]{0,20}[1-9][0-9 ()/.-]{5,18}[0-9]$", digits.is_telephone),
)
KINDS["name"][Column.SENDER] = (
    Look(r"(?i)^[a-z]{7,}$|[._-]|[a-z][A-Z]", person_names.is_named_sender),
    Look(r"(?i)^[a-z][._-][a-z]{4,}[0-9]*$", person_names.is_name),
)


def in_text(text: str, column: Column) -> Iterator[str]:
    """The kinds that a single text is of, by form and confirmation alone."""
    for kind, by in KINDS.items():
        if any(re.search(look.form, text) and look.confirm(text) for look in by.get(column, ())):
            yield kind


def announced_kind(heading: str) -> str | None:
    """The kind of personal detail that a column of this name announces, `special` for Art. 9, or None."""
    found, whole = heading_words(heading), "".join(heading_words(heading))
    said = {*found, *words(heading), whole}
    said |= {first + second for first, second in pairwise(found)}
    of = lists()["headings"]
    special = of[SPECIAL]
    if any(word.startswith(tuple(special["beginnings"])) for word in said - set(special["but"])):
        return SPECIAL
    for each, by in of.items():
        if each not in (SPECIAL, "whose") and said & set(by["words"]):
            return str(each)
    whose = said & set(of["whose"]["words"]) and not _is_of_persons(found)
    return NAME if any(word in ("name", "names") for word in found) and not whose else None


def says_nothing(heading: str, values: Sequence[str]) -> bool:
    """Whether none of the values of a column can be what its heading announces: `Telefon (Anzahl)` with
    counts, `Adresse gemeldet` with yes and no, `Pass gültig bis` with days of the programme.

    Single letters may be initials, numbers those of houses or days; such a column is believed by its heading.
    """
    kind, of = announced_kind(heading), lists()["answers"]
    counts = {*of["counting"]} & {*heading_words(heading)} or kind not in ("street", "birth-date")
    answers = {word for word in of["yes-no"] if kind != NAME or len(word) > 1}
    answers |= {*of["states"]} if kind not in (NAME, "free-text") else set()
    return bool(values) and all(
        plain_letters(value).strip(" .!") in answers
        or (bool(counts) and COUNT.fullmatch(value) is not None)
        or (kind not in (NAME, "birth-date", "free-text") and digits.is_day_of_the_programme(value))
        for value in values
    )


def is_of_professions(heading: str) -> bool:
    """Whether a column of this name holds professions, and not who has them."""
    found, of = heading_words(heading), lists()["professions"]
    called = any(word.startswith(tuple(of["but"])) for word in found)  # Job (Ansprechpartner): Koch, Müller
    return bool({*found} & {*of["headings"]}) and not called and announced_kind(heading) is None


def is_of_accounts(heading: str) -> bool:
    """Whether a column of this name holds accounts or keys of an office, and is of no person."""
    found = heading_words(heading)
    return not _is_of_persons(found) and any(
        word.startswith(tuple(lists()["accounts"]["beginnings"])) for word in found
    )


def _is_of_persons(found: Iterable[str]) -> bool:
    """Whether one of the words of a heading is who somebody is: a tenant, a participant, a mother."""
    of = lists()["persons"]
    begins, ends = tuple(of["beginnings"]), tuple(of["ends"])
    return any(word in of["words"] or word.startswith(begins) or word.endswith(ends) for word in found)


def kinds_in(heading: str) -> Iterator[str]:
    """The kinds of personal details that a heading, or what is in parentheses in it, is of."""
    yield from dict.fromkeys(
        kind for text in (heading, *REMARK.findall(heading)) for kind in in_text(text, Column.LABEL)
    )


def unknown(part: Part) -> dict[str, str]:
    """Column -> heading, of the columns that neither the format nor a profile knows."""
    if part.origins:
        return {}  # a profile took what it knows; the rest of the file is looked at by itself
    return {
        column: heading.strip()
        for column, heading in zip(part.columns, part.headings, strict=False)
        if column not in part.present
    }


def special_columns(part: Part) -> frozenset[str]:
    """The columns of a part that Art. 9 GDPR is about: they are neither read nor kept."""
    pairs = unknown(part).items()
    return frozenset(column for column, heading in pairs if announced_kind(heading) == SPECIAL)


def sender_name(part: Part, column: str) -> str:
    """The column as its sender knows it; by its place where its heading is a value itself, `#7`."""
    heading = unknown(part).get(column)
    if heading is None:
        return part.origin(column).heading
    is_value = next(kinds_in(heading), None)
    return heading if heading and not is_value else f"#{part.columns.index(column) + 1}"


def heading_faults(part: Part) -> Iterator[Group]:
    """A fault for each heading that is a personal detail or announces one, a notice for Art. 9."""
    for column, heading in unknown(part).items():
        fault = partial(group, place=part.place, line=part.header_line, column=sender_name(part, column))
        kind = announced_kind(heading)
        yield from (fault(f"{RULE}{found}") for found in kinds_in(heading))
        if kind == SPECIAL:
            yield fault(SPECIAL_COLUMN)
        elif kind:
            yield fault(HEADING, wording={"kind": rules()[f"{RULE}{kind}"].kind})
