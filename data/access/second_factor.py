"""The second factor: codes of an app that change every 30 seconds (TOTP, RFC 6238), and recovery codes."""

import secrets
import time

import pyotp

ISSUER = "Integrationsmanagement"
SECONDS = 30
EITHER_SIDE = 1  # codes of the step before and after are good too: clocks differ
RECOVERY = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike


def new_secret() -> str:
    """A secret of 160 random bits in base 32, as RFC 4226 asks."""
    return pyotp.random_base32(32)


def address(secret: str, name: str) -> str:
    """The `otpauth:` address that an app takes over, as text or as a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(code: str, secret: str, after: int = 0, now: float | None = None) -> int | None:
    """The step of time to which this code belongs, if it is good now and later than the step `after`.

    What was used once is good no more: whoever looks over a shoulder comes too late (RFC 6238, 5.2).
    """
    digits = code.replace(" ", "")
    at = int((time.time() if now is None else now) // SECONDS)
    totp = pyotp.TOTP(secret)
    for step in range(at - EITHER_SIDE, at + EITHER_SIDE + 1):
        if step > after and secrets.compare_digest(totp.at(step * SECONDS).encode(), digits.encode()):
            return step
    return None


def recovery_codes() -> tuple[str, ...]:
    """Ten codes of 50 bits, for whoever has lost the app. Each is good once."""
    return tuple("-".join(_letters(5) for _ in range(2)) for _ in range(RECOVERY))


def as_kept(code: str) -> str:
    """A recovery code as typed, without what people add to it."""
    return "".join(sign for sign in code.upper() if sign in LETTERS)


def _letters(many: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(many))
