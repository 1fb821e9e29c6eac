"""What a column of an office's file looks like: its heading, its values, and whether it is numbered."""

import re
from dataclasses import dataclass

import duckdb

from data.deliveries.profiles.language import NUMBER
from data.deliveries.profiles.source import Source
from data.sql import name

MOST_VALUES = 200  # different ones that are looked at; a list of the format has fewer


@dataclass(frozen=True)
class Seen:
    """A column, or those whose headings differ by a number only. `numbers` is empty for a single column.

    `values` are the most frequent values and how often they occur, `distinct` is how many there are.
    """

    heading: str
    numbers: tuple[int, ...]
    values: dict[str, int]
    filled: int
    distinct: int


def seen(connection: duckdb.DuckDBPyConnection, source: Source) -> list[Seen]:
    """All columns with a heading, in the order of the file."""
    cells = {f"#{at}": cell.strip() for at, cell in enumerate(source.part.headings) if cell.strip()}
    templates = {column: _template(heading) for column, heading in cells.items()}
    twice = {text for text, number in templates.values() if number == 2}
    grouped: dict[str, list[tuple[str, int]]] = {}
    for column, heading in cells.items():
        text, number = templates[column]
        repeats = number and twice and (text in twice or number == 1)
        grouped.setdefault(text if repeats else heading, []).append((column, number if repeats else 0))
    return [_seen(connection, source, heading, columns) for heading, columns in grouped.items()]


def _template(heading: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.*?)(\d{1,2})(\D*)", heading)
    return (f"{found[1]}{NUMBER}{found[3]}", int(found[2])) if found else (heading, 0)


def _seen(
    connection: duckdb.DuckDBPyConnection, source: Source, heading: str, columns: list[tuple[str, int]]
) -> Seen:
    rows = " union all ".join(f"select {name(column)} as v from {source.table}" for column, _ in columns)
    counted = connection.execute(f"select count(v), count(distinct v) from ({rows})").fetchone() or (0, 0)
    values = connection.execute(
        f"select v, count(*) as n from ({rows}) where v is not null group by v order by n desc, v "
        f"limit {MOST_VALUES}"
    ).fetchall()
    numbers = tuple(number for _, number in columns if number)
    return Seen(heading, numbers, dict(values), *counted)
