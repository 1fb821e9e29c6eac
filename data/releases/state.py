"""Whether the counts of a place are those of the release before, told by a keyed hash and nothing else.

The hashes of each release are made with a word of their own, so that nobody without the keys can compare
those of two releases: that anything was corrected in a Kreis is told to nobody.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import duckdb

from data.disclosure.holding import BITS, HALF
from data.disclosure.table_list import Table
from data.foundation.areas import KREIS

LISTS = ("state_areas", "state_fixed", "state_every")  # in the edition of a release, as lists in one order
WORD = "state_word"  # beside them: with what they are made
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
    word: str = ""

    def lists(self) -> tuple[list[str], list[str], list[str]]:
        """As `LISTS` has them."""
        areas = sorted(self.every)
        return areas, [self.fixed[area] for area in areas], [self.every[area] for area in areas]


def of_counts(
    connection: duckdb.DuckDBPyConnection,
    tables: Iterable[Table],
    periods: str,
    salt: str,
    word: str | None = None,
    after: str = "",
) -> State:
    """The state of `marts` in the periods of a table of periods; `salt` is a secret of the series.

    `word` makes hashes to be compared with those of the release that has it; without, the word is a new one,
    another than that of the release before (`after`) even where nothing has changed.

    Packed counts are multiplied with the sums of their keys, so that whoever only moves from one place to
    another changes it too. Integers alone, so it is the same on any engine and with any number of threads.
    """
    fixed: dict[str, list[str]] = {}
    moving: dict[str, list[str]] = {}
    for table in tables:
        # Shifted, as a division takes three times as long; below 2^31 the product is a number of 64 bits.
        sums = ", ".join(f"sum(({each} & {HALF - 1}) * ({each} >> {BITS}))" for each in table.perturbed)
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
    texts = {area: [*fixed.get(area, []), *moving.get(area, [])] for area in every}
    if word is None:  # the same data after the same release make the same file
        word = _hash(f"word|{salt}|{after}", [f"{area} {text}" for area in every for text in texts[area]])
    return State(
        {area: _hash(f"{salt}|{word}", fixed.get(area, [])) for area in every},
        {area: _hash(f"{salt}|{word}", texts[area]) for area in every},
        word,
    )


def of_release(connection: duckdb.DuckDBPyConnection, database: str) -> State:
    """What the release that is attached under this name says; nothing if an older program wrote it."""
    had = connection.execute(
        "select column_name from duckdb_columns() where database_name = $database and table_name = 'edition'",
        {"database": database},
    ).fetchall()
    if not {(name,) for name in (*LISTS, WORD)} <= set(had):
        return State()
    ((areas, fixed, every, word),) = connection.execute(
        f"select {', '.join((*LISTS, WORD))} from {database}.marts.edition"
    ).fetchall()
    return State(dict(zip(areas, fixed, strict=True)), dict(zip(areas, every, strict=True)), word)


def _hash(salt: str, texts: list[str]) -> str:
    return hashlib.sha256("|".join([salt, *texts]).encode()).hexdigest()
