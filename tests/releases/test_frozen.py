"""What was published of a closed period stays while it can be true, and changes where it can't be."""

from tests.releases.conftest import LANGENAU, ULM, cases, faelle
from tests.releases.content import count
from tests.support.figures import Figures


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
