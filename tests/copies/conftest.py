"""A publisher with three releases, the newest under an embargo, and the empty store of a reader."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from data.foundation.settings import Settings
from data.releases.afterwards.copies import pulled
from tests.support import stores
from tests.support.handed_out import Publisher, handing_out


@pytest.fixture
def publisher(several: Path, tmp_path: Path) -> Iterator[Publisher]:
    store = stores.copied(several.parent, tmp_path / "publisher").settings.store
    with handing_out(store) as found:
        yield found


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No copy waits for others."""
    monkeypatch.setattr(pulled, "TOGETHER", timedelta())


@pytest.fixture
def reader(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "reader", "localhost", 0)
