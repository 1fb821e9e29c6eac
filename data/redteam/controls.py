"""Negative controls: ways to publish that are known to fail, so that the suite shows that it can fail.

The first is made here from the exact counts; the second, deviations without a limit, is written by the
program itself with its limit at 0; the third answers every sum that is asked for with a deviation of its own;
in the fourth shares stand in tenths, in the fifth curves rise by their deviations. The sixth, figures that
are not held, `targets` makes.
"""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from data.foundation import areas, periods
from data.foundation.sql import literal
from data.redteam.attacker import door, losses
from data.redteam.attacker.likelihood import D, Ints, T, noise
from data.redteam.attacker.opened import read_release
from data.redteam.attacker.verdict import POINTS, entry
from data.redteam.attacks import sequence

PEOPLE = 5  # behind goals and consultations


def suppressed(release: Path, truth: Path, out: Path) -> None:
    """Write a file like the release, with the exact counts from 10 on, of five people, and nothing below."""
    shutil.copyfile(release, out)
    with duckdb.connect(str(out)) as connection:
        connection.execute("set enable_progress_bar = false")  # the terminal is for what is found
        connection.execute(f"attach {literal(str(truth))} as t (read_only)")
        for table in door.published_tables().values():
            columns = table.counts
            enough = {
                each: f"{each} >= {T}" + (f" and {people} >= {PEOPLE}" if people else "")
                for each in columns
                for people in [table.people.get(each)]
            }
            shown = ", ".join(
                f"case when {enough[each]} then {each} else {each} * 0 end as {each}" for each in columns
            )
            kept = f" where {' or '.join(enough.values())}" if table.sparse else ""
            keys = ", ".join(table.key)
            connection.execute(f"create table made as select {keys}, {shown} from t.marts.{table.name}{kept}")
            rest = connection.execute(
                "select column_name from duckdb_columns() where database_name = current_database() "
                "and table_name = ? and schema_name = 'marts'",
                [table.name],
            ).fetchall()
            others = [name for (name,) in rest if name not in columns and name not in table.key]
            dimensions = "".join(f", o.{name}" for name in others)
            same = " and ".join(f"o.{key} is not distinct from m.{key}" for key in table.key)
            connection.execute(
                f"create or replace table marts.{table.name} as select m.*{dimensions} from made as m "
                f"left join marts.{table.name} as o on {same}"
            )
            connection.execute("drop table made")


def tenths(release: Path, truth: Path, out: Path, seed: int) -> None:
    """Write a file like the release, whose shares stand in tenths of bases from 20 on and not in quarters."""
    rng = np.random.default_rng(seed)
    shutil.copyfile(release, out)
    with duckdb.connect(str(out)) as connection:
        connection.execute("set enable_progress_bar = false")
        connection.execute(f"attach {literal(str(truth))} as t (read_only)")
        for table in (each for each in door.published_tables().values() if each.bands):
            keys = ", ".join(table.key)
            for part, base in table.bands.items():
                rows = connection.execute(
                    f"select r.rowid, r.{base}, t.{part} from marts.{table.name} as r "
                    f"join t.marts.{table.name} as t using ({keys}) "
                    f"where r.{part} = 0 and r.{base} >= 20 and t.{part} is not null order by {keys}"
                ).fetchall()
                chances = {n: noise(n) for n in {n for *_, n in rows}}
                made = [(row, _tenth(rng, whole, n, chances[n])) for row, whole, n in rows]
                ids, codes = ([each[at] for each in made] for at in (0, 1))
                connection.execute(
                    f"update marts.{table.name} set {part}_band = made.code from "
                    "(select unnest($ids) as id, unnest($codes) as code) as made where rowid = made.id",
                    {"ids": ids, "codes": codes},
                )


def _tenth(rng: np.random.Generator, base: int, n: int, chances: dict[int, float]) -> int:
    y = n + int(rng.choice(list(chances), p=list(chances.values())))
    return 11 + min(10 * y // base, 9)


def free_sums(truth: Path, seed: int, cells: int = 300, asked: int = 400) -> dict[str, Any]:
    """Ask for sums of any places with and without one, each deviated as its set has it, and average."""
    rng = np.random.default_rng(seed)
    with duckdb.connect(str(truth), read_only=True) as connection:
        rows = connection.execute(
            "select area_code, period, active_cases from marts.cases where active_cases is not null "
            "order by area_code"
        ).fetchall()
    year = max(period for _, period, _ in rows if periods.grain(period) == "year")
    n = np.array([n for code, period, n in rows if period == year and areas.level(code) == areas.GEMEINDE])
    small = np.flatnonzero((n >= 1) & (n < T))[:cells]
    chances = noise(100)
    v, p = np.array(list(chances)), np.array(list(chances.values()))
    recovered = 0
    for place in small:
        # Two sets that differ by one place have two cell keys, so both figures deviate on their own.
        others = rng.integers(1000, 5000, asked)
        without = others + rng.choice(v, asked, p=p)
        with_it = others + n[place] + rng.choice(v, asked, p=p)
        recovered += int(round(float((with_it - without).mean())) == n[place])
    exact = recovered / max(1, len(small))
    prior = float(np.bincount(n[small]).max() / len(small)) if len(small) else 0.0
    return entry(
        5,
        "averaging over free sums",
        exact <= prior + POINTS,
        tried=len(small),
        named=recovered,
        cells=len(small),
        questions_each=2 * asked,
        exact=exact,
        prior=prior,
        largest_deviation=D,
    )


def rising(release: Path, truth: Path, seed: int, draws: int = 20) -> dict[str, Any]:
    """Let each figure of a cumulative series deviate by itself, so that a later one may be larger."""
    rng = np.random.default_rng(seed)
    found = read_release(release, truth, seed, True, None)
    every = [each for each in sequence.of_curves(found) if each.y.shape[1] > 2]
    found.connection.close()
    told = [losses.told(replace(each, y=_deviated(each.n, rng))) for each in every for _ in range(draws)]
    tried, named = sum(each.small for each in told), sum(each.named for each in told)
    return entry(8, "curves that rise", not named, tried=tried, named=named)


def _deviated(n: Ints, rng: np.random.Generator) -> Ints:
    """The same count next to itself is the same set of records, so it deviates alike."""
    chances = noise(100)
    v = rng.choice(list(chances), n.shape, p=list(chances.values()))
    for at in range(1, n.shape[1]):
        v[:, at] = np.where(n[:, at] == n[:, at - 1], v[:, at - 1], v[:, at])
    y: Ints = np.where((n >= PEOPLE) & (n + v >= T), n + v, 0)
    return y
