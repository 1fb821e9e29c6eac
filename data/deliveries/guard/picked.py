"""The values of a column that have any of the forms looked for, different ones only, marked by form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb

from data.deliveries.guard.suspects import Suspect
from data.deliveries.sql import text

SAMPLE = 5_000  # different values that Python looks at before it decides to look at all
TABLE = '"guard"."picked"'


class Picked(Protocol):
    """Values picked by the form with this number: some of them, how many, and all."""

    def sample(self, form: int) -> list[str]: ...  # noqa: D102
    def count(self, form: int) -> int: ...  # noqa: D102
    def every(self, form: int) -> list[str]: ...  # noqa: D102


@dataclass(frozen=True)
class Few:
    """All picked values of a column in memory."""

    rows: list[tuple[str, list[bool]]]

    def sample(self, form: int) -> list[str]:
        """All of them."""
        return [value for value, marks in self.rows if marks[form]]

    every = sample

    def count(self, form: int) -> int:
        """How many they are."""
        return len(self.sample(form))


@dataclass(frozen=True)
class Many:
    """The picked values of one column as a table; it stands until the next column is picked."""

    connection: duckdb.DuckDBPyConnection

    def sample(self, form: int) -> list[str]:
        """Some of them, the same each time."""
        return self._values(f"{_of(form)} order by hash(v) limit {SAMPLE}")

    def every(self, form: int) -> list[str]:
        """All of them."""
        return self._values(_of(form))

    def count(self, form: int) -> int:
        """How many they are."""
        ((number,),) = self.connection.execute(f"select count(*) from {TABLE} {_of(form)}").fetchall()
        return int(number)

    def _values(self, where: str) -> list[str]:
        rows = self.connection.execute(f"select v from {TABLE} {where}").fetchall()
        return [value for (value,) in rows]


def few(
    connection: duckdb.DuckDBPyConnection, suspects: Sequence[Suspect], forms: Sequence[str]
) -> dict[str, Few] | None:
    """Of each column the picked values, by one question; None if they are too many for memory."""
    values = " union all ".join(
        f"select {text(each.column)} as c, v from ({each.values})" for each in suspects
    )
    rows = connection.execute(f"{_picked('c, v', values, forms)} limit {SAMPLE + 1}").fetchall()
    if len(rows) > SAMPLE:
        return None
    found: dict[str, Few] = {each.column: Few([]) for each in suspects}
    for column, value, marks in rows:
        found[column].rows.append((value, marks))
    return found


def many(connection: duckdb.DuckDBPyConnection, suspect: Suspect, forms: Sequence[str]) -> Many:
    """The picked values of one column, however many."""
    connection.execute(f"create or replace table {TABLE} as {_picked('v', suspect.values, forms)}")
    return Many(connection)


def _picked(columns: str, values: str, forms: Sequence[str]) -> str:
    # One expression for all forms is one pass over each value; next to no random pseudonym has any of them.
    any_form = text("|".join(f"(?:{form})" for form in forms))
    marks = ", ".join(f"regexp_matches(v, {text(form)})" for form in forms)
    picked = f"select distinct {columns} from ({values}) where regexp_matches(v, {any_form})"
    return f"select {columns}, [{marks}] as marks from ({picked})"


def _of(form: int) -> str:
    return f"where marks[{form + 1}]"
