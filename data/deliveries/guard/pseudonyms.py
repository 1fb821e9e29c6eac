"""Pseudonyms made from a person: equal to a name or a date of birth, or a plain hash of one.

Compared with the names and dates in the same row, where a file has such columns; hashes also with every name
of the lists and every day of birth, since whoever knows how they were made could do the same.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import permutations

import duckdb
import pyarrow as pa

from data.deliveries.guard.suspects import Hit, Suspect
from data.deliveries.personal import kinds
from data.deliveries.personal.digits import OLDEST
from data.deliveries.personal.kinds import Column, unknown
from data.deliveries.personal.person_names import first_names, surnames

SEPARATORS = ("", " ", ", ", ",", "_", "-", ".")
PATTERNS = ("%d.%m.%Y", "%Y-%m-%d", "%Y%m%d", "%d%m%Y", "%d.%m.%y", "%d-%m-%Y", "%d/%m/%Y", "%y%m%d")
DAYS = tuple(f"strftime(day, '{pattern}')" for pattern in PATTERNS)
READ = "['%d.%m.%Y', '%Y-%m-%d', '%d.%m.%y', '%d/%m/%Y', '%Y%m%d']"
MOST = 3  # columns of names that are put together
KIND = "derived"
HASHES = {32: "md5", 40: "sha1", 64: "sha256"}  # hexadecimal digits: function
HEXADECIMAL = "'^[0-9A-Fa-f]+$'"
WORD = "[word, upper(word), upper(word[1]) || word[2:]]"
# Every name with every date, by functions of lists: written out, planning would take longer than comparing.
WITH_DATE = ", ".join(
    f"{one} || '{separator}' || {other}"
    for separator in ("", " ", "_", "-")
    for one, other in (("name", "day"), ("day", "name"))
)
TOGETHER = (
    f"flatten(list_transform(beside, lambda name: flatten(list_transform(dates, lambda day: [{WITH_DATE}]))))"
)
LONGEST = 200  # bytes of a name or date in a row; each is put together with the others in hundreds of ways
COMPARED = 100_000  # rows of a file that are compared with their own names: far more than show the rule


def derived(
    connection: duckdb.DuckDBPyConnection, suspects: Sequence[Suspect], found: Sequence[tuple[Suspect, str]]
) -> Iterator[Hit]:
    """Each column of pseudonyms that are made so, with SQL for its rows. `found` are the kinds by column."""
    for suspect in suspects:
        if suspect.kind is not Column.PSEUDONYM:
            continue
        beside = [each for each in suspects if each.kind is Column.OTHER and each.part is suspect.part]
        names = [each for each in beside if _is(each, "name", found)]
        days = [each for each in beside if _is(each, "birth-date", found)]
        same = [_in_same_row(connection, suspect, names, days)] if names or days else []
        for rows in [*same, *_of_lists(connection, suspect)]:
            if connection.execute(f"select 1 from ({rows}) limit 1").fetchall():
                yield suspect, KIND, rows
                break


def _in_row(names: Sequence[str], days: Sequence[str]) -> tuple[str, str, str]:
    """SQL for three lists of one row: what these columns of names can be written as, those of them that stand
    together with dates, what these columns of dates can be written as.
    """
    alone = names[:MOST]
    pairs = {
        separator: [f"{first} || '{separator}' || {second}" for first, second in permutations(alone, 2)]
        for separator in SEPARATORS
    }
    every = [*alone, *(pair for each in pairs.values() for pair in each)]
    dates = [written for day in days for written in _day(day)]
    return _list(every), _list([*alone, *pairs[""], *pairs[" "]]), _list(dates)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(texts)}]::varchar[]"


def _day(column: str) -> list[str]:
    read = f"try_strptime({column}, {READ})"
    return [column, *(f"strftime({read}, '{pattern}')" for pattern in PATTERNS)]


def _is(suspect: Suspect, kind: str, found: Sequence[tuple[Suspect, str]]) -> bool:
    heading = unknown(suspect.part).get(suspect.column, "")
    return kinds.announced_kind(heading) == kind or (suspect, kind) in found


def _each(texts: str, done: str) -> str:
    return f"list_transform({texts}, lambda each: {done})"


def _in_same_row(
    connection: duckdb.DuckDBPyConnection, suspect: Suspect, names: list[Suspect], days: list[Suspect]
) -> str:
    joined, columns = f"({suspect.values}) as p", [*names, *days]
    for number, each in enumerate(columns):
        short = f"select * from ({each.values}) where strlen(v) <= {LONGEST}"
        joined += f" left join ({short}) as c{number} on c{number}.row = p.row"
    written = [f"c{number}.v" for number in range(len(columns))]
    every, beside, dates = _in_row(written[: len(names)], written[len(names) :])
    cases = f"said || {_each('said', 'lower(each)')} || {_each('said', 'upper(each)')} || dates"
    connection.execute(
        f'create or replace table "guard"."spelt" as select row, v, {cases} as spelt '
        f"from (select *, every || {TOGETHER} as said from "
        f"(select p.row, lower(p.v) as v, {every} as every, {beside} as beside, {dates} as dates "
        f"from {joined} where p.row < {COMPARED}))"
    )
    hashed = ", ".join(f"{function}(s)" for function in HASHES.values())
    plain = "regexp_replace(lower(s), '[^a-z0-9]', '', 'g')"
    return (
        f'select distinct row from (select row, v, unnest(spelt) as s from "guard"."spelt") '
        f"where length(s) > 2 and (v in ({hashed}) or replace(replace(v, '_', ''), '-', '') = {plain})"
    )


def _of_lists(connection: duckdb.DuckDBPyConnection, suspect: Suspect) -> Iterator[str]:
    hexadecimal = f"length(v) in {tuple(HASHES)} and regexp_matches(v, {HEXADECIMAL})"
    question = f"select distinct length(v) from ({suspect.values}) where {hexadecimal}"
    lengths = [digits for (digits,) in connection.execute(question).fetchall()]
    if not lengths:
        return
    words = pa.table({"word": pa.array(sorted(first_names() | surnames()), pa.string())})
    connection.register("guard words", words)
    days = f"range(date '{OLDEST}-01-01', date '{date.today()}', interval 1 day) as r(day)"
    hashed = " union all ".join(f"select {HASHES[digits]}(s) as v from spelt" for digits in lengths)
    connection.execute(
        f'create or replace table "guard"."hashes" as with spelt as (select unnest({WORD}) as s '
        f'from "guard words" union all select unnest([{", ".join(DAYS)}]) from {days}) {hashed}'
    )
    connection.unregister("guard words")
    yield f'select row from ({suspect.values}) where lower(v) in (select v from "guard"."hashes")'
