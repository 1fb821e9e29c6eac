"""Rows of totals and notes among the cases of a sheet, and the words by which a profile leaves them out."""

from dataclasses import dataclass, field

import duckdb

from data.deliveries.format import margins
from data.deliveries.format.schema import Table
from data.deliveries.profiles.evidence import Pairs
from data.deliveries.profiles.tablepart import Source, is_key
from data.deliveries.profiles.values import omitted
from data.foundation.sql import identifier

MOST = 1_000  # of the rows that lack something, the last ones: totals stand at the end
Words = dict[str, tuple[str, ...]]  # heading -> words


@dataclass(frozen=True)
class LeftOut:
    """The rows that are none of the table: the words they begin with, whether the last one is a total without
    a word, and how many they are.
    """

    words: Words = field(default_factory=dict)
    sums: bool = False
    rows: int = 0


def left_out(connection: duckdb.DuckDBPyConnection, source: Source, table: Table, pairs: Pairs) -> LeftOut:
    """Rows that lack something every row of the table has, and begin with a word of totals, or are the sums
    of all others; they are deleted from the source, so that none of their cells says anything about a column.
    """
    words, rows = _worded(connection, source, table, pairs)
    keys = [
        identifier(str(source.column(pairs[name][0].heading))) for name in pairs if is_key(table.name, name)
    ]
    total = omitted.total(connection, source.table, len(source.part.headings), {}, keys)
    if total is not None:
        connection.execute(f'delete from {source.table} where "#place" = {total}')
    return LeftOut(words, total is not None, rows + (total is not None))


def _worded(
    connection: duckdb.DuckDBPyConnection, source: Source, table: Table, pairs: Pairs
) -> tuple[Words, int]:
    required = [
        identifier(str(source.column(pairs[field.name][0].heading)))
        for field in table.fields
        if field.required and field.name in pairs
    ]
    found: dict[str, dict[str, None]] = {}
    if required:
        incomplete = " or ".join(f"{column} is null" for column in required)
        columns = ", ".join(identifier(f"#{at}") for at in range(len(source.part.headings)))
        last = f'where {incomplete} order by "#place" desc limit {MOST}'
        for cells in connection.execute(f"select {columns} from {source.table} {last}").fetchall():
            # The running number of the rows may stand before the word.
            at = next(
                (at for at, cell in enumerate(cells) if cell and not margins.NUMBER.fullmatch(cell)), -1
            )
            heading = source.part.headings[at].strip() if at >= 0 else ""
            if heading and (word := margins.word_below(cells[at])):
                found.setdefault(heading, {})[word] = None
    words = {heading: tuple(listed) for heading, listed in found.items()}
    if words:
        told = {identifier(str(source.column(heading))): listed for heading, listed in words.items()}
        gone = f"delete from {source.table} where {omitted.condition(told)} and ({incomplete}) returning 1"
        return words, len(connection.execute(gone).fetchall())
    return words, 0
