"""An office with an empty store beside it: it draws rows, hands them in, and looks at what was stored.

The office of the deliveries' tests hands in here too; commands run on a store of their own.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.commands import main
from data.deliveries.checking.workbench import workbench
from data.deliveries.handin.results import Imported
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.store import deliveries
from data.foundation.settings import Settings
from tests.support import drawn


@dataclass
class Office:
    """Where it keeps its exports, and the store that it hands them in to."""

    folder: Path
    settings: Settings
    connection: duckdb.DuckDBPyConnection
    deliveries: int = 0

    def draws(self, **drawings: str) -> Path:
        """A delivery folder of drawn tables."""
        self.deliveries += 1
        return drawn.delivery(self.folder / f"delivery-{self.deliveries}", **drawings)

    def hands_in(
        self, path: Path | None = None, sender: str = "", day: str = "", **drawings: str
    ) -> Imported:
        """The result of importing a path, or of importing drawn tables."""
        if path is None:
            path, sender = self.draws(sender=sender or "amt-a", **drawings), ""
        handin = HandIn(sender or None, day or None, confirm="drawn like this in a test")
        return import_delivery(path, self.settings, handin, connection=self.connection)

    def stored(self, table: str, columns: str = "*") -> list[tuple[Any, ...]]:
        """The rows of a table of all current deliveries."""
        files = [str(each.tables[table]) for each in deliveries.current_tables(self.settings)[table]]
        return duckdb.sql(f"select {columns} from read_parquet({files})").fetchall()


@pytest.fixture(scope="session")
def connection():
    with workbench() as connection:
        yield connection


@pytest.fixture
def office(tmp_path, connection):
    (tmp_path / "exports").mkdir()
    return Office(tmp_path / "exports", Settings(tmp_path / "store", "localhost", 0), connection)


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Run a command on the store of this test; gives exit code, stdout, stderr."""
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "store"))

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return run
