"""Which columns of a part the guard looks into: all but those that the rules of the format prove harmless.

A value that is in a value list, in the register of areas, a date in its range or a small number says nothing
of a person by itself. Everything else is looked at: unknown columns, pseudonyms, text, what a rule refused.
Of these columns the values that have any of the forms looked for are picked, different ones only.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import duckdb

from data.deliveries.checking.workbench import Loaded, has_mark
from data.deliveries.format.parts import Part
from data.deliveries.format.schema import Field
from data.deliveries.personal.kinds import Column, is_of_professions, sender_name
from data.deliveries.personal.person_names import lists
from data.foundation.sql import folded, identifier, literal

PROVING = {"enum", "pattern", "x-register", "x-country", "x-list", "x-value-of"}
# A key of the Land with wrong digits, or of another one as the register writes it: 09 1 62 000.
KEY = "0?8[0-9]{1,8}|(0[1-9]|1[0-6]) [0-9] [0-9]{2}( [0-9]{4})?( [0-9]{3})?"
AGES = "(201[3-9]|202[0-9])-(0[2-9]|1[0-2])-01([ T]00:00:00)?|01[.](0[2-9]|1[0-2])[.]201[3-9]"
NUMBERS = ("integer", "number")
BLANKS = "' \t\u00a0\r\n'"
SAMPLE = 5_000  # different values that Python looks at before it decides to look at all
IN_MEMORY = 50_000  # picked values, the same ones counted again, of all columns of a delivery
TABLE, ALONE, SOME = '"guard"."picked"', '"guard"."alone"', '"guard"."some"'


@dataclass(frozen=True)
class Suspect:
    """A column to look into. `values` is SQL that yields each value as `v` and its row id as `row`."""

    part: Part
    column: str
    kind: Column
    values: str


Hit = tuple[Suspect, str, str]  # column, kind of personal detail, and SQL that yields the row ids as `row`


def suspects(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    loaded: Loaded | None,
    table: str,
    skipped: frozenset[str],
) -> list[Suspect]:
    """The columns of a part to look into. `table` will hold their text; `skipped` are dropped unread."""
    known = {*part.present, *skipped}
    unknown = [column for column in part.columns if column not in known and not part.origins]
    refused = list(_refused(loaded)) if loaded else []
    beside = loaded.beside if loaded else ()  # read with the known ones: a file is not read twice
    if read := [*(column for column in unknown if column not in beside), *(field.name for field in refused)]:
        part = _kept(connection, part, read, table)
    found = [
        Suspect(part, column, Column.OTHER, _text_of(part, column, table))
        for column in unknown
        if column not in beside
    ]
    if loaded:
        texts = {column: _text_of(part, column, loaded.typed) for column in unknown if column in beside}
        found += [Suspect(loaded.part, column, Column.OTHER, values) for column, values in texts.items()]
        found += [Suspect(part, each.name, Column.OTHER, _unread(loaded, each, table)) for each in refused]
        found += _proven_by_no_rule(loaded)
        found += _too_early(loaded, refused)
    return found


def _kept(connection: duckdb.DuckDBPyConnection, part: Part, columns: list[str], table: str) -> Part:
    wanted = ", ".join(identifier(column) for column in columns)
    rows = f"select {wanted} from {{}} where {part.filled}"
    try:
        connection.execute(f"create table {table} as {rows.format(part.relation)}")
    except duckdb.Error:
        if part.record_by_record is None:
            raise
        part, _ = part.record_by_record(connection, part)  # what is unsound is said by who reads the rows
        connection.execute(f"create table {table} as {rows.format(part.relation)}")
    return part


def _text_of(part: Part, column: str, table: str) -> str:
    values = f"select trim({identifier(column)}, {BLANKS}) as v, rowid as row from {table} where v <> ''"
    if is_of_professions(sender_name(part, column)):
        return f"{values} and not regexp_full_match({folded('v')}, {literal(_professions())})"
    return values


@lru_cache(maxsize=1)
def _professions() -> str:
    """Of RE2: professions alone, of men and women, several of them, with a word of that behind: `(m/w/d)`.

    Anything else in parentheses is looked at, it may be who has the profession.
    """
    behind = "|".join(lists()["professions"]["behind"])
    one = f"({'|'.join(lists()['professions']['words'])})([/*:_(-]?-?(in|r|n|innen)\\)?)?"
    return rf"{one}(([/,&+-]|und)*{one})*(\(([mwdfx/|,]*|{behind})\))?"


def _refused(loaded: Loaded) -> Iterator[Field]:
    broken = {loaded.checks[mark].column for mark in loaded.hits if not loaded.checks[mark].style}
    for field in loaded.table.fields:
        if field.name in broken and field.name in loaded.part.columns and not _is_label(field):
            yield field


def _unread(loaded: Loaded, field: Field, table: str) -> str:
    value = f"y.{identifier(field.name)}"
    unread = f"{value} is null"
    if "x-register" in field.rules:  # a key of the Land with wrong digits is no telephone number
        unread += f" and not regexp_full_match(trim(t.{identifier(field.name)}, {BLANKS}), '{KEY}')"
    elif "x-no-date" in field.rules:  # 6-14 in a spreadsheet: the 14th of June, or the first of June of 2014
        unread += f" and not regexp_full_match(trim(t.{identifier(field.name)}, {BLANKS}), '{AGES}')"
    elif pattern := field.rules.get("pattern"):
        unread = f"not regexp_full_match({value}, {literal(pattern)})"
    elif is_of_professions(field.name):
        written = folded(f"t.{identifier(field.name)}")
        unread += f" and not regexp_full_match({written}, {literal(_professions())})"
    if field.type in NUMBERS:  # what is out of range may be anything, and is read with its leading zeros
        broken = {mark: loaded.checks[mark] for mark in loaded.hits}
        marks = [mark for mark, by in broken.items() if by.column == field.name and not by.style]
        unread += f" or {has_mark(marks, 'y.')}"
    return (
        f"select trim(t.{identifier(field.name)}, {BLANKS}) as v, t.rowid as row from {table} t "
        f"join {loaded.typed} y on y.rowid = t.rowid where ({unread}) and v <> ''"
    )


def _proven_by_no_rule(loaded: Loaded) -> Iterator[Suspect]:
    for field in _present(loaded):
        if field.type == "string" and (_is_label(field) or "pattern" in field.rules):
            value = identifier(field.name)
            kind = Column.LABEL if _is_label(field) else Column.PSEUDONYM
            kind = Column.SENDER if field.name == "absender_id" else kind
            kind = Column.BOOKING if field.is_booking else kind
            values = f"select {value} as v, rowid as row from {loaded.typed} where {value} is not null"
            yield Suspect(loaded.part, field.name, kind, values)


def _too_early(loaded: Loaded, refused: list[Field]) -> Iterator[Suspect]:
    """The date columns with a refused date, with all their dates: a slip of the pen is one of many."""
    for field in (field for field in refused if field.type == "date"):
        value = identifier(field.name)
        values = f"select {value}::varchar as v, rowid as row from {loaded.typed} where {value} is not null"
        yield Suspect(loaded.part, field.name, Column.DATE, values)


def _present(loaded: Loaded) -> list[Field]:
    return [field for field in loaded.table.fields if field.name in loaded.part.present]


def _is_label(field: Field) -> bool:
    """Any text may stand in it: who hands in, with which program."""
    return field.type == "string" and not field.rules.keys() & PROVING


class Picked(Protocol):
    """Values picked by a form: some of them, how many, and all."""

    def sample(self, form: str) -> list[str]: ...  # noqa: D102
    def count(self, form: str) -> int: ...  # noqa: D102
    def every(self, form: str) -> list[str]: ...  # noqa: D102


@dataclass(frozen=True)
class Few:
    """All picked values of a column in memory."""

    values: list[str]

    def sample(self, form: str) -> list[str]:
        """All of them."""
        return [value for value in self.values if _compiled(form).search(value)]

    every = sample

    def count(self, form: str) -> int:
        """How many they are."""
        return len(self.sample(form))


@dataclass(frozen=True)
class Many:
    """The picked values of one column as a table; it stands until the next column is picked."""

    connection: duckdb.DuckDBPyConnection
    table: str

    def sample(self, form: str) -> list[str]:
        """Some of them, the same each time."""
        return self._values(f"{_having(form)} order by hash(v) limit {SAMPLE}")

    def every(self, form: str) -> list[str]:
        """All of them."""
        return self._values(_having(form))

    def count(self, form: str) -> int:
        """How many they are."""
        ((number,),) = self.connection.execute(
            f"select count(*) from {self.table} {_having(form)}"
        ).fetchall()
        return int(number)

    def _values(self, where: str) -> list[str]:
        rows = self.connection.execute(f"select v from {self.table} {where}").fetchall()
        return [value for (value,) in rows]


def few(
    connection: duckdb.DuckDBPyConnection, suspects: Sequence[Suspect], forms: Sequence[str]
) -> list[Few] | None:
    """Of each column the picked values, by one question; None if they are too many for memory."""
    numbered = (f"select {at} as c, v from ({each.values})" for at, each in enumerate(suspects))
    # Labels are few: to compile their forms takes longer than to fetch them.
    where = "" if all(each.kind is Column.LABEL for each in suspects) else f"where {_any(forms)}"
    question = f"select c, v from ({' union all '.join(numbered)}) {where}"
    rows = connection.execute(f"{question} limit {IN_MEMORY + 1}").fetchall()
    if len(rows) > IN_MEMORY:
        return None
    found = [Few([]) for _ in suspects]
    for at, value in dict.fromkeys(rows):
        found[at].values.append(value)
    return found


def many(connection: duckdb.DuckDBPyConnection, suspect: Suspect, forms: Sequence[str]) -> Many:
    """The picked values of one column, however many."""
    table = TABLE if len(forms) > 1 else ALONE
    question = f"select distinct v from ({suspect.values}) where {_any(forms)}"
    connection.execute(f"create or replace table {table} as {question}")
    return Many(connection, table)


def some(connection: duckdb.DuckDBPyConnection, suspect: Suspect) -> Many:
    """Values of one column at random, of whatever form."""
    sample = f"select v from ({suspect.values}) using sample reservoir({SAMPLE} rows) repeatable (1)"
    connection.execute(f"create or replace table {SOME} as select distinct v from ({sample})")
    return Many(connection, SOME)


def _any(forms: Sequence[str]) -> str:
    # One expression for all forms is one pass over each value; next to no random pseudonym has any of them.
    return _matches("|".join(f"(?:{form})" for form in forms))


def _having(form: str) -> str:
    return f"where {_matches(form)}"


def _matches(form: str) -> str:
    return f"regexp_matches(v, {literal(form)})"


@lru_cache(maxsize=100)
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(form)
