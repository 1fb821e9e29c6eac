from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from data.disclosure.published import Column, Gap, Published, Role
from data.foundation import areas
from data.releases import preview
from pages.charts import theme
from pages.maps import boundaries, choropleth
from pages.text import words
from tests.support.charted import EDITION, published

DE, EN = words.of("de"), words.of("en")
GEMEINDEN = [code for code, area in areas.register().items() if area.level == "gemeinde"]


def _of_all(cell_of):
    columns = (Column("area_code", Role.DIMENSION), Column("active_cases", Role.COUNT))
    rows = tuple((code, cell_of(position)) for position, code in enumerate(GEMEINDEN))
    return Published("drawn", columns, rows, ("active_cases",), EDITION)


def _drawn(cells, value="active_cases", level="gemeinde", words=DE, **more):
    return choropleth.classes(cells, words=words, value=value, level=level, **more)


def _rated(cell_of):
    columns = (Column("area_code", Role.DIMENSION), Column("per_1000", Role.RATE))
    rows = tuple((code, cell_of(position)) for position, code in enumerate(GEMEINDEN))
    return Published("drawn", columns, rows, ("per_1000",), EDITION)


def _sizes(drawn):
    """How many areas each entry of the legend stands for."""
    found = Counter(drawn.fills[at].name for at in drawn.found.values())
    return {fill.name: found[fill.name] for fill in drawn.fills}


def _names(drawn):
    return [fill.name for fill in drawn.fills]


@pytest.fixture(scope="module")
def full():
    return _drawn(_rated(lambda at: Gap.WITHHELD if at % 3 == 0 else float(at % 10)), "per_1000")


def test_every_municipality_lies_in_exactly_one_class(full):
    sizes = _sizes(full)
    assert sizes.pop("zum Schutz zurückgehalten") == 367
    assert len(sizes) == 5
    assert sum(sizes.values()) == 1101 - 367
    assert full.found.keys() == set(GEMEINDEN), "where nobody lives, there is no class"


def test_classes_are_round_and_the_same_whatever_the_values_are():
    """One place or all of them, in any year: two maps can be laid side by side."""
    always = ["unter 2", "2 bis unter 4", "4 bis unter 6", "6 bis unter 8", "8 und mehr"]
    assert _names(_drawn(_rated(lambda at: float(at % 12)), "per_1000")) == always
    assert _names(_drawn(_rated(lambda at: 7.5), "per_1000")) == always
    assert _sizes(_drawn(_rated(lambda at: 7.5), "per_1000"))["6 bis unter 8"] == 1101


def test_a_limit_belongs_to_the_class_above_it():
    assert [choropleth.class_of(value, [10, 20]) for value in (9.9, 10, 20, 500)] == [0, 1, 2, 2]


def test_the_reference_line_of_80_is_a_limit_of_the_caseload():
    two = published("area_code | caseload: rate\n08111 | 79.9\n08115 | 80")
    drawn = _drawn(two, "caseload", "kreis", EN)
    assert drawn.fills[drawn.found["08111"]].name == "60 to below 80"
    assert drawn.fills[drawn.found["08115"]].name == "80 to below 100"


def test_a_share_has_the_quarters_of_bands_below_the_kreis_and_finer_classes_for_kreise():
    places = published("area_code | plan_rate: rate\n08111000 | 0.81")
    assert "¾ und mehr" in _names(_drawn(places, "plan_rate"))
    kreise = published("area_code | plan_rate: rate\n08111 | 0.81")
    assert "80\xa0% bis unter 90\xa0%" in _names(_drawn(kreise, "plan_rate", "kreis"))
    banded = published("area_code | plan_rate: rate\n08111 | 0.81\n08115 | 0.5-0.75")
    assert "¾ und mehr" in _names(_drawn(banded, "plan_rate", "kreis"))


def test_an_absolute_number_is_a_circle_whose_surface_is_the_number():
    drawn = _drawn(
        published("area_code | active_cases: count\n08111000 | 2000\n08421000 | 500\n08115003 | •")
    )
    assert drawn.circles == {"08111000": 1.0, "08421000": 0.25}
    assert [fill.name for fill in drawn.fills if fill.circle] == ["50", "500", "2.000"]
    assert drawn.fills[drawn.found["08115003"]].name == "zum Schutz zurückgehalten"
    assert drawn.fills[drawn.found["08111000"]].colour == theme.GROUND


def test_every_map_that_can_be_chosen_has_its_classes():
    for name, rule in choropleth.register().items():
        limits = rule.get("limits", [])
        assert limits == sorted(set(limits)), name
        sizes = rule.get("circles", {})
        assert bool(limits) != bool(sizes), f"{name} is either a rate or an absolute number"
        assert not sizes or sizes.keys() == boundaries.FILES.keys(), name
    assert choropleth.register().keys() >= {*preview.MEASURES}


def test_a_withheld_area_is_hatched_and_named_and_an_unknown_one_looks_different():
    three = published("""
        area_code | plan_rate: rate
        08111     | 0.5
        08115     | •
    """)
    drawn = _drawn(three, "plan_rate", "kreis", EN)
    found = {fill.name: fill for fill in drawn.fills}
    assert _sizes(drawn)["withheld to protect individuals"] == 1
    assert _sizes(drawn)["not delivered / unknown"] == 42
    withheld, unknown = found["withheld to protect individuals"], found["not delivered / unknown"]
    assert "" not in (withheld.pattern, unknown.pattern)
    assert withheld.pattern != unknown.pattern
    assert drawn.texts["08115"] == "withheld to protect individuals"
    assert not any(found[name].pattern for name in found if "%" in name)


def test_a_place_whose_kreis_has_the_money_is_with_the_kreis_and_not_without_a_delivery():
    two = published(
        "area_code | approved_eur: amount\n08111000 | 100\n08425071 | .\n08425039 | 0\n08425024 | 70"
    )
    held = frozenset({"08425071", "08425039", "08425024"})
    drawn = _drawn(two, "approved_eur", held=held)
    kinds = {code: drawn.fills[drawn.found[code]].name for code in ("08111000", *held, "08115003")}
    assert kinds["08425071"] == kinds["08425039"] == drawn.texts["08425071"] == "beim Kreis"
    assert kinds["08425024"] == kinds["08111000"] == ""
    assert kinds["08115003"] == "keine Lieferung / unbekannt"


def test_a_map_without_any_number_is_still_a_map():
    nothing = _sizes(_drawn(_rated(lambda _: Gap.WITHHELD), "per_1000"))
    assert nothing["zum Schutz zurückgehalten"] == 1101
    assert len(nothing) == 6, "the classes stay in the legend"


def test_the_legend_and_the_values_are_in_the_language():
    cells = _of_all(lambda position: 1234)
    assert "2,000" in _names(_drawn(cells, words=EN))
    assert _drawn(cells, words=EN).texts["08421000"] == "1,234"
    assert _drawn(cells).texts["08421000"] == "1.234"


def test_each_map_is_made_once_and_is_the_same_each_time():
    cells = _rated(lambda at: float(at % 9))
    assert _drawn(cells, "per_1000") is _drawn(cells, "per_1000")
    choropleth.classes.cache_clear()
    assert _drawn(cells, "per_1000") == _drawn(replace(cells), "per_1000")


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
    drawn = _drawn(three, level=areas.ASSOCIATION)
    assert drawn.texts["084255007"] == "40"
    assert drawn.texts["08421000"] == "60"
    assert _sizes(drawn)["zum Schutz zurückgehalten"] == 1
    assert _sizes(drawn)["keine Lieferung / unbekannt"] == 460 - 3


def test_every_circle_stands_in_its_own_area():
    def turns_around(point, ring):
        seen = ring.astype(float) - point
        angles = np.unwrap(np.arctan2(seen[:, 1], seen[:, 0]))
        return round((angles[-1] - angles[0]) / (2 * np.pi))

    for level in (areas.GEMEINDE, areas.ASSOCIATION):
        known = boundaries.rings(level)
        for code, point in boundaries.centres(level).items():
            assert sum(turns_around(point, ring) for ring in known[code]) == 1, code


def test_neighbours_share_a_border_and_know_each_other():
    near = boundaries.neighbours(areas.KREIS)
    assert set(near["08421"]) == {"08425"}, "Ulm lies in the Alb-Donau-Kreis"
    assert all(code in near[each] for code, beside in near.items() for each in beside)
    assert len(boundaries.neighbours(areas.GEMEINDE)["08111000"]) == 14


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


def test_of_a_grouping_the_map_has_its_members_alone():
    cells = _rated(lambda at: Gap.WITHHELD if at == 5 else 1.0)
    every, members = _drawn(cells, "per_1000"), frozenset(GEMEINDEN[:5])
    drawn = choropleth.of_members(cells, members=members, words=DE, value="per_1000", outside="nicht dabei")
    assert drawn.found.keys() == drawn.members == members
    assert "zum Schutz zurückgehalten" not in _names(drawn), "no member is withheld"
    assert {drawn.fills[at].name for at in drawn.found.values()} == {"unter 2"}
    assert drawn.texts[GEMEINDEN[5]] == "nicht dabei"
    assert drawn.texts[GEMEINDEN[4]] == every.texts[GEMEINDEN[4]]
