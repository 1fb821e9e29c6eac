"""No step of a cumulative series is named, whatever the keys are, though the series is taken as a whole."""

import hashlib
from dataclasses import replace

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from data.disclosure.table_list import public_tables
from data.foundation import areas, goal_areas
from data.foundation.parameters import Parameters
from data.redteam import targets
from data.redteam.attacker import likelihood, losses
from data.releases import database, make, protect
from data.warehouse import models
from tests.support.effort import LONG, of

TABLE = public_tables(models.QUERIES / "marts")["goal_durations"]
AREAS = goal_areas.themes()  # the total first
GROUPS, HALF = 20, 2**32


def told(rows):
    """What is said of series of figures and counts, drawn as pairs of lists."""
    y, n = (np.array([list(each) for each in of_all]) for of_all in zip(*rows, strict=True))
    return losses.told(losses.Curves(y, n, np.zeros_like(y), np.arange(len(y))))


def test_a_rise_of_eight_tells_that_exactly_one_was_lost():
    """Both deviate by five at most, and figures of the same records would be the same."""
    one = ((50, 58), (54, 53))
    others = [((50, 49), (50, 49))] * 30 + [((50, 47), (50, 47))] * 30
    assert told([one, *others]).named == 1
    assert told([((50, 50), (54, 53)), *others]).named == 0


def test_three_figures_together_tell_more_than_two():
    """Up by six and down by nine: the middle one is as far off as can be."""
    others = [((60, 58, 57), (60, 58, 56))] * 30
    alone = told([((50, 56), (54, 53)), *[(y[:2], n[:2]) for y, n in others]])
    beside = told([((50, 56, 45), (54, 53, 50)), *others])
    assert beside.surest > alone.surest


@pytest.fixture
def undeviated():
    with likelihood.undeviated():
        yield


@pytest.fixture(scope="module")
def goals(tmp_path_factory):
    """Durations in memory with record keys, of the Kreise or, in the long form, of 40,000 cases."""
    connection = duckdb.connect(":memory:")
    if LONG:
        target = targets.demonstration(tmp_path_factory.mktemp("demonstration"), 40_000, 5)
        lay_out(connection, target.settings)
    else:
        connection.execute("create schema staging; create schema marts")
        draw(connection)
    return connection


def lay_out(connection, settings):
    """The tables of the program itself, as a release has them in memory."""
    with make.alone(settings) as (stored, before):
        keys, _ = make.keys_of(settings, before)
        database.lay_out(connection, stored, database.Series(keys, Parameters()), lambda *_: None)


def draw(connection):
    """Kreise with some goals of each goal area, of which one to eight end in three months."""
    rng = np.random.default_rng(4)
    register = areas.register()
    levels = [[code, each.level, each.parent] for code, each in register.items() if each.level != "gemeinde"]
    for name, columns, rows in (
        ("areas", ("area_code", "area_level", "parent_code"), levels),
        ("areas_above", ("area_code", "above_code", "above_level"), [[None] * 3]),
        ("periods", ("period", "period_grain", "parent_period"), [[None] * 3]),
        ("periods_above", ("period", "above_period", "above_grain"), [[None] * 3]),
    ):
        table(connection, f"staging.{name}", dict(zip(columns, zip(*rows, strict=True), strict=True)))
    kreise = [code for code, level, _ in levels if level == "kreis"]
    size = np.geomspace(0.6, 8, len(kreise))[:, None, None]
    ends = rng.poisson(size * np.ones(GROUPS), (len(kreise), len(AREAS), GROUPS))
    ends[..., -1] += 12
    ends[:, 0] = ends[:, 1:].sum(axis=1)
    keys = np.where(ends > 0, rng.integers(0, HALF, ends.shape), 0)
    still = [np.cumsum(each[..., ::-1], axis=2)[..., ::-1] for each in (ends, keys)]
    at_risk = (still[0] * HALF + still[1] % HALF).ravel()
    place, of_area, group = (each.ravel() for each in np.indices(ends.shape))
    columns = dict.fromkeys((*TABLE.perturbed, *TABLE.people.values()), np.zeros_like(at_risk))
    columns |= {"at_risk": at_risk, "at_risk_persons": at_risk}
    names = {"area_code": np.array(kreise)[place], "goal_area": np.array(AREAS)[of_area]}
    table(connection, "marts.goal_durations", names | {"months": 3 * (group + 1)} | columns)


def table(connection, name, columns):
    connection.register("columns", pa.table(columns))
    connection.execute(f"create table {name} as from columns")
    connection.unregister("columns")


def draws(connection, table, many):
    """What the attacker says with so many draws of keys, one after the other."""
    read = (
        f"select coalesce(rows.at_risk, 0) as y, exact.at_risk // {HALF} as n "
        "from marts.goal_durations as exact "
        "left join rows using (area_code, goal_area, months) where exact.at_risk is not null "
        "order by area_code, goal_area, months"
    )
    for each in range(many):
        k2 = hashlib.sha256(f"draw {each}".encode()).digest()
        rows, _ = protect.Protection(connection, k2, Parameters(), None).table(table)
        connection.register("rows", rows)
        found = connection.execute(read).fetchnumpy()
        connection.unregister("rows")
        y, n = (np.ma.filled(found[name], 0).reshape(-1, GROUPS).astype(np.int64) for name in ("y", "n"))
        places = np.arange(len(y)) // len(AREAS)
        # The kind of a step: how large the figure is from which it leads.
        kinds = np.zeros_like(y)
        kinds[:, 1:] = np.ceil(2 * np.log2(np.maximum(y[:, :-1], 1)))
        yield losses.told(losses.Curves(y, n, kinds, places))


@pytest.mark.long
def test_no_step_is_named_with_any_keys(goals):
    told = list(draws(goals, TABLE, of(5, 200)))
    assert sum(each.small for each in told) > 2000
    assert [each for each in told if each.named] == []


def test_figures_that_deviate_each_by_itself_name_some(goals):
    told = list(draws(goals, replace(TABLE, falls={}), 5))
    assert sum(each.named for each in told) > 0
