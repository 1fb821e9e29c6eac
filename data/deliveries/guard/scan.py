"""Look for every kind in the values of one column: SQL picks by form, Python confirms what is left."""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from data.deliveries.guard.kinds import KINDS, Column, Look
from data.deliveries.guard.suspects import Suspect
from data.deliveries.sql import text

PICKED, FLAGGED = '"guard"."picked"', '"guard"."flagged"'
SAMPLE = 5_000  # different values that Python looks at before it decides to look at all
COUNTED_EXACTLY = 100_000  # rows; the number of different values among more is estimated


def scan(connection: duckdb.DuckDBPyConnection, suspect: Suspect) -> Iterator[tuple[str, str]]:
    """Each kind that is found, with SQL that yields the row ids as `row`. To be used before the next one."""
    kinds = {kind: by[suspect.kind] for kind, by in KINDS.items() if suspect.kind in by}
    forms = [look.form for looks in kinds.values() for look in looks]
    # Of a million random pseudonyms next to none has any of the forms, so one pass clears them.
    wanted = (
        "true"
        if suspect.kind is Column.OTHER
        else " or ".join(f"regexp_matches(v, {text(form)})" for form in forms)
    )
    connection.execute(
        f"create or replace table {PICKED} as select distinct v from ({suspect.values}) where {wanted}"
    )
    if not _number(connection, f"select count(*) from {PICKED}"):
        return
    for kind, looks in kinds.items():
        found = {value for look in looks for value in _found(connection, suspect, look)}
        if found:
            flagged = pa.table({"v": pa.array(sorted(found), pa.string())})
            connection.register("guard flagged", flagged)
            connection.execute(f'create or replace table {FLAGGED} as from "guard flagged"')
            connection.unregister("guard flagged")
            yield kind, f"select row from ({suspect.values}) where v in (select v from {FLAGGED})"


def _found(connection: duckdb.DuckDBPyConnection, suspect: Suspect, look: Look) -> list[str]:
    of_form = f"from {PICKED} where regexp_matches(v, {text(look.form)})"
    sample = connection.execute(f"select v {of_form} order by hash(v) limit {SAMPLE}").fetchall()
    found = [value for (value,) in sample if look.confirm(value)]
    if not found or len({look.counted(value) for value in found}) < look.least:
        return []
    candidates = _number(connection, f"select count(*) {of_form}") if len(sample) == SAMPLE else len(sample)
    if len(found) * candidates / len(sample) < look.share * _different(connection, suspect, look):
        return []
    if candidates > len(sample):
        values = connection.execute(f"select v {of_form}").fetchall()
        return [value for (value,) in values if look.confirm(value)]
    return found


def _different(connection: duckdb.DuckDBPyConnection, suspect: Suspect, look: Look) -> int:
    """How many different values there are among which the kind has to have its share."""
    if not look.among:
        return 0
    among = f"from ({suspect.values}) where regexp_matches(v, {text(look.among)})"
    rows = _number(connection, f"select count(*) {among}")
    different = "count(distinct v)" if rows <= COUNTED_EXACTLY else "approx_count_distinct(v)"
    return _number(connection, f"select {different} {among}")


def _number(connection: duckdb.DuckDBPyConnection, question: str) -> int:
    ((number,),) = connection.execute(question).fetchall()
    return int(number)
