"""What was published of a closed period stays while it can be true, and changes everywhere alike."""

import hashlib

import duckdb
import pytest

from data.foundation import areas
from data.redteam.attacker.opened import read_release
from data.redteam.attacks import consistency
from data.releases import secrets, shelf
from tests.releases.conftest import COUNTED, LANGENAU, STUTTGART, ULM, cases, faelle, goals, quarter
from tests.releases.content import cells, count
from tests.support import effort, stores, whole
from tests.support.figures import Figures

# Kreise of several municipalities: what people deviate by is drawn in each of them for itself.
SEVERAL = [
    places[:4]
    for kreis in areas.inside(areas.LAND, areas.KREIS)
    if len(places := areas.inside(kreis, areas.GEMEINDE)) > 4
]
DRAWS = 10  # Kreise in one release
DAYS = [f"{1 + number % 28:02d}.{1 + number % 12:02d}.2018" for number in range(200)]


EHINGEN = "08425033"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """Two releases: one person fewer in Ulm, 40 fewer in Stuttgart, six more in Ehingen, where four were."""
    figures = Figures(tmp_path_factory.mktemp("corrected"))
    langenau, ehingen = cases(range(2000, 2060), LANGENAU), cases(range(3000, 3004), EHINGEN)
    before = (*ulm(1080), cases(range(4000, 4120), STUTTGART), langenau, ehingen)
    more = cases(range(3004, 3010), EHINGEN)
    after = (*ulm(1079), cases(range(4000, 4080), STUTTGART), langenau, ehingen, more)
    made = []
    for people, reporting_date in ((before, "31.12.2018"), (after, "31.01.2019")):
        figures.hand_in(reporting_date=reporting_date, faelle=faelle(*people))
        made.append(figures.release(note="Berichtigung"))
    return figures, made


def ulm(last):
    return cases(range(1000, last), ULM), cases(range(1080, 1120), ULM, group="27-44")


def test_one_person_fewer_changes_no_closed_figure(corrected):
    figures, made = corrected
    assert not {each.get("area_code") for each in made[1].revisions} & {ULM, "08421"}
    first, second = (count(figures, each.name, "active_cases", ULM, "2018-Q4") for each in made)
    assert first == second
    assert abs(first - 120) <= 5


def test_many_people_fewer_change_it_to_what_can_be_true(corrected):
    figures, made = corrected
    assert made[1].revised["cases"] > 0
    assert abs(count(figures, made[1].name, "active_cases", STUTTGART, "2018-Q4") - 80) <= 5
    assert count(figures, made[1].name, "active_cases", LANGENAU, "2018-Q4") == count(
        figures, made[0].name, "active_cases", LANGENAU, "2018-Q4"
    )


def test_a_withheld_figure_stays_withheld_while_it_can_be_small(corrected):
    figures, made = corrected
    assert [count(figures, each.name, "active_cases", EHINGEN, "2018-Q4") for each in made] == [0, 0]


def people(corrected=0):
    """In each Kreis 200 people in three places; of the first ones the place is corrected, to a fourth."""
    lines = []
    for kreis, places in enumerate(SEVERAL[:DRAWS]):
        for number, day in enumerate(DAYS):
            place = places[3] if number < corrected else places[number % 3]
            lines.append(cases([1000 * (kreis + 1) + number], place, opened=day, plan=day))
    return faelle(*lines)


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """A store with the delivery that is corrected later, and no release yet."""
    figures = Figures(tmp_path_factory.mktemp("delivered"))
    figures.hand_in(reporting_date="31.12.2018", faelle=people())
    return figures.settings.store.parent


def consistent(release, truth):
    """The attack that compares the same people at the ends of month, quarter and year."""
    told = consistency.attack(read_release(release, truth, 1, False, None))
    return {"passed": told["passed"], "attacks": [told]}


@pytest.mark.long
@pytest.mark.parametrize("draw", range(effort.of(1, 20)))
def test_twelve_corrected_cases_of_each_kreis_are_published_in_the_same_series(delivered, tmp_path, draw):
    figures = stores.copied(delivered, tmp_path)
    k1, k2 = (hashlib.sha256(f"{name} {draw}".encode()).digest() for name in ("first", "second"))
    secrets.store(figures.settings.keys, secrets.Keys(k1, k2))
    secrets.promote(figures.settings.keys)
    first = figures.release(attacks=consistent)
    figures.hand_in(reporting_date="31.01.2019", faelle=people(corrected=12))
    second = figures.release(note="Berichtigung", attacks=consistent)
    assert (first.series, second.series) == (1, 1)


def test_goals_attained_later_change_an_old_cohort_only_when_they_are_more_than_a_few(tmp_path):
    """Of 120 goals of 2018 first 60 are attained, then two more, then thirty. Other Kreise have none.

    Just over half of the Land and of the Regierungsbezirk deliver: so both have a figure.
    """
    figures = Figures(tmp_path)
    who = range(1000, 1120)
    others = whole.lines(
        sorted({*whole.half("08"), *whole.half("084")} - {"08421"}),
        "F{number} | {area_code} | 01.02.2018 | 01.02.2018 | 18-26",
    )
    attained = []
    for reporting_date, number in (("31.12.2018", 60), ("31.01.2019", 62), ("28.02.2019", 90)):
        figures.hand_in(
            reporting_date=reporting_date,
            faelle=faelle(cases(who, ULM), *others),
            ziele="\n".join(
                (
                    COUNTED,
                    goals(who[:number], "Sprache"),
                    goals(who[number:], "Sprache", "Ziel verfehlt"),
                )
            ),
        )
        made = figures.release(note="Berichtigung")
        attained.append(cells(figures, made.name, "goals", "attained", period="2018-Q1", goal_area="gesamt"))
    first, second, third = attained
    assert first == second
    assert {area: abs(number - 60) <= 5 for area, number in first.items() if number} == dict.fromkeys(
        ("08", "084", "08421", "08421000"), True
    )
    assert all(abs(third[area] - 90) <= 5 for area, number in first.items() if number)


def test_the_hashes_of_two_releases_tell_nobody_that_nothing_was_corrected(tmp_path):
    """Forty people in Ulm, published twice: the file says the same of them, and by other hashes."""
    figures = quarter(tmp_path)
    first, second = figures.release(), figures.release()
    said = []
    for made in (first, second):
        path = shelf.database(figures.settings.store, made.name)
        with duckdb.connect(str(path), read_only=True) as connection:
            said.append(
                connection.execute(
                    "select state_areas, state_fixed, state_every from marts.edition"
                ).fetchone()
            )
    assert said[0][0] == said[1][0]
    assert {"08421", "08425"} <= set(said[0][0])
    assert not {*said[0][1], *said[0][2]} & {*said[1][1], *said[1][2]}
    assert second.revised == {}
