"""The attackers look at every whole with all of its parts, as an area lies in what the register says."""

from collections import Counter

import pytest

from data.foundation import areas
from data.redteam.attacker import families, opened

CHILDREN = Counter(area.parent for area in areas.register().values())


@pytest.fixture(scope="module")
def sampled(demonstration):
    """The demonstration as a real release is attacked: the municipalities of ten drawn Kreise."""
    found = opened.read_release(demonstration.release, demonstration.truth, 5, False, None)
    families.load(found)
    return found


def wholes(found, what, above):
    """The areas of which what is left is asked, and of how many parts; `above` is what each part lies in."""
    rows = found.rows(
        f"select distinct places.{above}, families.shown + families.withheld from families "
        "join cells on cells.rowid = families.id join places using (area) "
        "where relation = 'area' and what = $what",
        what=what,
    )
    return dict(rows)


def test_a_whole_is_looked_at_with_all_its_parts_also_in_a_sample(sampled):
    found = wholes(sampled, "cases.active_cases", "parent")
    assert {areas.level(code) for code in found} >= {"kreis", "verwaltungsgemeinschaft"}
    assert found == {code: CHILDREN[code] for code in found}


def test_of_personal_traits_the_municipalities_are_the_parts_of_their_kreis(sampled):
    found = wholes(sampled, "people.active_cases", "larger")
    kreise = {code: parts for code, parts in found.items() if areas.level(code) == "kreis"}
    assert kreise
    assert kreise == {code: len(areas.inside(code, areas.GEMEINDE)) for code in kreise}
