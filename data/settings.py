"""The settings of this installation: environment variables become one frozen `Settings`."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """Where the store is and where the dashboard is served."""

    store: Path
    address: str
    port: int


def from_environment() -> Settings:
    """The settings of this process. This is the only reader of `os.environ`.

    `DASHBOARD_STORE` (folder), `DASHBOARD_ADDRESS`, `DASHBOARD_PORT`.
    """
    return Settings(
        store=Path(os.environ.get("DASHBOARD_STORE") or Path(__file__).parent / "store").resolve(),
        address=os.environ.get("DASHBOARD_ADDRESS", "localhost"),
        port=int(os.environ.get("DASHBOARD_PORT", "8501")),
    )
