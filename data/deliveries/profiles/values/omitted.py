"""Rows that a profile leaves out: totals and notes within or below a table, told by a word they begin with.

They are said, and the guard looks at them; none of their cells becomes a value.
"""

import re
from collections.abc import Mapping, Sequence

import duckdb

from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.profile import Profile, TableRule
from data.foundation.sql import literal

NONE_OF_IT, WHOLE = "profile-left-out", "profile-left-out-whole"
Words = Mapping[str, Sequence[str]]  # column in SQL -> the words


def condition(words: Words) -> str:
    """SQL: whether a cell of a row is one of the words, or begins with it: `Gesamt`, `Gesamt: 300`."""
    told = [
        f"regexp_full_match({column}, {literal(_pattern(listed))}, 'is')" for column, listed in words.items()
    ]
    return f"coalesce({' or '.join(told)}, false)" if told else "false"


def rows(
    connection: duckdb.DuckDBPyConnection, table: str, words: Words, required: Sequence[str]
) -> list[tuple[bool, int, tuple[str, ...]]]:
    """What is left out of a table with the columns `#place`, `#0`, …: whether all that is `required` (SQL)
    stands in the row, its place, and its cells.
    """
    if not words:
        return []
    whole = " and ".join(f"({value}) is not null" for value in required) or "false"
    asked = f'select {whole}, * from {table} where {condition(words)} order by "#place"'
    found = connection.execute(asked).fetchall()
    return [(all_there, place, tuple(cell or "" for cell in cells)) for all_there, place, *cells in found]


def said(
    place: Place, rule: TableRule, profile: Profile, left_out: Mapping[str, Sequence[int]]
) -> list[Group]:
    """How many rows, from which line on, by which words. `left_out`: the finding's rule -> lines."""
    words = " · ".join(dict.fromkeys(word for listed in rule.leave_out.values() for word in listed))
    return [
        group(
            name, place, line=lines[0], wording={"other": len(lines), "limit": profile.name, "words": words}
        )
        for name, lines in left_out.items()
        if lines
    ]


def _pattern(words: Sequence[str]) -> str:
    """Of RE2: no letter or digit may follow, so that `Summe` is not `Summerer`."""
    return rf"\W*({'|'.join(map(re.escape, words))})([^\pL\pN].*)?"
