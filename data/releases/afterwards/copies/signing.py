"""The key by which copies of the releases know who published them: Ed25519, made at the first release.

It lies with the keys of the releases, mode 0600, and no process for the public ever reads it: what that
gives out was signed before. It signs lists and nothing else (`DOMAIN`).
"""

import base64
import hashlib
import json
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from data.foundation.errors import DashboardError
from data.foundation.keypairs import KeyPair
from data.foundation.keypairs import SigningKeyError as SigningKeyError
from data.foundation.keypairs import public as public
from data.foundation.settings import Settings

# What is signed begins with it, so that no signature of ours is ever one of something else.
DOMAIN = b"integrationsmanagement-dashboard list of releases 1\n"
GROUP = 8  # signs of a fingerprint that stand together


class ForgedError(DashboardError):
    """What was received is not what the publisher signed."""

    exit_code = 4


def load(settings: Settings) -> Ed25519PrivateKey | None:
    """The key of this installation; None before the first release. Raises SigningKeyError."""
    return _pair(settings).load()


def make(settings: Settings) -> Ed25519PrivateKey:
    """A new key; the one before gets another name and is never deleted."""
    return _pair(settings).make()


def files(settings: Settings) -> list[Path]:
    """The key that signs, and those before it."""
    return _pair(settings).files()


def fingerprint(key: str) -> str:
    """By which two people tell whether they mean the same public key, aloud if need be."""
    found = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32]
    return "-".join(found[at : at + GROUP] for at in range(0, len(found), GROUP))


def sign(key: Ed25519PrivateKey, payload: str) -> str:
    """The payload with its signature and the key that says it, as JSON."""
    signed = base64.b64encode(key.sign(DOMAIN + payload.encode())).decode()
    return json.dumps({"payload": payload, "signature": signed, "key": public(key)}, ensure_ascii=False)


def opened(envelope: bytes) -> tuple[str, str]:
    """What was signed, and the key it was signed with: whoever asks decides whether that is the right one.

    Raises ForgedError, also for what is no signed list at all.
    """
    try:
        read = json.loads(envelope)
        payload, signature, key = (read[name] for name in ("payload", "signature", "key"))
        if not all(isinstance(each, str) for each in (payload, signature, key)):
            raise TypeError
        checked = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
        checked.verify(base64.b64decode(signature, validate=True), DOMAIN + payload.encode())
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ForgedError(
            "What this address answers is no signed list of releases. Is it the address of a dashboard that "
            "publishes? Nothing was changed."
        ) from None
    except InvalidSignature:
        raise ForgedError(
            "The signature of the list does not match: it was altered on its way. Nothing was changed."
        ) from None
    return payload, checked.public_bytes_raw().hex()


def _pair(settings: Settings) -> KeyPair:
    return KeyPair(settings.signing_key, "python -m data key --new")
