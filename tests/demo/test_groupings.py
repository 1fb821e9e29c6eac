"""The groupings of the demonstration: the planning regions, and constituencies that are called invented."""

from collections import Counter

from data import demo
from data.deliveries.groupings import grouping_list
from data.foundation import areas

LINES = grouping_list.read(demo.GROUPINGS)
GROUPS = grouping_list.by_group(LINES)


def kreise(places):
    return {areas.above(place, areas.KREIS) for place in places}


def test_the_twelve_regions_are_whole_kreise_and_all_of_the_land():
    regions = GROUPS["Regionen"]
    assert len(regions) == 12
    of_kreis = Counter(kreis for places in regions.values() for kreis in kreise(places))
    assert set(of_kreis) == set(areas.inside(areas.LAND, areas.KREIS))
    assert set(of_kreis.values()) == {1}
    assert sum(map(len, regions.values())) == len(areas.inside(areas.LAND, areas.GEMEINDE))
    assert kreise(regions["Region Stuttgart"]) == {"08111", "08115", "08116", "08117", "08118", "08119"}
    assert kreise(regions["Region Neckar-Alb"]) == {"08415", "08416", "08417"}


def test_the_constituencies_are_called_invented_and_cut_a_city():
    constituencies = GROUPS["Beispiel-Wahlkreise"]
    assert all(name.endswith("(erfunden)") for name in constituencies)
    assert grouping_list.in_several(LINES)["Beispiel-Wahlkreise"] == ("08421000",)


def test_what_the_demonstration_writes_holds_no_grouping(tmp_path):
    """It is handed in from where it lies: the files of before are all that is written, as they were."""
    written = demo.write(tmp_path / "deliveries", cases=50, seed=1) + demo.write_lists(tmp_path / "lists", 1)
    assert len(written) == 47
    assert not [path for path in tmp_path.rglob("*") if "grouping" in path.name]
