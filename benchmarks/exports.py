"""Exports of any size, written by DuckDB: `ziele.csv` as an office's program would write it."""

from pathlib import Path

import duckdb

from data.foundation.sql import literal

GOALS_PER_CASE = 10
AREAS = "['Sprache', 'Schulbildung', 'Arbeitsmarkt', 'Weiterqualifizierung', 'Gesellschaftliche Teilhabe']"
# Umlauts make Windows-1252 what it is; no goal has any, so a column of the sender's own brings them in, as it
# would in real life.
CASE = "'FALL-' || lpad(((i - 1) // {per})::varchar, 8, '0')"


def goals(folder: Path, rows: int, encoding: str = "cp1252") -> Path:
    """`ziele.csv` with this many sound rows; about 70 bytes each."""
    utf8, target = folder / f"ziele-{rows}.utf8.csv", folder / "ziele.csv"
    start = "date '2019-01-01' + (i * 7919 % 1500)::int"
    done = "i % 3 = 0"
    _copy(
        f"select 'Z-' || lpad(i::varchar, 9, '0') as ziel_id, {CASE.format(per=GOALS_PER_CASE)} as fall_id, "
        f"{AREAS}[1 + i * 31 % 5] as zielbereich, "
        f"case when {done} then 'Ziel erreicht' else 'In Umsetzung' end as zielstatus, "
        f"strftime({start}, '%d.%m.%Y') as vereinbart_am, "
        f"strftime({start} + 365, '%d.%m.%Y') as frist, "
        f"case when {done} then strftime({start} + 200, '%d.%m.%Y') end as abgeschlossen_am, "
        f"case when i % 50 = 0 then 'Büro Süd' end as stelle "
        f"from range(1, {rows} + 1) as r(i)",
        utf8,
    )
    with (
        utf8.open(encoding="utf-8", newline="") as reading,
        target.open("w", encoding=encoding, newline="") as writing,
    ):
        while chunk := reading.read(2**22):
            writing.write(chunk)
    utf8.unlink()
    return target


def cases(folder: Path, goal_rows: int) -> Path:
    """`faelle.csv` with the cases that these goals refer to."""
    target = folder / "faelle.csv"
    _copy(
        f"select {CASE.format(per=GOALS_PER_CASE)} as fall_id, '08111000' as ags, "
        f"'01.01.2018' as aufnahme_am from range(1, {goal_rows} + 1, {GOALS_PER_CASE}) as r(i)",
        target,
    )
    return target


def _copy(query: str, target: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"copy ({query}) to {literal(str(target))} (header, delimiter ';')")
