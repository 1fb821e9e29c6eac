import json
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from data.disclosure.published import Column, Gap, Published, Role
from data.foundation import areas
from pages.charts import boundaries, choropleth
from pages.text import words
from tests.support.charted import EDITION, published

DE, EN = words.of("de"), words.of("en")
GEMEINDEN = [code for code, area in areas.register().items() if area.level == "gemeinde"]


def _of_all(cell_of):
    columns = (Column("area_code", Role.DIMENSION), Column("active_cases", Role.COUNT))
    rows = tuple((code, cell_of(position)) for position, code in enumerate(GEMEINDEN))
    return Published("drawn", columns, rows, ("active_cases",), EDITION)


@pytest.fixture(scope="module")
def full():
    cells = _of_all(lambda position: Gap.WITHHELD if position % 3 == 0 else 10 + position)
    return choropleth.classes(cells, words=DE, value="active_cases", level="gemeinde", chosen="08421000")


def _filled(fig):
    return {trace.name: trace for trace in fig.data if trace.type == "scatter" and trace.fill}


def _hover(fig):
    (found,) = [trace for trace in fig.data if trace.type == "scatter" and trace.mode == "markers"]
    return dict(zip(found.customdata, found.hovertext, strict=True))


def test_every_municipality_lies_in_exactly_one_class(full):
    drawn = {name: trace.meta for name, trace in _filled(full).items()}
    assert drawn.pop("gemeindefreies Gebiet, ohne Einwohner") == 2
    assert drawn.pop("zum Schutz zurückgehalten") == 367
    assert len(drawn) == 5
    assert sum(drawn.values()) == 1101 - 367
    assert min(drawn.values()) >= (1101 - 367) / 5 / 2, "no class with less than half of its share"


def test_a_withheld_area_is_hatched_and_named_and_an_unknown_one_looks_different():
    three = published("""
        area_code | plan_rate: rate
        08111     | 0.5
        08115     | •
    """)
    fig = choropleth.classes(three, words=EN, value="plan_rate", level="kreis")
    withheld = _filled(fig)["withheld to protect people"]
    unknown = _filled(fig)["no delivery / unknown"]
    assert (withheld.meta, unknown.meta) == (1, 42)
    assert withheld.fillpattern.shape != unknown.fillpattern.shape
    assert (
        _hover(fig)["08115"]
        == "<b>Böblingen (Landkreis)</b><br>Share with an integration plan: withheld to protect people"
    )


def test_the_legend_names_the_bounds_in_the_language():
    cells = _of_all(lambda position: 10 + 2 * position)
    names = [
        trace.name
        for trace in choropleth.classes(cells, words=DE, value="active_cases", level="gemeinde").data
    ]
    assert "1.800 und mehr" in names
    assert "10 bis unter 450" in names
    english = choropleth.classes(cells, words=EN, value="active_cases", level="gemeinde").data
    assert "1,800 and more" in [trace.name for trace in english]


def test_no_colour_is_narrower_than_what_deviations_may_make_of_a_place():
    """Most places have 10 to 20 people. Fifths of them would be two people wide; each is five off."""
    cells = _of_all(lambda position: 10 + position % 11 if position % 4 else 200 + position)
    drawn = choropleth.classes(cells, words=EN, value="active_cases", level="gemeinde")
    lower = sorted(int(name.split()[0].replace(",", "")) for name in _filled(drawn) if name[0].isdigit())
    assert len(lower) > 1
    assert min(np.diff(lower)) >= 10
    exact = replace(cells, edition=replace(EDITION, internal=True, parameters=None))
    finer = choropleth.classes(exact, words=EN, value="active_cases", level="gemeinde")
    names = [name for name in _filled(finer) if name[0].isdigit()]
    assert len(names) == 5


def test_hovering_names_the_place_and_its_value(full):
    assert _hover(full)["08421000"] == "<b>Ulm</b><br>Betreute Personen: " + DE.number(
        10 + GEMEINDEN.index("08421000")
    )
    assert _hover(full).keys() >= set(GEMEINDEN), "a click must reach every municipality"


def test_a_click_gives_an_area_of_the_register_even_where_nobody_lives(full):
    assert _hover(full).keys() <= areas.register().keys()
    assert _hover(full)["08415"] == "gemeindefreies Gebiet, ohne Einwohner"


def _size(parts):
    """The area of rings, holes taken off, in square degrees."""
    return sum(
        float(np.sum(ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1])) / 2
        for ring in (part.astype(float) - (9.0, 48.6) for part in parts)
    )


def test_the_map_of_associations_has_no_hole_and_nothing_twice():
    """270 associations, the 190 municipalities that are in none, and two places where nobody lives."""
    drawn = boundaries.rings(areas.ASSOCIATION)
    levels = Counter(areas.level(code) if code in areas.register() else "nobody" for code in drawn)
    assert levels == {areas.ASSOCIATION: 270, areas.GEMEINDE: 190, "nobody": 2}
    whole = sum(map(_size, boundaries.rings(areas.KREIS).values()))
    assert sum(map(_size, drawn.values())) == pytest.approx(whole, rel=1e-4)
    members = areas.inside("084255007", areas.GEMEINDE)
    parts = sum(_size(boundaries.rings(areas.GEMEINDE)[code]) for code in members)
    assert _size(drawn["084255007"]) == pytest.approx(parts, rel=1e-4)


def test_on_the_map_of_associations_a_municipality_that_is_in_none_stands_for_itself():
    three = published("""
        area_code | active_cases: count
        084255007 | 40
        08421000  | 60
        084255002 | •
    """)
    fig = choropleth.classes(three, words=DE, value="active_cases", level=areas.ASSOCIATION)
    hover = _hover(fig)
    assert hover["084255007"] == "<b>GVV Laichinger Alb</b><br>Betreute Personen: 40"
    assert hover["08421000"] == "<b>Ulm</b><br>Betreute Personen: 60"
    assert _filled(fig)["zum Schutz zurückgehalten"].meta == 1
    assert _filled(fig)["keine Lieferung / unbekannt"].meta == 460 - 3


def test_every_point_to_hover_over_lies_in_its_own_area():
    def turns_around(point, ring):
        seen = ring.astype(float) - point
        angles = np.unwrap(np.arctan2(seen[:, 1], seen[:, 0]))
        return round((angles[-1] - angles[0]) / (2 * np.pi))

    for level in (areas.GEMEINDE, areas.ASSOCIATION):
        known = boundaries.rings(level)
        for code, point in zip(*boundaries.hover_points(level), strict=True):
            assert sum(turns_around(point, ring) for ring in known[code]) == 1, code


def test_a_point_in_a_hole_is_not_inside():
    square = np.array([[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]], dtype=np.float32)
    hole = square / 4 + 1.5
    inside = boundaries._within(np.array([[2.0, 2.0], [0.5, 0.5], [5.0, 1.0]]), [square, hole])
    assert inside.tolist() == [False, True, False]


def test_holes_run_the_other_way_round_so_that_they_stay_empty():
    def turn(ring):
        (x1, y1), (x2, y2) = (ring[:-1] - ring[0]).T, (ring[1:] - ring[0]).T
        return float(np.sign(np.sum(x1 * y2 - x2 * y1)))

    around_heilbronn = boundaries.rings("kreis")["08125"]
    assert [turn(ring) for ring in around_heilbronn] == [1, -1]


def test_a_chosen_district_is_outlined_without_the_borders_inside_it():
    inside = sum(
        len(ring) for code, parts in boundaries.rings("kreis").items() if code[:3] == "084" for ring in parts
    )
    assert len(boundaries.around("084")) < 0.7 * inside


def test_a_shared_border_is_drawn_once():
    every = sum(len(ring) for parts in boundaries.rings("kreis").values() for ring in parts)
    assert len(boundaries.borders("kreis")) < 0.75 * every


def test_the_source_of_the_boundaries_is_named_on_the_map(full):
    assert "© GeoBasis-DE / BKG 2016 (Daten verändert)" in [note.text for note in full.layout.annotations]


def test_the_map_is_light_and_needs_nothing_from_outside(full):
    text = full.to_json()
    assert len(text) < 1_500_000
    assert "http" not in text
    assert not {trace["type"] for trace in json.loads(text)["data"]} & {
        "choropleth",
        "choroplethmap",
        "scattermap",
    }


def test_a_map_without_any_number_is_still_a_map():
    nothing = _of_all(lambda position: Gap.WITHHELD)
    fig = choropleth.classes(nothing, words=DE, value="active_cases", level="gemeinde", chosen="08")
    assert set(_filled(fig)) == {
        "zum Schutz zurückgehalten",
        "gemeindefreies Gebiet, ohne Einwohner",
    }


def test_bounds_are_round_and_no_class_is_empty():
    values = [float(10 + n * n) for n in range(200)]
    bounds = choropleth.class_bounds(values, whole=True)
    assert bounds == [10, 2000, 6000, 10000, 30000]


def test_few_distinct_values_make_fewer_classes():
    assert choropleth.class_bounds([1.0, 2.0, 2.0, 3.0], whole=True) == [1, 2, 3]
    assert choropleth.class_bounds([], whole=True) == []


def test_many_equal_values_leave_no_class_empty():
    values = [0.5] * 90 + [0.6, 0.7, 0.8, 0.9, 0.95, 1.0]
    bounds = choropleth.class_bounds(values, whole=False)
    sizes = [
        sum(choropleth.class_of(value, bounds) == position for value in values)
        for position in range(len(bounds))
    ]
    assert min(sizes) > 0


def test_a_bound_belongs_to_the_class_above_it():
    assert [choropleth.class_of(value, [0, 10, 20]) for value in (9.9, 10, 20, 500)] == [0, 1, 2, 2]
