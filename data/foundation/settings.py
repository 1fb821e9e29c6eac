"""The settings of this installation: environment variables become one frozen `Settings`."""

import ipaddress
import os
from dataclasses import dataclass, field, fields
from pathlib import Path

from data.foundation.limits import LIMITS, Limits
from data.foundation.parameters import Parameters


@dataclass(frozen=True)
class Settings:
    """Where the store is, where the dashboard is served, and how large a delivery may be."""

    store: Path
    address: str
    port: int
    limits: Limits = LIMITS
    # Internal pages have no sign-in yet, so they are closed unless somebody opens them on purpose.
    internal: bool = False
    # Addresses and names at which the server of this process is reached; a command is no server.
    reached_at: tuple[str, ...] = ()
    protection: Parameters = field(default_factory=Parameters)
    keys_file: Path | None = None
    texts: Path | None = None
    legal: Path | None = None
    responsible: Path | None = None

    @property
    def keys(self) -> Path:
        """The file with the keys of the releases: outside every database."""
        return self.keys_file or self.store / "keys" / "release-keys.json"

    @property
    def groupings(self) -> Path:
        """The list of groupings that this installation keeps; there is none until one was handed in."""
        return self.store / "groupings.csv"

    @property
    def only_from_here(self) -> bool:
        """Whether nobody but who sits at this machine reaches this process."""
        return all(_is_loopback(name) for name in self.reached_at)


_reached_at: tuple[str, ...] = ()


def serve(*names: str) -> None:
    """Say that this process is a server, and at which addresses and names it is reached."""
    global _reached_at
    _reached_at = names


def from_environment() -> Settings:
    """The settings of this process. This is the only reader of `os.environ`.

    `DASHBOARD_STORE` (folder), `DASHBOARD_ADDRESS`, `DASHBOARD_PORT`; `DASHBOARD_INTERNAL=1` opens
    the internal pages; `DASHBOARD_LIMIT_…` for each of the `Limits`; `DASHBOARD_PROTECTION_…` for each of
    the `Parameters` of releases; `DASHBOARD_RESPONSIBLE` (file) for who answers for which area;
    `DASHBOARD_KEYS` (file) for the keys of releases; `DASHBOARD_TEXTS` (folder) for
    further languages of the pages; `DASHBOARD_LEGAL` (folder) for imprint, privacy and accessibility.
    """
    return Settings(
        store=Path(os.environ.get("DASHBOARD_STORE") or Path(__file__).parents[1] / "store").resolve(),
        address=os.environ.get("DASHBOARD_ADDRESS", "localhost"),
        port=int(os.environ.get("DASHBOARD_PORT", "8501")),
        limits=Limits(
            **{
                one.name: int(_of(f"LIMIT_{one.name.upper()}", getattr(LIMITS, one.name)))
                for one in fields(Limits)
            }
        ),
        internal=os.environ.get("DASHBOARD_INTERNAL") == "1",
        reached_at=_reached_at,
        protection=Parameters(
            deviation=int(_of("PROTECTION_DEVIATION", Parameters.deviation)),
            variance=float(_of("PROTECTION_VARIANCE", Parameters.variance)),
            blocked=int(_of("PROTECTION_BLOCKED", Parameters.blocked)),
            people=int(_of("PROTECTION_PEOPLE", Parameters.people)),
        ),
        keys_file=Path(keys).resolve() if (keys := os.environ.get("DASHBOARD_KEYS")) else None,
        texts=texts(),
        legal=legal(),
        responsible=Path(listed).resolve() if (listed := os.environ.get("DASHBOARD_RESPONSIBLE")) else None,
    )


def texts() -> Path | None:
    """`DASHBOARD_TEXTS` alone: pages ask for their language at every sentence."""
    return Path(folder).resolve() if (folder := os.environ.get("DASHBOARD_TEXTS")) else None


def legal() -> Path | None:
    """`DASHBOARD_LEGAL` alone: the foot of every page asks for it."""
    return Path(folder).resolve() if (folder := os.environ.get("DASHBOARD_LEGAL")) else None


def _of(name: str, default: float) -> str:
    return os.environ.get(f"DASHBOARD_{name}") or str(default)


def _is_loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
