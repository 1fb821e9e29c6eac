"""3 million goals in Windows-1252: against DuckDB's bare typed reading, and pandas'."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks import exports, offices
from benchmarks.measured import compared, in_turns
from benchmarks.promises import Figure, Promise
from data.foundation.sql import literal

ROWS = 3_000_000
DATES = ["vereinbart_am", "frist", "abgeschlossen_am"]
COLUMNS = ["ziel_id", "fall_id", "zielbereich", "zielstatus", *DATES, "stelle"]
MEASURED = f"hand-in of {ROWS:,} goals (250 MB, Windows-1252), every check and the guard"
PROMISES = (
    Promise("goals-duckdb", MEASURED, "DuckDB's bare typed `read_csv` into a table", at_most=4),
    Promise("goals-pandas", MEASURED, "pandas' `read_csv` with types", below=0.5),
)


def figures(folder: Path, rows: int = ROWS) -> Iterator[Figure]:
    """Everything from receiving to the entry in the register is ours; the baselines only read."""
    settings = offices.with_cases(folder, rows)
    goals = exports.goals(folder, rows)
    utf8 = folder / "utf8.csv"  # DuckDB reads no Windows-1252; the conversion is not counted against it
    utf8.write_bytes(goals.read_bytes().decode("cp1252").encode())
    ours, bare = in_turns(lambda: offices.hand_in_goals(goals, settings), lambda: _duckdb(utf8))
    (pandas,) = in_turns(lambda: _pandas(goals), rounds=1)
    yield compared("goals-duckdb", ours, bare)
    yield compared("goals-pandas", ours, pandas)


def _duckdb(file: Path) -> None:
    columns = {column: "date" if column in DATES else "varchar" for column in COLUMNS}
    with duckdb.connect() as connection:
        connection.execute(
            f"create table goals as from read_csv({literal(str(file))}, auto_detect = false, header = true, "
            f"delim = ';', quote = '\"', escape = '\"', dateformat = '%d.%m.%Y', columns = {columns})"
        )


def _pandas(file: Path) -> None:
    types = {column: "str" for column in COLUMNS if column not in DATES}
    pd.read_csv(file, sep=";", encoding="cp1252", dtype=types, parse_dates=DATES, date_format="%d.%m.%Y")
