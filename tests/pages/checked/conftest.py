"""A process for readers that has releases to check sentences beside."""

from pathlib import Path

import pytest


@pytest.fixture
def public(several: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_STORE", str(several))
    return several
