"""The attackers look at every whole with all of its parts, as an area lies in what the register says."""

from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pytest

from data.foundation import areas
from data.redteam.attacker import families, opened, posterior

CHILDREN = Counter(area.parent for area in areas.register().values())


@pytest.fixture(scope="module")
def sampled(demonstration):
    """The demonstration as a real release is attacked: the municipalities of ten drawn Kreise."""
    found = opened.read_release(demonstration.release, demonstration.truth, 2, False, None)
    families.load(found)
    return found


def wholes(found, what, part):
    """The areas of which what is left is asked, and of how many parts: of one level, or the next smaller ones
    where these are of several (`mixed`).
    """
    rows = found.rows(
        "select distinct whole.area, families.shown + families.withheld from families "
        "join cells as whole on whole.rowid = families.whole_id "
        "join cells as part on part.rowid = families.id "
        "where whole.area <> part.area and whole.what = $what "
        "and (case when relation = 'mixed' then relation else part.level end) = $part",
        what=what,
        part=part,
    )
    return dict(rows)


def test_a_whole_is_looked_at_with_all_its_parts_also_in_a_sample(sampled):
    mixed = wholes(sampled, "cases.active_cases", "mixed")
    assert {areas.level(code) for code in mixed} == {"kreis"}
    assert mixed == {code: CHILDREN[code] for code in mixed}
    whole = wholes(sampled, "cases.active_cases", areas.GEMEINDE)
    assert {areas.level(code) for code in whole} >= {"kreis", areas.ASSOCIATION}
    assert whole == {code: len(areas.inside(code, areas.GEMEINDE)) for code in whole}


def test_of_personal_traits_the_municipalities_are_the_parts_of_their_kreis(sampled):
    kreise = wholes(sampled, "people.active_cases", areas.GEMEINDE)
    assert {areas.level(code) for code in kreise} == {"kreis"}
    assert kreise == {code: len(areas.inside(code, areas.GEMEINDE)) for code in kreise}
    assert not wholes(sampled, "people.active_cases", "mixed")


def test_whoever_knows_how_many_live_there_expects_more_in_a_larger_place(sampled):
    told = posterior.of_families(sampled)
    small = (told["what"] == "cases.active_cases") & (told["level"] == areas.GEMEINDE)
    assert small.sum() >= 200
    population = dict(
        sampled.rows("select area_code, max(inhabitants) from r.marts.inhabitants group by area_code")
    )
    living = np.array([population.get(str(area), 0) for area in told["area"]])
    anybody = 1 - told["prior"][:, 0]
    half = np.median(living[small])
    assert anybody[small & (living > half)].mean() > 1.3 * anybody[small & (living <= half)].mean(), half


def test_a_place_is_as_large_in_a_long_period_as_it_was_at_any_time_within(sampled):
    ((longer, larger, smaller),) = sampled.rows(
        f"with volumes as ({posterior.VOLUMES}) select count(*), count(*) filter (volumes.y > own.y), "
        "count(*) filter (volumes.y < part.y) from volumes join times using (period) "
        "join cells as own on own.what = 'cases.active_cases' and own.area = volumes.area "
        "and own.period = volumes.period join time_above as inside on inside.whole = volumes.period "
        "join cells as part on part.what = own.what and part.area = own.area "
        "and part.period = inside.period where times.grain = 'phase'"
    )
    assert longer > 1000
    assert larger > 100
    assert smaller == 0


@pytest.mark.parametrize(("elsewhere", "sure"), [("08421", True), ("08425", False), ("08425001", False)])
def test_how_large_groups_between_two_figures_are_is_known_from_other_kreise(elsewhere, sure):
    """In a cell of 08425 one was opened lately, and its figures leave it open; in 40 cells elsewhere too."""
    connection = duckdb.connect()
    connection.execute(
        "create table rests as select * from (values ('within', 0, -1, 1)) as own(relation, id, rest, n) "
        "union all select 'within', range + 1, 3, 1 from range(40);"
        "create table cells as select 'cases.opened' as what, '08425' as area union all "
        f"select 'cases.opened', '{elsewhere}' from range(40);"
        "create table places as select * from (values ('08421', '08421'), ('08425', '08425'), "
        "('08425001', '08425')) as places(area, kreis)"
    )
    found = opened.Opened(connection, {}, 1, np.random.default_rng(1), True, Path(), Path(), None)
    told = posterior.of_rests(found)
    own = told["posterior"][told["rest"] == -1][0]
    assert bool(own[1] > 0.9) == sure
