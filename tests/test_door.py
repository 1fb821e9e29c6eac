"""The one door: what is withheld, what is unknown, and what nobody gets past it."""

import json
import shutil
import subprocess
import sys

import pytest

from data import publish
from data.disclosure.published import Gap
from data.errors import DashboardError
from data.filters import Filters
from data.publish import Audience, ask
from tests.figures import Figures


def people(numbers, area_code, *, opened="01.02.2018", plan="01.02.2018", group="18-26"):
    return "\n".join(f"F{number} | {area_code} | {opened} | {plan} | {group}" for number in numbers)


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """Ulm: 60 people, 40 of them aged 18 to 26 and with a plan, and one of 65 or over. Langenau: 4 people.

    A deviation is at most 5, so 60 is shown as 55 to 65, and 4 can never be shown.
    """
    ulm = (
        people(range(1000, 1040), "08421000")
        + "\n"
        + people(range(1040, 1060), "08421000", plan="", group="27-44")
    )
    ulm += "\n" + people([1060], "08421000", plan="", opened="01.12.2018", group="65+")
    langenau = people(range(2000, 2004), "08425072")
    goals = "\n".join(
        f"Z{number} | F1000 | Sprache | Ziel erreicht | 05.02.2018" for number in range(3000, 3040)
    )
    people_of = "fall_id | ags | aufnahme_am | integrationsplan_am | altersgruppe"
    made = (
        Figures(tmp_path_factory.mktemp("door"))
        .hand_in(
            reporting_date="31.12.2018",
            faelle=f"{people_of}\n{ulm}",
            beratungen="fall_id | datum\nF1000 | 02.02.2018",
            ziele=f"ziel_id | fall_id | zielbereich | zielstatus | vereinbart_am\n{goals}",
        )
        .hand_in(
            sender="amt-b",
            reporting_date="31.12.2018",
            faelle=f"{people_of}\n{langenau}",
            beratungen="fall_id | datum\nF2000 | 02.02.2018",
        )
        .build()
    )
    made.release()
    return made


@pytest.fixture(autouse=True)
def store(figures, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(figures.settings.store))


def test_a_count_of_many_people_is_shown_near_the_truth_and_its_rate_is_that_of_shown_counts():
    answer = ask("goals/plans", Filters(area_code="08421000", period="2018-Q1"), Audience.PUBLIC)
    active, with_plan = (answer.cell(name, period="2018-Q1") for name in ("active_cases", "with_plan"))
    assert abs(active - 60) <= 5
    assert abs(with_plan - 40) <= 5
    assert answer.cell("plan_rate", period="2018-Q1") == with_plan / active


def test_a_stadtkreis_and_its_one_municipality_have_the_same_figure():
    figures = [
        ask("goals/plans", Filters(area_code=code, period="2018"), Audience.PUBLIC).column("active_cases")
        for code in ("08421", "08421000")
    ]
    assert figures[0] == figures[1]


def test_four_people_are_withheld_and_so_is_every_rate_made_of_them():
    answer = ask("goals/plans", Filters(area_code="08425072", period="2018-Q1"), Audience.PUBLIC)
    assert answer.cell("active_cases", period="2018-Q1") is Gap.WITHHELD
    assert answer.cell("plan_rate", period="2018-Q1") is Gap.WITHHELD


def test_zero_people_and_few_people_look_the_same():
    few = ask("caseload/by_period", Filters(area_code="08425072", period="2018"), Audience.PUBLIC)
    nobody = ask("caseload/by_period", Filters(area_code="08425002", period="2018"), Audience.PUBLIC)
    strip = [row[2:] for row in few.rows]
    assert strip == [row[2:] for row in nobody.rows]


def test_a_category_that_nobody_has_and_one_that_few_have_look_the_same():
    few = ask("caseload/people", Filters(area_code="08425072", period="2018"), Audience.PUBLIC)
    nobody = ask("caseload/people", Filters(area_code="08425002", period="2018"), Audience.PUBLIC)
    assert few.rows == nobody.rows


def test_a_category_that_only_a_few_people_in_the_whole_land_have_is_not_even_listed():
    answer = ask("caseload/people", Filters(area_code="08", period="2018"), Audience.PUBLIC)
    ages = {row["category"] for row in answer if row["breakdown"] == "age_group"}
    assert ages == {"18-26", "27-44"}  # one person of 65 or over lives in Ulm


def test_a_place_without_goals_or_consultations_and_one_with_few_look_the_same():
    few, nobody = (
        Filters(area_code="08421000", period="2018-Q1"),
        Filters(area_code="08425002", period="2018-Q1"),
    )
    for query in ("goals/time_by_goal_area", "goals/time_to_goal"):
        rows = [ask(query, place, Audience.PUBLIC).only("months", "attained") for place in (few, nobody)]
        assert rows[0].rows == rows[1].rows
    profiles = [ask("municipality/profile", place, Audience.PUBLIC) for place in (few, nobody)]
    for name in ("consultations", "agreed"):
        cells = [
            one.where(area_code=place.area_code).column(name)[0]
            for one, place in zip(profiles, (few, nobody), strict=True)
        ]
        assert cells == [Gap.WITHHELD, Gap.WITHHELD], name


def test_forty_goals_of_one_person_are_withheld_because_one_person_is_behind_them():
    answer = ask("goals/by_cohort", Filters(area_code="08421000", period="2018-Q1"), Audience.PUBLIC)
    assert answer.cell("agreed", cohort="2018-Q1") is Gap.WITHHELD
    assert "agreed_persons" not in answer.names


def test_what_nobody_delivered_is_unknown_and_not_withheld():
    answer = ask("caseload/by_period", Filters(area_code="08111000", period="2018"), Audience.PUBLIC)
    assert answer.cell("active_cases", period="2018") is Gap.UNKNOWN


def test_withheld_rows_go_last_by_name_so_that_the_order_tells_nothing():
    answer = ask("caseload/people", Filters(area_code="08421000", period="2018"), Audience.PUBLIC)
    shown = [row["active_cases"] is not Gap.WITHHELD for row in answer]
    assert shown == sorted(shown, reverse=True)
    withheld = [(row["breakdown"], row["category"]) for row in answer if row["active_cases"] is Gap.WITHHELD]
    assert withheld == sorted(withheld)


def test_a_period_that_nobody_chose_is_the_newest_quarter():
    answer = ask("goals/plans", Filters(area_code="08421000"), Audience.PUBLIC)
    assert answer.column("period")[-1] == "2018-Q4"


def test_the_same_question_is_answered_once():
    chosen = Filters(area_code="08421000", period="2018")
    assert ask("goals/plans", chosen, Audience.PUBLIC) is ask("goals/plans", chosen, Audience.PUBLIC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"area_code": "99999999"},
        {"area_code": "08'; drop table x; --"},
        {"compare": "nowhere"},
        {"period": "banana"},
        {"period": "2018-Q5"},
        {"level": "street"},
    ],
)
def test_a_choice_that_does_not_exist_is_refused_by_name(wrong):
    with pytest.raises(publish.UnknownChoice, match=next(iter(wrong))):
        ask("goals/plans", Filters(**wrong), Audience.PUBLIC)


def test_a_question_that_does_not_exist_says_how_to_find_one():
    with pytest.raises(DashboardError, match="lists all"):
        ask("goals/../../secret", Filters(), Audience.PUBLIC)


def test_exact_figures_are_closed_without_the_setting_and_open_with_it(monkeypatch):
    chosen = Filters(area_code="08425072", period="2018")
    with pytest.raises(publish.InternalClosed, match="DASHBOARD_INTERNAL"):
        ask("goals/plans", chosen, Audience.INTERNAL)
    monkeypatch.setenv("DASHBOARD_INTERNAL", "1")
    answer = ask("goals/plans", chosen, Audience.INTERNAL)
    assert answer.cell("active_cases", period="2018") == 4
    assert answer.edition.internal


@pytest.mark.parametrize(("written", "first"), [("csv", 0), ("table", 0), ("json", 1)])
def test_exact_figures_on_the_command_line_say_that_they_are_not_for_publication(monkeypatch, written, first):
    asked = ("ask", "goals/plans", "area_code=08425072", "period=2018", "--format", written)
    assert "VERÖFFENTLICHUNG" not in command(*asked).stdout
    monkeypatch.setenv("DASHBOARD_INTERNAL", "1")
    said = command(*asked, "--audience", "internal").stdout
    assert "NICHT ZUR VERÖFFENTLICHUNG" in said.splitlines()[first]


def test_the_public_is_answered_without_the_warehouse(figures, monkeypatch, tmp_path):
    """Only the folder of releases is there: no warehouse, no deliveries, no register, no keys."""
    shutil.copytree(figures.settings.store / "releases", tmp_path / "releases")
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path))
    answer = ask("goals/plans", Filters(area_code="08421000", period="2018"), Audience.PUBLIC)
    assert abs(answer.cell("active_cases", period="2018") - 61) <= 5


def test_an_edition_that_is_gone_says_so(figures):
    with pytest.raises(DashboardError):
        ask("goals/plans", Filters(edition="20200101T000000-abcdef"), Audience.PUBLIC)


def command(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "data", *arguments], capture_output=True, text=True, check=False
    )


def test_the_command_line_prints_what_a_page_shows():
    done = command("ask", "goals/plans", "area_code=08421000", "period=2018-Q1", "--format", "json")
    rows = json.loads(done.stdout)["rows"]
    assert abs(rows[-1]["active_cases"] - 60) <= 5
    langenau = command("ask", "goals/plans", "area_code=08425072", "period=2018-Q1", "--format", "csv")
    assert langenau.stdout.splitlines()[-1].startswith("08425072,2018-Q1,2017-Q1,True,•,")


def test_the_command_line_lists_all_questions_with_their_first_lines():
    done = command("ask")
    assert done.returncode == 0
    assert "caseload/by_period" in done.stdout
    assert "params: area_code, compare, period" in done.stdout


def test_the_command_line_refuses_with_one_line_and_no_trace():
    done = command("ask", "goals/plans", "area_code=nowhere")
    assert done.returncode == 2
    assert "08111000 for Stuttgart" in done.stderr
    assert "Traceback" not in done.stderr
