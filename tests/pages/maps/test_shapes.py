"""The boundaries as a browser fetches them."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from starlette.requests import Request

from data.foundation import areas
from pages.maps import boundaries, shapes


def _asked(name):
    # In a thread of its own: where a browser was driven before, this one has a loop that runs.
    with ThreadPoolExecutor(1) as apart:
        asked = shapes.answer(Request({"type": "http", "path_params": {"name": name}}))
        return apart.submit(asyncio.run, asked).result()


def _walked(path):
    """Where the first line of a path leads: its points, in steps."""
    start, moves = re.match(r"M(-?\d+ ?-?\d+)l([^Mz]*)", path).groups()
    numbers = [int(each) for each in re.findall(r"-?\d+", f"{start} {moves}")]
    return np.cumsum(np.array(numbers).reshape(-1, 2), axis=0)


def test_every_list_of_a_file_has_one_entry_for_each_area():
    for level in boundaries.FILES:
        found = json.loads(shapes.file(level))
        borders = found.pop("borders")
        assert {len(each) for each in found.values()} == {len(boundaries.rings(level))}
        assert bool(borders) == (level != areas.KREIS)
        assert found["codes"] == list(shapes.codes(level))


def test_a_path_runs_along_the_border_it_was_made_of():
    line = boundaries.rings(areas.GEMEINDE)["08421000"][0]
    east, north = line[0]
    start = ((east - 7.5) / boundaries.STRETCH * 1e4, (49.8 - north) * 1e4)
    walked = _walked(shapes.path(line))
    assert np.allclose(walked[0], start, atol=1)
    assert np.abs(walked[-1] - walked[0]).max() == 0, "a ring ends where it began"


def test_a_click_chooses_an_area_of_the_register_even_where_nobody_lives():
    found = json.loads(shapes.file(areas.GEMEINDE))
    assert set(found["picks"]) <= areas.register().keys()
    nobody = [pick for pick, name in zip(found["picks"], found["names"], strict=True) if not name]
    assert [areas.level(code) for code in nobody] == [areas.KREIS] * 2


def test_a_browser_may_keep_a_file_for_ever_and_another_name_is_none():
    answer = _asked(shapes.name(areas.KREIS))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]
    assert len(json.loads(answer.body)["codes"]) == 44
    assert _asked("kreis.000000000000.json").status_code == 404
    assert _asked("areas.csv").status_code == 404


def test_what_is_fetched_is_small_and_names_nothing_outside():
    assert len(shapes.file(areas.GEMEINDE)) < 350_000
    assert b"http" not in shapes.file(areas.GEMEINDE)
