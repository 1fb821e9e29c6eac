"""Cite codes: `IM-26Q2-7K3F-9M2P` is a figure of a release, packed into letters. Pure.

After `IM` stands the release, then 8 signs, or 12 where a comparison or choices of a figure need them, 16 or
20 for several places; the last one is a check. Signs are those of Crockford's base 32 (no I, L, O, U; who
writes them is understood as 1, 1, 0, V). The check is a remainder in the field of 32 elements, over release
and signs: it finds every single wrong sign, and any two that changed places.
https://www.crockford.com/base32.html
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans("OILU", "011V")
PREFIX = "IM"
SHORT, LONG = 8, 12  # signs after the release
SIZES = (SHORT, LONG, 16, 20)  # the last two are for several places side by side
TAG = (
    4,
    7,
)  # signs of a release, at least and at most: so the length of a code tells how many stand behind it
FIGURE, PLACE, PERIOD = 9, 12, 11  # bits
FIXED = FIGURE + PLACE + PERIOD
# So that neighbours differ in more than one sign. It is odd, and so it can be undone.
MIXED = 0x2545F4914F6CDD1D
LONGEST = 60  # what is longer is no code


class NoCodeError(ValueError):
    """What is no code: `reason` is unread (of no such form), mistyped (the check fails) or release."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class Packed:
    """What a code holds beside its release, as numbers. `rest`: comparison and choices of the figure."""

    figure: int
    place: int
    period: int
    rest: int = 0


def tags(releases: Sequence[str]) -> dict[str, str]:
    """How codes name each of these releases, which are in the order in which they were made.

    It hangs on the releases before it alone, so it stays: 2026-Q2 is 26Q2, 2026-Q2-2 is 26Q22; a tag that
    another one has already ends with a number.
    """
    found: dict[str, str] = {}
    least, most = TAG
    for name in releases:
        tag = _folded(name.removeprefix("20"))[:most].ljust(least, "0")
        free, number = tag, 2
        while free in found.values():
            free = tag[: most - len(str(number))] + str(number)
            number += 1
        found[name] = free
    return found


def written(tag: str, packed: Packed) -> str:
    """The code; empty where something has a number too large for one, so that none is ever wrong."""
    fields = ((packed.figure, FIGURE), (packed.place, PLACE), (packed.period, PERIOD))
    value, at = 0, 0
    for number, bits in fields:
        if not 0 <= number < 2**bits:
            return ""
        value |= number << at
        at += bits
    value |= packed.rest << FIXED
    signs = next((size for size in SIZES if value < 2 ** _bits(size)), 0)
    if not signs or packed.rest < 0:
        return ""
    value = value * MIXED % 2 ** _bits(signs)
    body = "".join(ALPHABET[value >> 5 * place & 31] for place in range(signs - 1))
    body += ALPHABET[_check(tag + body)]
    return "-".join([PREFIX, tag, *(body[at : at + 4] for at in range(0, signs, 4))])


def read(text: str) -> tuple[str, Packed]:
    """The tag of the release and what a code holds, however it was typed. Raises NoCodeError."""
    signs = _folded(text) if len(text) <= LONGEST else ""
    own = _folded(PREFIX)
    signs = signs.removeprefix(own)
    least, most = TAG
    size = next((size for size in SIZES if size + least <= len(signs) <= size + most), 0)
    if not size or any(sign not in ALPHABET for sign in signs):
        raise NoCodeError("unread")
    if ALPHABET[_check(signs[:-1])] != signs[-1]:
        raise NoCodeError("mistyped")
    body = signs[-size:-1]
    value = sum(ALPHABET.index(sign) << 5 * place for place, sign in enumerate(body))
    value = value * pow(MIXED, -1, 2 ** _bits(size)) % 2 ** _bits(size)
    figure, value = value & 2**FIGURE - 1, value >> FIGURE
    place, value = value & 2**PLACE - 1, value >> PLACE
    period, rest = value & 2**PERIOD - 1, value >> PERIOD
    return signs[:-size], Packed(figure, place, period, rest)


def _bits(signs: int) -> int:
    return 5 * (signs - 1)


def _folded(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper()).translate(ALIKE)


def _check(signs: str) -> int:
    """The sum of all signs, each times a power of x of its own, in the field of x^5 + x^2 + 1."""
    found = 0
    for sign in signs:
        found = _times_x(found ^ ALPHABET.index(sign))
    return found


def _times_x(number: int) -> int:
    number <<= 1
    return number ^ 0b100101 if number & 32 else number
