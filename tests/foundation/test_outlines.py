"""Outlines of associations are exactly what is left of those of their municipalities."""

import json
from itertools import pairwise

import pytest

from data.foundation import areas, outlines

# Three squares, each run against the clock: B is right of A, D below B.
A = [(0, 1), (1, 1), (1, 2), (0, 2), (0, 1)]
B = [(1, 1), (2, 1), (2, 2), (1, 2), (1, 1)]
D = [(1, 0), (2, 0), (2, 1), (1, 1), (1, 0)]


def borders(rings):
    return {step for ring in rings for step in pairwise(ring)}


def around(name, key):
    found = json.loads(areas.FILE.with_name(name).read_text(encoding="utf-8"))["features"]
    return {each["properties"][key]: outlines.rings(each["geometry"]) for each in found}


def test_the_border_between_two_goes_and_the_one_round_them_stays():
    (ring,) = outlines.union([A, B])
    assert borders([ring]) == {
        ((0, 1), (1, 1)), ((1, 1), (2, 1)), ((2, 1), (2, 2)),
        ((2, 2), (1, 2)), ((1, 2), (0, 2)), ((0, 2), (0, 1)),
    }  # fmt: skip


def test_two_that_touch_in_a_point_stay_two():
    found = outlines.union([A, D])
    assert len(found) == 2
    assert borders([A]) in [borders([ring]) for ring in found]
    assert borders([D]) in [borders([ring]) for ring in found]


def test_a_hole_stays_and_runs_the_other_way_round():
    outer = [(0, 0), (6, 0), (6, 6), (0, 6), (0, 0)]
    hole = [(2, 2), (2, 4), (4, 4), (4, 2), (2, 2)]
    island = [(0, 0), (0, -1), (6, -1), (6, 0), (0, 0)]
    found = outlines.union([outer, hole, island])
    assert borders(found) >= borders([hole])
    geometry = outlines._geometry(found)
    assert geometry["type"] == "Polygon"
    assert [len(ring) for ring in geometry["coordinates"]] == [7, 5]


def test_neighbours_without_the_same_points_are_an_error():
    with pytest.raises(ValueError, match="neighbours don't have the same points"):
        outlines.union([[(0, 0), (1, 0), (1, 1)]])


def test_the_file_is_what_the_register_and_the_municipalities_make():
    assert outlines.ASSOCIATIONS.read_text(encoding="utf-8") == outlines.associations()


def test_the_kreise_were_made_the_same_way():
    """Their file is older than the program that makes those of associations: nothing is drawn otherwise."""
    drawn = around("gemeinden.geojson", "ags")
    features = json.loads(outlines.MUNICIPALITIES.read_text(encoding="utf-8"))["features"]
    for kreis, rings in around("kreise.geojson", "kreis_ags").items():
        inside = [each["properties"]["ags"] for each in features if each["properties"]["kreis_ags"] == kreis]
        assert borders(outlines.union(ring for code in inside for ring in drawn[code])) == borders(rings), (
            kreis
        )
