"""A whole delivery of 50,000 rows as a workbook: against calamine's bare reading and the CSV's time."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks import offices
from benchmarks.measured import compared, in_turns
from benchmarks.promises import Figure, Promise

CASES, GOALS = 10_000, 40_000
PROMISES = (
    Promise(
        "book",
        f"hand-in of a workbook of {CASES + GOALS:,} rows",
        "1.5 × calamine's bare reading and the same as CSV",
        at_most=1,
    ),
)


def figures(folder: Path, cases: int = CASES, goals: int = GOALS) -> Iterator[Figure]:
    """The same rows as a workbook with real dates and as CSV files."""
    tables = {"lieferung": HEAD, "faelle": _cases(cases), "ziele": _goals(cases, goals)}
    book, files = folder / "delivery.xlsx", folder / "delivery"
    files.mkdir(parents=True)
    with duckdb.connect() as connection:
        sheets = Workbook(write_only=True)
        for name, query in tables.items():
            rows = connection.sql(query)
            rows.write_csv(str(files / f"{name}.csv"), sep=";", date_format="%d.%m.%Y")
            sheet = sheets.create_sheet(name)
            sheet.append(rows.columns)
            for row in rows.fetchall():
                sheet.append(row)
        sheets.save(book)
    ours, csv, bare = in_turns(
        lambda: offices.hand_in(book, folder / "store"),
        lambda: offices.hand_in(files, folder / "store"),
        lambda: _calamine(book),
    )
    yield compared("book", ours, 1.5 * bare + csv)


HEAD = (
    "select 'amt-b' as absender_id, 'Amt B' as absender_name, 'Landkreis' as absender_art, "
    "date '2026-09-30' as stichtag, '1' as format_version"
)


def _cases(cases: int) -> str:
    return (
        "select 'CASE-' || lpad(i::varchar, 6, '0') as fall_id, '08111000' as ags, "
        "date '2020-01-01' + (i * 7919 % 1500)::int as aufnahme_am, "
        "['weiblich', 'männlich'][1 + i % 2] as geschlecht, ['18-26', '27-44'][1 + i % 2] as altersgruppe, "
        "['SY', 'UA', 'AF'][1 + i % 3] as herkunftsland, ['A1', 'A2', 'B1'][1 + i % 3] as sprachniveau, "
        f"['keine', 'Minijob'][1 + i % 2] as beschaeftigung from range({cases}) as r(i)"
    )


def _goals(cases: int, goals: int) -> str:
    return (
        "select 'GOAL-' || lpad(i::varchar, 6, '0') as ziel_id, "
        f"'CASE-' || lpad((i % {cases})::varchar, 6, '0') as fall_id, "
        "['Sprache', 'Wohnung'][1 + i % 2] as zielbereich, 'In Umsetzung' as zielstatus, "
        "date '2024-02-01' + (i % 500)::int as vereinbart_am, date '2025-09-01' + (i % 500)::int as frist "
        f"from range({goals}) as r(i)"
    )


def _calamine(book: Path) -> None:
    opened = CalamineWorkbook.from_path(str(book))
    for name in opened.sheet_names:
        opened.get_sheet_by_name(name).to_python()
