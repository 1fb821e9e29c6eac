"""The office of the deliveries' tests hands in here too; commands run on a store of their own."""

import pytest

from data.__main__ import main


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Run a command on the store of this test; gives exit code, stdout, stderr."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run
