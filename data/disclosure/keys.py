"""Record keys and cell keys: integers and hashes, so that the same records give the same noise everywhere.

Source: the cell-key method; the hash of the cell key follows from a trial in which additive keys leaked.
K1 and K2 are secrets. They never enter SQL, a database, a log or the repository.
"""

import hashlib
import hmac
from collections.abc import Iterable

MODULUS = 2**32
VERSION = "v1"


def record_key(k1: bytes, unit: str, sender: str, record: str) -> int:
    """The key of one counted unit (case, goal, consultation): 32 bits, unsigned, the same for ever."""
    text = f"rk|{VERSION}|{unit}|{sender}|{record}".encode()
    return int.from_bytes(hmac.digest(k1, text, hashlib.sha256)[:4], "big")


def record_keys(k1: bytes, unit: str, sender: str, records: Iterable[str]) -> list[int]:
    """The keys of many units of one sender."""
    return [record_key(k1, unit, sender, record) for record in records]


def cell_key(k2: bytes, key_sum: int, count: int) -> float:
    """The key of a cell in [0, 1), from the sum of its record keys and its count."""
    digest = hmac.digest(k2, f"{key_sum % MODULUS}|{count}".encode(), hashlib.sha256)
    return int.from_bytes(digest[:7], "big") / 2**56
