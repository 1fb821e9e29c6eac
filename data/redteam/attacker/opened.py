"""The public file as an attacker lays it out: every cell of every table in one long table of cells.

`cells` holds what (table.count), area, period, sub and label (what the cell is of), y as released (0 is
withheld, null unknown), n, the exact count, and the people behind it where rows are counted; and the band of
a withheld part in its base, as released (0: none). No inference reads n of the cell it is about: it stands
here so that a claim can be judged, and for the distribution over all withheld cells that serves as the
prior.

What lies in what is told as the file has it: areas by their parent, periods by their first and last day.
Nothing here names a level or a grain but the Kreis, by which municipalities are drawn, and the year: a
further level or a further grain of the release enters every attack by itself.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from data.foundation import land, sql
from data.foundation.sql import literal, literals
from data.redteam.attacker import door
from data.redteam.attacker.door import Listed

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
STATEMENTS = sql.beside(__file__, "nesting")


@dataclass(frozen=True)
class Before:
    """The release before, and the exact counts of its cells where there is a judge of what changed."""

    release: Path
    truth: Path | None = None


@dataclass(frozen=True)
class Opened:
    """A connection with `r` (release), `t` (truth) and `cells`, and how thoroughly to look.

    Which areas and periods lie in which stands in the tables of `lay_out`.
    """

    connection: duckdb.DuckDBPyConnection
    tables: dict[str, Listed]
    seed: int
    rng: np.random.Generator
    full: bool
    release: Path
    truth: Path
    before: Before | None

    @property
    def personal(self) -> list[str]:
        """The counts that say something about a person, as the headers of their marts have it."""
        return [
            f"{table.name}.{part}"
            for table in self.tables.values()
            for part, wholes in table.wholes.items()
            if any(kind == "parts" for _, _, kind in wholes)
        ]

    @cached_property
    def nests(self) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """By area, and by period, everything that it lies in, itself among it."""
        return (
            ancestors(self.connection, "area_above", "area"),
            ancestors(self.connection, "time_above", "period"),
        )

    def limited_otherwise(self, what: str) -> bool:
        """Whether a count is also withheld for the people behind it, or for what it leaves of its whole."""
        table, name = what.split(".")
        of = self.tables[table]
        return name in of.people or any(kind != "within" for *_, kind in of.wholes.get(name, ()))

    def of(self, attack: int) -> "Opened":
        """The same, with the chance of one attack, which does not hang on what was drawn before it."""
        return replace(self, rng=np.random.default_rng([self.seed, attack]))

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement with these parameters."""
        return self.connection.execute(sql, values or None).fetchall()

    def columns(self, sql: str, **values: Any) -> dict[str, Any]:
        """The columns of a statement with these parameters, as arrays."""
        return self.connection.execute(sql, values or None).fetchnumpy()


def read_release(release: Path, truth: Path, seed: int, full: bool, before: Before | None) -> Opened:
    """Read both files. Without `full`: the newest year and one drawn by the seed, with all their parts, and
    all that lies in ten drawn Kreise, with everything that these lie in.
    """
    rng = np.random.default_rng(seed)
    connection = duckdb.connect(":memory:")
    connection.execute("set enable_progress_bar = false")
    for name, path in (("r", release), ("t", truth)):
        connection.execute(f"attach {literal(str(path))} as {name} (read_only)")
    lay_out(connection)
    years = [
        year
        for (year,) in connection.execute(
            "select period from r.marts.periods where period_grain = 'year' order by 1"
        ).fetchall()
    ]
    chosen = years if full else _some_years(connection, years, rng)
    kreise = sorted(
        row[0]
        for row in connection.execute(
            "select area_code from r.marts.areas where area_level = 'kreis'"
        ).fetchall()
    )
    drawn = [str(each) for each in rng.choice(kreise, min(KREISE, len(kreise)), replace=False)]
    parts_of = f"select period from times where year in ({', '.join(map(repr, chosen))})"
    longer = "select period from times where year is null"
    years_only = "true" if full or not chosen else f"period in ({parts_of} union all {longer})"
    of_drawn = f"kreis in ({', '.join(map(repr, drawn))})"
    lie_in = f"select area from places where kreis is null or area = kreis or {of_drawn}"
    if not full and chosen:
        # Of a longer period of which not all years are drawn, neither.
        connection.execute(
            "delete from time_above where whole in (select whole from time_above join times using (period) "
            f"where year is not null and year not in ({', '.join(map(repr, chosen))})) "
            "and whole in (select period from times where year is null)"
        )
    if not full:
        # Of a whole that lies outside the drawn Kreise too, not all parts are there.
        connection.execute(
            "delete from area_parts where (whole, part_level) in "
            f"(select (whole, part_level) from area_parts where part not in ({lie_in}))"
        )
    areas_only = "true" if full else f"area_code in ({lie_in})"
    tables = door.published_tables()
    _name(connection, tables)
    connection.execute(
        "create table cells (what what_name, area area_name, period period_name, sub label_name, "
        "label label_name, y bigint, n bigint, level level_name, grain grain_name, people bigint, "
        "band integer, base bigint)"
    )
    for table in tables.values():
        connection.execute(
            # In order, so that the same cells are drawn however many threads have read them.
            "create or replace temp table both_files as select area::area_name as area, "
            "period::period_name as period, sub::label_name as sub, label::label_name as label, "
            "each.* exclude (area, period, sub, label), places.level, times.grain "
            f"from ({_both(table, years_only, areas_only)}) as each "
            "left join places using (area) left join times using (period) order by area, period, sub, label"
        )
        for count in table.counts:
            people = f"p_{count}" if count in table.people else "null"
            connection.execute(
                f"insert into cells select '{table.name}.{count}', area, period, sub, label, "
                f"y_{count}, n_{count}, coalesce(level, ''), coalesce(grain, ''), {people}, "
                f"{f'coalesce(b_{count}, 0), y_{table.bands[count]}' if count in table.bands else '0, null'} "
                "from both_files"
            )
    return Opened(connection, tables, seed, rng, full, release, truth, before)


def _name(connection: duckdb.DuckDBPyConnection, tables: dict[str, Listed]) -> None:
    """Make a type of each kind of text in `cells`, which has millions of them: numbers in the order of the
    texts, so that they are compared and sorted in place of these.
    """
    labels = []
    for table in tables.values():
        sub, label = _labels(table)
        labels += [
            f"select distinct {each} from {of}.marts.{table.name}" for of in "rt" for each in {sub, label}
        ]
    whats = [f"{table.name}.{count}" for table in tables.values() for count in table.counts]
    for kind, names in (
        ("what", f"select unnest([{literals(whats)}])"),
        ("area", "select area from places union select ''"),
        ("period", "select period from times"),
        ("level", "select level from places union select ''"),
        ("grain", "select grain from times union select ''"),
        ("label", " union ".join(labels)),
    ):
        connection.execute(
            f"create type {kind}_name as enum (select name from ({names}) as every (name) order by name)"
        )


def _some_years(connection: duckdb.DuckDBPyConnection, years: list[str], rng: Any) -> list[str]:
    """The newest year, and a drawn one with all others of the period that it lies in, if it lies in one."""
    drawn = [str(each) for each in rng.permutation(years)[:1]]
    beside = connection.execute(
        "select other.period from times as own join times as other on other.parent = own.parent "
        "where own.grain = 'year' and other.grain = 'year' and list_contains($drawn, own.period)",
        {"drawn": drawn},
    ).fetchall()
    return sorted({*years[-1:], *drawn, *(year for (year,) in beside)})


def _labels(table: Listed) -> tuple[str, str]:
    """What stands for sub and label: the last column of the key but area and period, and those before."""
    if table.name in LABELS:
        return LABELS[table.name]
    if table.key == ("sender",):
        return "''", "sender"
    *others, last = table.label or ("''",)
    return (f"concat_ws(' ', {', '.join(others)})" if others else "''"), last


def _both(table: Listed, years: str, areas: str) -> str:
    """Every cell of a table from both files; of a table that keeps shown rows only, also those without."""
    sub, label = _labels(table)
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
        columns = [f"{count} as {as_}_{count}" for count in table.counts]
        if of == "r":
            columns += [f"{count}_band as b_{count}" for count in table.bands]
        if of == "t":
            columns += [f"{people} as p_{count}" for count, people in table.people.items()]
        rows = f"{of}.marts.{table.name} where {chosen or 'true'}"
        return f"(select {place}, {', '.join(columns)} from {rows}) as {of}"

    same = " and ".join(
        f"r.{each} is not distinct from t.{each}" for each in ("area", "period", "sub", "label")
    )
    if not table.sparse:
        return (
            f"select t.*, r.* exclude (area, period, sub, label) from {read('t', 'n')} "
            f"left join {read('r', 'y')} on {same}"
        )
    columns = [
        f"coalesce({of}.{as_}_{count}, 0) as {as_}_{count}"
        for count in table.counts
        for of, as_ in (("r", "y"), ("t", "n"))
    ]
    columns += [f"t.p_{count}" for count in table.people]
    # Whoever reads the Land knows the categories; each place and period has all of them.
    months = "(level <> 'gemeinde' or grain <> 'month')"
    return (
        f"select g.*, {', '.join(columns)} from ("
        f"select * exclude (level, grain) from (select area_code as area, period, level, grain "
        "from r.marts.cases join places on area = area_code join times using (period) "
        f"where {chosen} and active_cases is not null and level in (select level from r.marts.{table.name} "
        "join places on area = area_code) "
        f"and period in (select period from r.marts.{table.name})), "
        f"(select distinct {sub} as sub, {label} as label from r.marts.{table.name} "
        f"where area_code = {literal(land.code())}) "
        f"where {months}) as g "
        f"left join {read('r', 'y')} on {same.replace('t.', 'g.')} "
        f"left join {read('t', 'n')} on {same.replace('r.', 'g.')}"
    )


def _delivered(table: Listed) -> str:
    """Without the Kreise of which the table knows nothing: where few deliver, that is most of its cells."""
    if table.sparse:
        return "true"  # what has no row here may be withheld; what is unknown is told by `cases`
    known = ", ".join(table.counts)
    return (
        "area_code in (select area from places where kreis is null or kreis in (select kreis from places "
        f"join r.marts.{table.name} on area = area_code where coalesce({known}) is not null))"
    )


def lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Make these tables from `r.marts.areas` and `r.marts.periods`:

    `places` (area, level, parent, kreis: the one that it is or lies in), `area_above` (area, whole, level of
    the whole, steps), `area_parts` (level, whole, part_level, part: all parts of one level, if they are the
    whole without rest), `times` (period, grain, parent, year, ends), `time_above` (period, whole, grain).
    """
    for statement in STATEMENTS.split(";"):
        if statement.strip():
            connection.execute(statement)


def mixed(connection: duckdb.DuckDBPyConnection, levels: list[str]) -> None:
    """Make `mixed_parts` (whole, part): areas whose next smaller ones, among these levels, are of several."""
    connection.execute(
        "create or replace temp table mixed_parts as with next as (select area as part, "
        "arg_min(whole, steps) as whole from area_above join places using (area) "
        "where list_contains($levels, area_above.level) and list_contains($levels, places.level) "
        "group by area) select whole, part from next where whole in (select whole from next "
        "join places on area = part group by whole having count(distinct level) > 1)",
        {"levels": levels},
    )


def ancestors(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> dict[str, set[str]]:
    """By area (period) everything that it lies in, itself among it."""
    found: dict[str, set[str]] = {}
    for part, whole in connection.execute(f"select {column}, whole from {table}").fetchall():
        found.setdefault(part, {part}).add(whole)
    return found
