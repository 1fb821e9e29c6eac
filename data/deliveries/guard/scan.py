"""Look for every kind in the values of columns: SQL picks by form, Python confirms what is left."""

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from data.deliveries.guard.kinds import KINDS, Column, Look
from data.deliveries.guard.picked import SAMPLE, SOME, Picked, few, many, some
from data.deliveries.guard.suspects import Suspect
from data.sql import text

FLAGGED = '"guard"."flagged"'
COUNTED_EXACTLY = 100_000  # rows; the number of different values among more is estimated

Hit = tuple[Suspect, str, str]  # column, kind, and SQL that yields the row ids as `row`


def scan(connection: duckdb.DuckDBPyConnection, suspects: Sequence[Suspect]) -> Iterator[Hit]:
    """Each kind that is found in each column. Every hit is to be used before the next one is asked for."""
    for kind in Column:
        if alike := [suspect for suspect in suspects if suspect.kind is kind]:
            yield from _alike(connection, alike, {name: by[kind] for name, by in KINDS.items() if kind in by})


def _alike(
    connection: duckdb.DuckDBPyConnection, suspects: list[Suspect], kinds: dict[str, tuple[Look, ...]]
) -> Iterator[Hit]:
    looks = [look for of_kind in kinds.values() for look in of_kind]
    in_memory = few(connection, suspects, [look.form for look in looks])
    for at, suspect in enumerate(suspects):
        large = in_memory is None
        picked: Picked = (
            many(connection, suspect, [look.form for look in looks if not look.common])
            if in_memory is None
            else in_memory[at]
        )
        for kind, of_kind in kinds.items():
            found = {
                value
                for look in of_kind
                for value in (
                    _found_often(connection, suspect, look)
                    if look.common and large
                    else _found(connection, suspect.values, look, picked)
                )
            }
            if found:
                _flag(connection, found)
                yield (
                    suspect,
                    kind,
                    f"select row from ({suspect.values}) where v in (select v from {FLAGGED})",
                )


def _found(connection: duckdb.DuckDBPyConnection, values: str, look: Look, picked: Picked) -> list[str]:
    sample = picked.sample(look.form)
    found = [value for value in sample if look.confirm(value)]
    if not found or len({look.counted(value) for value in found}) < look.least:
        return []
    candidates = picked.count(look.form)
    if len(found) * candidates / len(sample) < look.share * _different(connection, values, look):
        return []
    if candidates > len(sample):
        return [value for value in picked.every(look.form) if look.confirm(value)]
    return found


def _found_often(connection: duckdb.DuckDBPyConnection, suspect: Suspect, look: Look) -> list[str]:
    """All values of a kind if a sample of a large column has the share."""
    if not _found(connection, f"from {SOME}", look, some(connection, suspect)):
        return []
    return [value for value in many(connection, suspect, [look.form]).every(look.form) if look.confirm(value)]


def _different(connection: duckdb.DuckDBPyConnection, values: str, look: Look) -> int:
    """How many different values there are among which the kind has to have its share."""
    if not look.among:
        return 0
    ((rows,),) = connection.execute(f"select count(*) from ({values})").fetchall()
    matches = f"regexp_matches(v, {text(look.among)})"
    if rows <= COUNTED_EXACTLY:
        question = f"select count(distinct v) from ({values}) where {matches}"
        ((number,),) = connection.execute(question).fetchall()
        return int(number)
    sampled = f"({values}) using sample reservoir({SAMPLE} rows) repeatable (1)"
    question = f"select avg({matches}::int), (select approx_count_distinct(v) from ({values})) from {sampled}"
    ((part, different),) = connection.execute(question).fetchall()
    return int(part * different)


def _flag(connection: duckdb.DuckDBPyConnection, found: set[str]) -> None:
    connection.register("guard flagged", pa.table({"v": pa.array(sorted(found), pa.string())}))
    connection.execute(f'create or replace table {FLAGGED} as from "guard flagged"')
    connection.unregister("guard flagged")
