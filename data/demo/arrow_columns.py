"""Columns of a table as Arrow arrays: a choice from a list, a day, an amount, a pseudonym."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from data.demo.drawing import NEVER, Integers
from data.demo.land import Municipalities

LETTERS = np.frombuffer(b"bcdfghjkmnpqrstvwxyz", dtype=np.uint8)
SIGNS = np.frombuffer(b"bcdfghjkmnpqrstvwxyz0123456789", dtype=np.uint8)
# A letter at least at every third place: no run of digits can be taken for a date, a phone or an AZR number.
ID_PATTERN = (LETTERS, SIGNS, SIGNS, LETTERS, SIGNS, SIGNS, LETTERS, SIGNS)
BITS = np.uint64(37)  # 2^37 < 20^3 * 30^5, the number of pseudonyms that can be written


def choice(codes: Integers, values: Sequence[str]) -> pa.Array:
    """Values of a list by their positions; -1 is missing."""
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(values, pa.string()))


def constant(value: str, count: int) -> pa.Array:
    """The same value in every row."""
    return choice(np.zeros(count, dtype=np.int64), [value])


def days(numbers: Integers) -> pa.Array:
    """Dates from days since 1970-01-01; `NEVER` is missing."""
    return pa.array(numbers.astype(np.int32), mask=numbers == NEVER).cast(pa.date32())


def integers(numbers: Integers) -> pa.Array:
    """Whole numbers; -1 is missing."""
    return pa.array(numbers, mask=numbers < 0)


def areas(places: Municipalities, kreis: int, place: Integers) -> dict[str, pa.Array]:
    """The columns ags and kreis, of which exactly one is filled: the Kreis where `place` is -1."""
    return {
        "ags": choice(place, places.ags),
        "kreis": choice(np.where(place < 0, 0, -1), [places.kreise[kreis]]),
    }


def hundredths(numbers: Integers) -> pa.Array:
    """Decimals with two places from whole hundredths (cents of a euro, hundredths of a VZÄ)."""
    halves = np.stack([numbers, numbers >> 63], axis=1).astype("<i8")
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(numbers), [None, pa.py_buffer(halves.tobytes())])


def pseudonyms(rng: np.random.Generator, count: int) -> pa.Array:
    """`count` different pseudonyms of 8 signs: a counter, scrambled by reversible steps."""
    mask = np.uint64((1 << int(BITS)) - 1)
    mixed = np.arange(count, dtype=np.uint64) + rng.integers(0, 1 << 36, dtype=np.uint64)
    for shift in (19, 17, 21):
        factor = rng.integers(0, 1 << 36, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
        mixed = (mixed * factor) & mask
        mixed ^= mixed >> np.uint64(shift)
    signs = np.empty((count, len(ID_PATTERN)), dtype=np.uint8)
    for place, alphabet in enumerate(ID_PATTERN):
        mixed, rest = np.divmod(mixed, np.uint64(len(alphabet)))
        signs[:, place] = alphabet[rest]
    ends = np.arange(0, (count + 1) * len(ID_PATTERN), len(ID_PATTERN), dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(signs.tobytes()))
