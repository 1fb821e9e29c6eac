"""Keys, accounts and the log in a backup: one TAR inside one file of age (age-encryption.org/v1).

Opened by a passphrase, or by the private half of a key of which the server only knows the public one.
Without this program too: `age -d FILE | tar x`.
"""

import io
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import x25519

from data.foundation.errors import DashboardError

PASSPHRASE, RECIPIENT = "passphrase", "recipient"
SHORTEST = 12  # characters of a passphrase


class SealError(DashboardError):
    """A passphrase or key that is none, or not the one of this backup."""

    exit_code = 2


@dataclass(frozen=True)
class Seal:
    """What closes the part with the secrets: one of both."""

    passphrase: str = field(default="", repr=False)
    recipient: str = ""

    @property
    def opened_by(self) -> str:
        """What opens it again."""
        return PASSPHRASE if self.passphrase else RECIPIENT

    def close(self, contents: Mapping[str, bytes]) -> bytes:
        """Encrypt these files. Raises SealError."""
        if self.passphrase:
            if len(self.passphrase) < SHORTEST:
                raise SealError(f"A passphrase has at least {SHORTEST} characters. Nothing was backed up.")
            return bytes(by_passphrase.encrypt(_packed(contents), self.passphrase))
        try:
            public = x25519.Recipient.from_str(self.recipient)
        except pyrage.RecipientError:
            raise SealError(
                f"{self.recipient[:12]!r} … is no public key of age; one begins with age1. "
                "Nothing was backed up."
            ) from None
        return bytes(pyrage.encrypt(_packed(contents), [public]))


@dataclass(frozen=True)
class Opener:
    """What opens it: the passphrase, or the text of a file with a private key (AGE-SECRET-KEY-1…)."""

    passphrase: str = field(default="", repr=False)
    identity: str = field(default="", repr=False)

    def open(self, closed: bytes) -> dict[str, bytes]:
        """The files again. Raises SealError."""
        try:
            if self.passphrase:
                return _unpacked(bytes(by_passphrase.decrypt(closed, self.passphrase)))
            lines = [line.strip() for line in self.identity.splitlines()]
            keys = [x25519.Identity.from_str(line) for line in lines if line.startswith("AGE-SECRET-KEY-1")]
            return _unpacked(bytes(pyrage.decrypt(closed, keys)))
        except (pyrage.DecryptError, pyrage.IdentityError, tarfile.TarError):
            raise SealError(
                "Keys, accounts and the log of this backup can't be opened by that passphrase or key. "
                "Nothing was changed."
            ) from None


def public_of(identity: Path) -> str:
    """The public key of a file with a private one. Raises SealError, OSError."""
    for line in identity.read_text(encoding="utf-8").splitlines():
        if line.startswith("AGE-SECRET-KEY-1"):
            return str(x25519.Identity.from_str(line.strip()).to_public())
    raise SealError(f"{identity} holds no private key of age.")


def _packed(contents: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same files."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(contents):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(contents[name]), 0o600
            tar.addfile(entry, io.BytesIO(contents[name]))
    return written.getvalue()


def _unpacked(packed: bytes) -> dict[str, bytes]:
    found = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        for entry in tar:
            read = tar.extractfile(entry)
            if read:
                found[entry.name] = read.read()
    return found
