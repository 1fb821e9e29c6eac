"""Key pairs of this installation: Ed25519, made where they are first needed, in files that it alone reads.

What they sign begins with a line that says what it is, so that no signature is ever one of something else.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from data.foundation import durable
from data.foundation.errors import DashboardError

MODE = 0o600
OTHERS = 0o077


class SigningKeyError(DashboardError):
    """The key that signs is missing, is none, or can be read by others."""

    exit_code = 4


@dataclass(frozen=True)
class KeyPair:
    """The file of one key, and the command that makes another in its place."""

    path: Path
    anew: str

    def load(self, path: Path | None = None) -> Ed25519PrivateKey | None:
        """The key; None if there is none (yet). `path`: of one before it. Raises SigningKeyError."""
        path = path or self.path
        try:
            mode, text = path.stat().st_mode & 0o777, path.read_bytes()
        except FileNotFoundError:
            return None
        if mode & OTHERS:
            raise SigningKeyError(
                f"{path} can be read by others (mode {mode:04o}). Run `chmod 600 {path}`; find out who read "
                f"it, and if anybody did: `{self.anew}`."
            )
        try:
            found = load_pem_private_key(text, None)
        except (ValueError, TypeError):
            found = None
        if not isinstance(found, Ed25519PrivateKey):
            raise SigningKeyError(f"{path} holds no key. Put the file back from your backup.")
        return found

    def make(self) -> Ed25519PrivateKey:
        """A new key; the one before gets another name and is never deleted."""
        made = Ed25519PrivateKey.generate()
        durable.mkdir(self.path.parent, mode=0o700)
        if self.path.exists():
            old = hashlib.sha256(self.path.read_bytes()).hexdigest()[:16]
            durable.rename(self.path, self.path.with_name(f"{self.path.name}.until-{old}"))
        private = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        durable.replace(self.path, private, MODE)
        return made

    def files(self) -> list[Path]:
        """The key that signs, and those before it."""
        found = self.path.parent.glob(f"{self.path.name}*")
        return sorted(each for each in found if ".new" not in each.suffixes)


def public(key: Ed25519PrivateKey) -> str:
    """What everybody may know of it, 32 bytes as hexadecimal."""
    return key.public_key().public_bytes_raw().hex()
