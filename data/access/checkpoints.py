"""What the log says of entries that are gone, signed: whoever may write the log can't say it in our place.

The key lies with the keys of the releases and is made when something is let go for the first time. What is
signed is the whole entry with the hash of the one before it: a signature vouches for all that stands above.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from data.access.damages import DamagedAuditError, Fields
from data.foundation.keypairs import KeyPair, SigningKeyError, public
from data.foundation.settings import Settings

DOMAIN = b"integrationsmanagement-dashboard entry of the log 1\n"
UP_TO = ", up to entry "
SIGNED = re.compile(r", signed (?P<key>[0-9a-f]{16}) (?P<signature>[A-Za-z0-9+/]{86}==)")
WHAT = 4  # its place among the fields of an entry
ANEW = "python -m data audit --new-key"


def pair(settings: Settings) -> KeyPair:
    """The file of the key that signs."""
    return KeyPair(settings.log_key, ANEW)


def named(key: Ed25519PrivateKey) -> str:
    """By which an entry says which key signed it."""
    return public(key)[:16]


def signer(settings: Settings) -> Callable[[Fields], Fields]:
    """What gives an entry its signature, by the key that is there, or a first one. Raises SigningKeyError."""
    key = pair(settings).load() or pair(settings).make()

    def signed(fields: Fields) -> Fields:
        said = f", signed {named(key)} {base64.b64encode(key.sign(_payload(fields))).decode()}"
        # Before the place up to which entries are gone: an older program looks for that at the end.
        before, up_to, after = str(fields[WHAT]).partition(UP_TO)
        return (*fields[:WHAT], before + said + up_to + after, *fields[WHAT + 1 :])

    return signed


def check(settings: Settings, told: Sequence[Fields]) -> None:
    """Whether all of these, oldest first, were signed by a key of ours, or stand above one that was: older
    ones are of a time before signing, or by a key that was given up. Raises DamagedAuditError.
    """
    keys, vouched = _keys(settings) if told else {}, False
    for fields in reversed(told):
        found = SIGNED.search(str(fields[WHAT]))
        if found and (key := keys.get(found["key"])):
            _verify(key, fields, found)
            vouched = True
        elif not vouched and found and not keys:
            raise DamagedAuditError(
                f"Entry {fields[0]} of the log says what was let go of and is signed, but the key is gone: "
                f"{settings.log_key}. Put the file back from your backup. Without it nobody can tell whether "
                f"that entry is genuine. If it is lost for good, look at the log, then `{ANEW}`."
            )
        elif not vouched and (found or keys):
            why = "signed by another key than that" if found else "not signed by the key"
            raise DamagedAuditError(
                f"Entry {fields[0]} of the log says what was let go of, and is {why} of this installation "
                f"({settings.log_key}): it is forged, or the key was exchanged. Put both back from a backup, "
                f"and ask who may write in the store; a key that is lost: `{ANEW}`."
            )


def _verify(key: Ed25519PrivateKey, fields: Fields, found: "re.Match[str]") -> None:
    unsigned = str(fields[WHAT]).replace(found[0], "", 1)
    try:
        key.public_key().verify(
            base64.b64decode(found["signature"]),
            _payload((*fields[:WHAT], unsigned, *fields[WHAT + 1 :])),
        )
    except InvalidSignature:
        raise DamagedAuditError(
            f"Entry {fields[0]} of the log says what was let go of, and its signature does not match: it, or "
            "what stands before it, is forged. Put the log back from a backup, and ask who may write in the "
            "store."
        ) from None


def _keys(settings: Settings) -> Mapping[str, Ed25519PrivateKey]:
    """The key and those before it, by name."""
    try:
        found = [pair(settings).load(path) for path in pair(settings).files()]
    except SigningKeyError as error:
        raise DamagedAuditError(str(error)) from error
    return {named(key): key for key in found if key}


def _payload(fields: Fields) -> bytes:
    return DOMAIN + json.dumps(fields, ensure_ascii=False).encode()
