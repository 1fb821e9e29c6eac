"""The office of the deliveries' tests, and the details of persons that it must not hand in."""

import pytest


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """A folder for temporary files that a test can search afterwards."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder
