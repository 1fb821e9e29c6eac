"""A drop folder beside an empty store, and the command that looks into it once."""

import pytest

from data.commands import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A drop folder and an empty store."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))
    (tmp_path / "drop").mkdir()
    return tmp_path / "drop"


def once(folder):
    """The exit code of `watch --once`, which takes every file for one that lies still."""
    return main(["watch", str(folder), "--once", "--settle", "0"])
