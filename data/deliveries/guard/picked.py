"""The values of a column that have any of the forms looked for, different ones only."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import duckdb

from data.deliveries.guard.suspects import Suspect
from data.deliveries.personal.kinds import Column
from data.foundation.sql import literal

SAMPLE = 5_000  # different values that Python looks at before it decides to look at all
IN_MEMORY = 50_000  # picked values, the same ones counted again, of all columns of a delivery
TABLE, ALONE, SOME = '"guard"."picked"', '"guard"."alone"', '"guard"."some"'


class Picked(Protocol):
    """Values picked by a form: some of them, how many, and all."""

    def sample(self, form: str) -> list[str]: ...  # noqa: D102
    def count(self, form: str) -> int: ...  # noqa: D102
    def every(self, form: str) -> list[str]: ...  # noqa: D102


@dataclass(frozen=True)
class Few:
    """All picked values of a column in memory."""

    values: list[str] = field(default_factory=list)

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
    found = [Few() for _ in suspects]
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
