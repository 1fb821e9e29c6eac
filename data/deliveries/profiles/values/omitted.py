"""Rows that a profile leaves out: totals and notes within or below a table, told by a word they begin with,
and a total at its end that begins with none.

They are said, and the guard looks at them; none of their cells becomes a value.
"""

import re
from collections.abc import Mapping, Sequence

import duckdb

from data.deliveries.format import margins
from data.deliveries.format.findings import Group, Place, group
from data.deliveries.format.profile import Profile, TableRule
from data.foundation.sql import identifier, literal

NONE_OF_IT, WHOLE, SUMS = "profile-left-out", "profile-left-out-whole", "profile-sums"
Words = Mapping[str, Sequence[str]]  # column in SQL -> the words


def condition(words: Words) -> str:
    """SQL: whether a cell of a row is one of the words, or begins with it: `Gesamt`, `Gesamt: 300`."""
    told = [
        f"regexp_full_match({column}, {literal(_pattern(listed))}, 'is')" for column, listed in words.items()
    ]
    return f"coalesce({' or '.join(told)}, false)" if told else "false"


def total(
    connection: duckdb.DuckDBPyConnection, table: str, columns: int, words: Words, keys: Sequence[str]
) -> int | None:
    """The place of the last row of a table with the columns `#place`, `#0`, …, where it has no key and all
    that stands in it are sums of what stands above; else None. `keys`: SQL of what every row of the table
    has. Rows that begin with the `words` are none.
    """
    told = condition(words)
    last = connection.execute(
        f'select * from {table} where not {told} order by "#place" desc limit 1'
    ).fetchone()
    if last is None or not keys:
        return None
    place, *cells = last
    filled = [at for at, cell in enumerate(cells[:columns]) if cell]
    given = " or ".join(f"({key}) is not null" for key in keys)
    ((keyed,),) = connection.execute(f'select {given} from {table} where "#place" = {int(place)}').fetchall()
    if keyed or not filled:
        return None
    listed = ", ".join(identifier(f"#{at}") for at in filled)
    above = connection.execute(
        f'select {listed} from {table} where "#place" < {int(place)} and not {told}'
    ).fetchall()
    shown = [tuple(cell or "" for cell in row) for row in above]
    return int(place) if margins.are_sums({n: cells[at] for n, at in enumerate(filled)}, shown) else None


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
