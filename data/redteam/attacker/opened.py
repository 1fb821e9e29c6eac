"""The public file as an attacker lays it out: every cell of every table in one long table of cells.

`cells` holds what (table.count), area, period, sub and label (what the cell is of), y as released (0 is
withheld, null unknown) and n, the exact count. No inference reads n of the cell it is about: it stands here
so that a claim can be judged, and for the distribution over all withheld cells that serves as the prior.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from data.foundation import areas, periods
from data.foundation.sql import literal, literals
from data.redteam.attacker import lists
from data.redteam.attacker.lists import Listed

KREISE = 10  # of which municipalities are looked at, unless all are
# What stands for sub and label, by table; of other tables nothing does.
LABELS = {
    "people": ("breakdown", "category"),
    "goals": ("''", "goal_area"),
    "missing_values": ("field", "sender"),
    "goal_durations": ("months::varchar", "goal_area"),
    "competences": ("''", "skill"),
    "exits": ("breakdown", "category"),
    "consultation_kinds": ("breakdown", "category"),
    "referral_services": ("breakdown", "category"),
    "development": ("feature", "first_observed || ' > ' || latest_observed"),
}


@dataclass(frozen=True)
class Opened:
    """A connection with `r` (release), `t` (truth) and `cells`, and how thoroughly to look.

    `places` has area, level, parent, `larger` (the next above that is no association) and the Kreis it is or
    lies in, `times` period, grain, parent and year.
    """

    connection: duckdb.DuckDBPyConnection
    tables: dict[str, Listed]
    seed: int
    rng: np.random.Generator
    full: bool
    release: Path
    truth: Path
    before: Path | None

    def of(self, attack: int) -> "Opened":
        """The same, with the chance of one attack, which does not hang on what was drawn before it."""
        return replace(self, rng=np.random.default_rng([self.seed, attack]))

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement with these parameters."""
        return self.connection.execute(sql, values or None).fetchall()

    def columns(self, sql: str, **values: Any) -> dict[str, Any]:
        """The columns of a statement with these parameters, as arrays."""
        return self.connection.execute(sql, values or None).fetchnumpy()


def read_release(release: Path, truth: Path, seed: int, full: bool, before: Path | None) -> Opened:
    """Read both files. Without `full`: the newest year and one drawn by the seed, with all their parts, and
    the municipalities of ten drawn Kreise, with everything that these lie in.
    """
    rng = np.random.default_rng(seed)
    connection = duckdb.connect(":memory:")
    connection.execute("set enable_progress_bar = false")
    for name, path in (("r", release), ("t", truth)):
        connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
    _nest(connection)
    years = [
        year
        for (year,) in connection.execute(
            "select period from r.marts.periods where period_grain = 'year' order by 1"
        ).fetchall()
    ]
    chosen = years if full else sorted({*years[-1:], *(str(each) for each in rng.permutation(years)[:1])})
    kreise = sorted(
        row[0]
        for row in connection.execute(
            "select area_code from r.marts.areas where area_level = 'kreis'"
        ).fetchall()
    )
    drawn = [str(each) for each in rng.choice(kreise, min(KREISE, len(kreise)), replace=False)]
    parts_of = f"select period from times where year in ({', '.join(map(repr, chosen))})"
    years_only = "true" if full or not chosen else f"period in ({parts_of})"
    # All parts of a Kreis or none: a whole without some of its parts would tell something else.
    large = literals(filter(areas.by_month, areas.LEVELS))
    lie_in = f"select area from places where level in ({large}) or kreis in ({', '.join(map(repr, drawn))})"
    areas_only = "true" if full else f"area_code in ({lie_in})"
    tables = lists.published_tables()
    connection.execute(
        "create table cells (what varchar, area varchar, period varchar, sub varchar, label varchar, "
        "y bigint, n bigint, level varchar, grain varchar)"
    )
    for table in tables.values():
        connection.execute(
            # In order, so that the same cells are drawn however many threads have read them.
            "create or replace temp table both_files as select each.*, places.level, times.grain "
            f"from ({_both(table, years_only, areas_only)}) as each "
            "left join places using (area) left join times using (period) order by area, period, sub, label"
        )
        for count in _columns(table):
            connection.execute(
                f"insert into cells select '{table.name}.{count}', area, period, sub, label, "
                f"y_{count}, n_{count}, coalesce(level, ''), coalesce(grain, '') from both_files"
            )
    return Opened(connection, tables, seed, rng, full, release, truth, before)


def _nest(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `places` and `times` from what everybody can know of areas and periods."""
    places = [(code, area.level, area.parent or None, _larger(code), areas.within(code, areas.KREIS))
              for code, area in areas.register().items()]  # fmt: skip
    written = connection.execute("select period from r.marts.periods order by 1").fetchall()
    times = [(code, periods.grain(code), str(above[0]) if above else None,
              next((str(each) for each in above if each.grain == "year"), code))
             for code, above in periods.nested(code for (code,) in written).items()]  # fmt: skip
    for table, names, rows in (
        ("places", "area level parent larger kreis", places),
        ("times", "period grain parent year", times),
    ):
        columns = ", ".join(f"unnest(${at}) as {name}" for at, name in enumerate(names.split(), start=1))
        columns_of = [list(column) for column in zip(*rows, strict=True)]
        connection.execute(f"create table {table} as select {columns}", columns_of)


def _larger(code: str) -> str | None:
    return next((each.code for each in areas.ancestors(code) if each.level != areas.ASSOCIATION), None)


def _columns(table: Listed) -> list[str]:
    return list(table.counts)


def _both(table: Listed, years: str, areas: str) -> str:
    """Every cell of a table from both files; of a table that keeps shown rows only, also those without."""
    sub, label = LABELS.get(table.name, ("''", "sender" if table.key == ("sender",) else "''"))
    place = (
        f"{'area_code' if 'area_code' in table.key else chr(39) * 2} as area, "
        f"{'period' if 'period' in table.key else 'null'} as period, {sub} as sub, {label} as label"
    )
    chosen = " and ".join(
        condition
        for column, condition in (("period", years), ("area_code", f"{areas} and {_delivered(table)}"))
        if column in table.key
    )

    def read(of: str, as_: str) -> str:
        counts = ", ".join(f"{count} as {as_}_{count}" for count in _columns(table))
        return f"(select {place}, {counts} from {of}.marts.{table.name} where {chosen or 'true'}) as {of}"

    same = " and ".join(
        f"r.{each} is not distinct from t.{each}" for each in ("area", "period", "sub", "label")
    )
    if not table.sparse:
        return (
            f"select t.*, r.* exclude (area, period, sub, label) from {read('t', 'n')} "
            f"left join {read('r', 'y')} on {same}"
        )
    (count,) = table.counts
    # Whoever reads the Land knows the categories; each place and period has all of them.
    months = "(level <> 'gemeinde' or grain <> 'month')"
    return (
        f"select g.*, coalesce(r.y_{count}, 0) as y_{count}, coalesce(t.n_{count}, 0) as n_{count} from ("
        f"select * exclude (level, grain) from (select area_code as area, period, level, grain "
        "from r.marts.cases join places on area = area_code join times using (period) "
        f"where {chosen} and active_cases is not null and level in (select level from r.marts.{table.name} "
        "join places on area = area_code) "
        f"and period in (select period from r.marts.{table.name})), "
        f"(select distinct {sub} as sub, {label} as label from r.marts.{table.name} where area_code = '08') "
        f"where {months}) as g "
        f"left join {read('r', 'y')} on {same.replace('t.', 'g.')} "
        f"left join {read('t', 'n')} on {same.replace('r.', 'g.')}"
    )


def _delivered(table: Listed) -> str:
    """Without the Kreise of which the table knows nothing: where few deliver, that is most of its cells."""
    if table.sparse:
        return "true"  # what has no row here may be withheld; what is unknown is told by `cases`
    known = ", ".join(_columns(table))
    return (
        "area_code in (select area from places where kreis is null or kreis in (select kreis from places "
        f"join r.marts.{table.name} on area = area_code where coalesce({known}) is not null))"
    )
