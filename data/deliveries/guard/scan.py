"""Look for every kind in the values of columns: SQL picks by form, Python confirms what is left."""

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

from data.deliveries.guard.kinds import KINDS, Column, Look
from data.deliveries.guard.picked import Picked, few, many
from data.deliveries.guard.suspects import Suspect
from data.deliveries.sql import text

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
    forms = list(dict.fromkeys(look.form for looks in kinds.values() for look in looks))
    in_memory = few(connection, suspects, forms)
    for at, suspect in enumerate(suspects):
        picked = of_large = in_memory[at] if in_memory else None
        if picked is None:
            rare = [look.form for looks in kinds.values() for look in looks if not look.common]
            picked, of_large = many(connection, suspect, rare), some(connection, suspect)
        for kind, looks in kinds.items():
            found = {
                value
                for look in looks
                for value in _found(connection, suspect, look, of_large if look.common else picked)
            }
            if found:
                _flag(connection, found)
                yield (
                    suspect,
                    kind,
                    f"select row from ({suspect.values}) where v in (select v from {FLAGGED})",
                )


def _found(connection: duckdb.DuckDBPyConnection, suspect: Suspect, look: Look, picked: Picked) -> list[str]:
    sample = picked.sample(look.form)
    found = [value for value in sample if look.confirm(value)]
    if not found or len({look.counted(value) for value in found}) < look.least:
        return []
    candidates = picked.count(look.form)
    if len(found) * candidates / len(sample) < look.share * _different(connection, suspect, look):
        return []
    if candidates > len(sample):
        return [value for value in picked.every(look.form) if look.confirm(value)]
    return found


def _different(connection: duckdb.DuckDBPyConnection, suspect: Suspect, look: Look) -> int:
    """How many different values there are among which the kind has to have its share."""
    if not look.among:
        return 0
    among = f"from ({suspect.values}) where regexp_matches(v, {text(look.among)})"
    ((rows,),) = connection.execute(f"select count(*) {among}").fetchall()
    different = "count(distinct v)" if rows <= COUNTED_EXACTLY else "approx_count_distinct(v)"
    ((number,),) = connection.execute(f"select {different} {among}").fetchall()
    return int(number)


def _flag(connection: duckdb.DuckDBPyConnection, found: set[str]) -> None:
    connection.register("guard flagged", pa.table({"v": pa.array(sorted(found), pa.string())}))
    connection.execute(f'create or replace table {FLAGGED} as from "guard flagged"')
    connection.unregister("guard flagged")
