"""`python -m data ask` prints what a page shows."""

import json

import pytest

from tests.support.asked import command

pytestmark = pytest.mark.usefixtures("in_ulm")


def test_the_command_line_prints_what_a_page_shows():
    done = command("ask", "goals/plans", "area_code=08421000", "period=2018-Q1", "--format", "json")
    rows = json.loads(done.stdout)["rows"]
    assert abs(rows[-1]["active_cases"] - 60) <= 5
    langenau = command("ask", "goals/plans", "area_code=08425072", "period=2018-Q1", "--format", "csv")
    first, *_, last = langenau.stdout.splitlines()
    assert first.startswith("area_code,period,year_before,without,active_cases,")
    assert last.startswith("08425072,2018-Q1,2017-Q1,,•,")


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


@pytest.mark.parametrize(("written", "first"), [("csv", 0), ("table", 0), ("json", 1)])
def test_exact_figures_on_the_command_line_say_that_they_are_not_for_publication(written, first):
    asked = ("ask", "goals/plans", "area_code=08425072", "period=2018", "--format", written)
    assert "VERÖFFENTLICHUNG" not in command(*asked).stdout
    said = command(*asked, "--audience", "internal").stdout
    assert "NICHT ZUR VERÖFFENTLICHUNG" in said.splitlines()[first]
