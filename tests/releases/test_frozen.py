"""What was published of a closed period stays while it can be true, and changes everywhere alike."""

import hashlib

import pytest

from data.redteam.attacker.opened import read_release
from data.redteam.attacks import consistency
from data.releases import secrets
from tests.releases.conftest import COUNTED, LANGENAU, ULM, cases, faelle, goals
from tests.releases.content import cells, count
from tests.support import effort, stores, whole
from tests.support.figures import Figures

KREIS = "08126"  # with its municipalities 011, 020, 028 and 046
PLACES = ("011", "020", "028")
DAYS = [f"{1 + number % 28:02d}.{1 + number % 12:02d}.2018" for number in range(200)]


def released(folder, *deliveries):
    """One release after another."""
    figures = Figures(folder)
    made = []
    for people, reporting_date in deliveries:
        figures.hand_in(reporting_date=reporting_date, faelle=faelle(*people))
        made.append(figures.release(note="Berichtigung"))
    return figures, made


def test_one_person_fewer_changes_no_closed_figure(tmp_path):
    before = (cases(range(1000, 1080), ULM), cases(range(1080, 1120), ULM, group="27-44"))
    after = (cases(range(1000, 1079), ULM), cases(range(1080, 1120), ULM, group="27-44"))
    figures, made = released(tmp_path, (before, "31.12.2018"), (after, "31.01.2019"))
    assert made[1].revised == {}
    for release in (made[0].name, made[1].name):
        assert count(figures, release, "active_cases", ULM, "2018-Q4") == count(
            figures, made[0].name, "active_cases", ULM, "2018-Q4"
        )


def test_many_people_fewer_change_it_to_what_can_be_true(tmp_path):
    before = (cases(range(1000, 1120), ULM), cases(range(2000, 2030), LANGENAU))
    after = (cases(range(1000, 1080), ULM), cases(range(2000, 2030), LANGENAU))
    figures, made = released(tmp_path, (before, "31.12.2018"), (after, "31.01.2019"))
    assert made[1].revised["cases"] > 0
    assert abs(count(figures, made[1].name, "active_cases", ULM, "2018-Q4") - 80) <= 5
    assert count(figures, made[1].name, "active_cases", LANGENAU, "2018-Q4") == count(
        figures, made[0].name, "active_cases", LANGENAU, "2018-Q4"
    )


def test_a_withheld_figure_stays_withheld_while_it_can_be_small(tmp_path):
    place = "08425033"
    before = (
        cases(range(1000, 1120), ULM),
        cases(range(3000, 3004), place),
        cases(range(2000, 2060), LANGENAU),
    )
    after = (*before, cases(range(3004, 3010), place))
    figures, made = released(tmp_path, (before, "31.12.2018"), (after, "31.01.2019"))
    assert [count(figures, each.name, "active_cases", place, "2018-Q4") for each in made] == [0, 0]


def people(corrected=0):
    """200 people in three places of a Kreis; of the first ones the place is corrected, to a fourth."""
    lines = []
    for number, day in enumerate(DAYS):
        place = f"{KREIS}046" if number < corrected else f"{KREIS}{PLACES[number % 3]}"
        lines.append(cases([1000 + number], place, opened=day, plan=day))
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


@pytest.mark.parametrize("draw", range(effort.of(5, 200)))
def test_twelve_corrected_cases_are_published_in_the_same_series(delivered, tmp_path, draw):
    figures = stores.copied(delivered, tmp_path)
    k1, k2 = (hashlib.sha256(f"{name} {draw}".encode()).digest() for name in ("first", "second"))
    secrets.store(figures.settings.keys, secrets.Keys(k1, k2))
    secrets.promote(figures.settings.keys)
    first = figures.release(attacks=consistent)
    figures.hand_in(reporting_date="31.01.2019", faelle=people(corrected=12))
    second = figures.release(note="Berichtigung", attacks=consistent)
    assert (first.series, second.series) == (1, 1)


def test_goals_attained_later_change_an_old_cohort_only_when_they_are_more_than_a_few(tmp_path):
    """Of 120 goals of 2018 first 60 are attained, then two more, then thirty. Other Kreise have none."""
    figures = Figures(tmp_path)
    who = range(1000, 1120)
    others = whole.lines(
        whole.of("08", without=("08421",)), "F{number} | {area_code} | 01.02.2018 | 01.02.2018 | 18-26"
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
