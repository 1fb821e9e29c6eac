"""Whether the counts of a place are those of the release before, told by a keyed hash and nothing else."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb

from data.disclosure.anew import HALF
from data.disclosure.tables import Table
from data.foundation.areas import KREIS

KEPT = ("state_areas", "state_fixed", "state_every")  # in the edition of a release, as lists in one order
AREA = f"""
    select areas.area_code, coalesce(above.above_code, areas.area_code) as kreis
    from staging.areas as areas
    left join staging.areas_above as above
    on above.area_code = areas.area_code and above.above_level = '{KREIS}'
"""


@dataclass(frozen=True)
class State:
    """By Kreis, and by area above it, hashes of all counts: those that are `fixed` once their period is over,
    and of `every` one. Tables without areas are those of no area.
    """

    fixed: Mapping[str, str] = field(default_factory=dict)
    every: Mapping[str, str] = field(default_factory=dict)

    def lists(self) -> tuple[list[str], list[str], list[str]]:
        """As `KEPT` has them."""
        areas = sorted(self.every)
        return areas, [self.fixed[area] for area in areas], [self.every[area] for area in areas]


def of_counts(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], periods: str, salt: str
) -> State:
    """The state of `marts` in the periods of a table of periods; `salt` is a secret of the series.

    Packed counts are multiplied with the sums of their keys, so that whoever only moves from one place to
    another changes it too. Integers alone, so it is the same on any engine and with any number of threads.
    """
    fixed: dict[str, list[str]] = {}
    moving: dict[str, list[str]] = {}
    for table in tables:
        sums = ", ".join(f"sum(({each} % {HALF})::hugeint * ({each} // {HALF}))" for each in table.perturbed)
        closed = f"where period in (select period from {periods})" if "period" in table.key else ""
        if "area_code" in table.key:
            rows = f"marts.{table.name} join ({AREA}) as places using (area_code) {closed} group by kreis"
            read = f"select kreis, {sums} from {rows} order by kreis"
        else:
            read = f"select '', {sums} from marts.{table.name} {closed}"
        for area, *values in connection.execute(read).fetchall():
            for name, value in zip(table.perturbed, values, strict=True):
                sort = moving if name in table.moving else fixed
                sort.setdefault(area, []).append(f"{table.name}.{name} {value}")
    every = sorted({*fixed, *moving})
    return State(
        {area: _hash(salt, fixed.get(area, [])) for area in every},
        {area: _hash(salt, [*fixed.get(area, []), *moving.get(area, [])]) for area in every},
    )


def of_release(connection: duckdb.DuckDBPyConnection, database: str) -> State:
    """What the release that is attached under this name says; nothing if an older program wrote it."""
    had = connection.execute(
        "select column_name from duckdb_columns() where database_name = $database and table_name = 'edition'",
        {"database": database},
    ).fetchall()
    if not {(name,) for name in KEPT} <= set(had):
        return State()
    ((areas, fixed, every),) = connection.execute(
        f"select {', '.join(KEPT)} from {database}.marts.edition"
    ).fetchall()
    return State(dict(zip(areas, fixed, strict=True)), dict(zip(areas, every, strict=True)))


def _hash(salt: str, texts: list[str]) -> str:
    return hashlib.sha256("|".join([salt, *texts]).encode()).hexdigest()
