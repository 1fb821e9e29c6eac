"""A publisher with three releases, the newest under an embargo, and the empty store of a reader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.foundation.settings import Settings
from tests.support import stores
from tests.support.handed_out import Publisher, handing_out


@pytest.fixture
def publisher(several: Path, tmp_path: Path) -> Iterator[Publisher]:
    store = stores.copied(several.parent, tmp_path / "publisher").settings.store
    with handing_out(store) as found:
        yield found


@pytest.fixture
def reader(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "reader", "localhost", 0)
