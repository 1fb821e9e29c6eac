"""An office with an export of its own shape, an empty store, and profiles written in the test."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from data.deliveries.checking.workbench import workbench
from data.deliveries.handin.results import Imported
from data.deliveries.handin.work import HandIn, import_delivery
from data.deliveries.profiles import loading, saved
from data.deliveries.store import deliveries
from data.foundation.settings import Settings
from tests.support import drawn

SAMPLES = Path(__file__).parent / "samples"
SENDER = {"sender": "amt-a", "reporting_date": "30.09.2026"}

CASES = """
name = "test"
[[table]]
to = "faelle"
[table.columns]
fall_id = "Nr"
ags = "Ort"
aufnahme_am = { column = "Start", date = "M/D/YYYY" }
geschlecht = { column = "Sex", values = { "m" = "männlich" }, ignore = ["?"] }
"""
GOALS = """
[[table]]
to = "ziele"
repeat = 3
[table.columns]
ziel_id = { key = ["Nr", "{n}"] }
fall_id = "Nr"
zielbereich = "Ziel {n}"
zielstatus = "Stand {n}"
vereinbart_am = "Seit {n}"
"""
KNOWN = """
    Nr     | Ort      | Start     | Sex
    F-0001 | 08111000 | 1/5/2024  | m
    F-0002 | 08111000 | 12/24/2024 | ?
"""


@dataclass
class Office:
    """Where it keeps its exports, and the store that it hands them in to."""

    folder: Path
    settings: Settings
    connection: duckdb.DuckDBPyConnection

    def writes(self, name: str, drawing: str, encoding: str = "utf-8") -> Path:
        """A CSV file of a drawn table."""
        rows = drawn.rows(drawing)
        path = self.folder / name
        path.write_bytes(drawn.csv(rows, list(rows[0])).encode(encoding))
        return path

    def hands_in(
        self, path: Path, profile: str | None = None, with_rows: bool = False, **given: str
    ) -> Imported:
        """The result of importing a path with the text of a profile, or without one; warnings are confirmed."""
        read_as = loading.load(profile, "test.toml") if profile else None
        handin = HandIn(**(given or SENDER), profile=read_as, confirm="Test", with_rows=with_rows)
        return import_delivery(path, self.settings, handin, connection=self.connection)

    def stored(self, table: str) -> list[dict[str, str]]:
        """The filled cells of a table as text, row by row."""
        (stored,) = deliveries.current_tables(self.settings)[table]
        rows = duckdb.sql(f"select columns(*)::varchar from read_parquet('{stored.tables[table]}')")
        return [
            {column: cell for column, cell in zip(rows.columns, row, strict=True) if cell is not None}
            for row in rows.fetchall()
        ]


@pytest.fixture(scope="session")
def connection():
    with workbench() as connection:
        yield connection


@pytest.fixture
def office(tmp_path, connection):
    (tmp_path / "exports").mkdir()
    return Office(tmp_path / "exports", Settings(tmp_path / "store", "localhost", 0), connection)


def shipped(name: str) -> str:
    """The text of a shipped profile."""
    return (saved.SHIPPED / f"{name}.toml").read_text(encoding="utf-8")


def filled(drawing: str) -> list[dict[str, str]]:
    """The rows of a drawing without their empty cells."""
    return [{column: cell for column, cell in row.items() if cell} for row in drawn.rows(drawing)]


def said(imported: Imported) -> list[tuple[str, str, int | None, str | None, str | None]]:
    """The findings without their words."""
    return [(each.severity, each.rule, each.line, each.column, each.value) for each in imported.findings]
