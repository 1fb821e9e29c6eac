"""Record keys and cell keys: integers and hashes, so that the same records give the same noise everywhere.

Source: the cell-key method; the hash of the cell key follows from a trial in which additive keys leaked.
K1 and K2 are secrets. They never enter SQL, a database, a log or the repository.
"""

import hashlib
from collections.abc import Iterable

import numpy as np

MODULUS = 2**32
VERSION = "v1"
_BLOCK = 64  # bytes of one block of SHA-256

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Shares = np.ndarray[tuple[int], np.dtype[np.float64]]


def record_keys(k1: bytes, unit: str, sender: str, records: Iterable[str]) -> Numbers:
    """The keys of units (case, goal, consultation) of one sender: 32 bits, unsigned, the same for ever."""
    before = f"rk|{VERSION}|{unit}|{sender}|".encode()
    return np.frombuffer(_digests(k1, (before + record.encode() for record in records)), ">u4")[::8].astype(
        np.int64
    )


def cell_keys(k2: bytes, key_sums: Iterable[int], counts: Iterable[int]) -> Shares:
    """The key of each cell in [0, 1), from the sum of its record keys and its count."""
    texts = (b"%d|%d" % (key_sum, count) for key_sum, count in zip(key_sums, counts, strict=True))
    return (np.frombuffer(_digests(k2, texts), ">u8")[::4] >> np.uint64(11)) / 2.0**53


def salt(k2: bytes, use: str) -> str:
    """A secret of its own for one use, from which nothing of K2 can be worked out."""
    return _digests(k2, [f"salt|{VERSION}|{use}".encode()]).hex()


def fingerprint(key: bytes) -> str:
    """What tells whether a key is the same one, and nothing about it."""
    return _digests(key, [b"fingerprint"]).hex()[:16]


def _digests(key: bytes, texts: Iterable[bytes]) -> bytes:
    """HMAC-SHA256 (RFC 2104) of each text, one after another.

    Written out, because `hmac.digest` looks its hash up anew at each call and takes four times as long; a
    test compares the two. The key is hashed once. Raises ValueError for one that is longer than a block.
    """
    if len(key) > _BLOCK:
        raise ValueError(f"a key has at most {_BLOCK} bytes")
    padded = key.ljust(_BLOCK, b"\0")
    begun = (hashlib.sha256(bytes(byte ^ by for byte in padded)) for by in (0x36, 0x5C))
    inner, outer = (each.copy for each in begun)
    found = []
    for text in texts:
        of_text = inner()
        of_text.update(text)
        of_both = outer()
        of_both.update(of_text.digest())
        found.append(of_both.digest())
    return b"".join(found)
