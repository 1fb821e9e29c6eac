"""Columns in which something stands and that have no name: nothing of them is read, which has to be said."""

from collections.abc import Iterable

import duckdb

from data.deliveries.checking.columns import BLANKS
from data.deliveries.format.findings import Group, group
from data.deliveries.format.parts import Part
from data.foundation.sql import identifier, literal


def asked(
    connection: duckdb.DuckDBPyConnection, part: Part, table: str, columns: Iterable[str]
) -> list[Group]:
    """A question for each of these columns of a `table` (SQL) that has values. They are called by their place
    in the file, as everybody can count it.
    """
    found = []
    for column in columns:
        values = f"nullif(trim({identifier(column)}, {literal(BLANKS)}), '')"
        ((count,),) = connection.execute(f"select count({values}) from {table}").fetchall()
        place = part.columns.index(column) + 1
        if count:
            wording = {"other": str(place), "limit": count}
            found.append(
                group(
                    "column-without-name",
                    part.place,
                    line=part.header_line,
                    column=f"#{place}",
                    wording=wording,
                )
            )
    return found
