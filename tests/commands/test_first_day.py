"""docs/first-day.md leads from an empty store and the sheet of one office to a page with its figures.

The commands are those of the document. The release is attacked as always: of one office alone attacks know no
other place.
"""

import contextlib
import io
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from data import redteam
from data.commands import AFTER_RELEASE, demo, main
from data.deliveries.format.sender import SYNTHETIC
from data.deliveries.store import deliveries
from data.demo import first_day
from data.foundation import settings
from data.releases import make
from tests.support import fixed
from tests.support.opened import opened, said

DOCUMENT = (Path(__file__).parents[2] / "docs" / "first-day.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^ {4}\.venv/bin/(python -m data .+)$", DOCUMENT, re.M)
STORE = re.findall(r"^ {4}export DASHBOARD_STORE=(\S+)$", DOCUMENT, re.M)
GIVEN = re.compile(r"--sender \S+ --reporting-date \S+")
RELEASE = "python -m data release"


@dataclass(frozen=True)
class Step:
    """A command of the document, its exit code, and all that it printed."""

    command: str
    code: int
    printed: str


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The folder of the program, as the document sees it, with the store that it names."""
    program = tmp_path_factory.mktemp("first") / "program"
    program.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(program)
        patched.setenv("DASHBOARD_STORE", *STORE)
        yield program


@pytest.fixture(scope="module")
def steps(place):
    """What the commands of the document came to, up to the release."""
    done = []
    for command in COMMANDS:
        if command == RELEASE:
            break
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = main(shlex.split(command)[3:])
        done.append(Step(command, code, out.getvalue()))
    return done


def test_the_document_has_every_step_from_the_sheet_to_the_release():
    assert [command.split()[3] for command in COMMANDS] == [
        "store", "demo", "import", "profile", "import", "build", "release",
    ]  # fmt: skip
    assert len(STORE) == 1


def test_there_is_one_refused_round_and_every_other_step_succeeds(steps):
    assert [step.code for step in steps] == [0, 0, 3, 0, 0, 0]


def test_each_step_is_told_by_the_step_before(steps):
    following = [*(step.command for step in steps[2:]), RELEASE]

    for step, after in zip(steps[1:], following, strict=True):
        told = GIVEN.sub("--sender SENDER --reporting-date TT.MM.JJJJ", after)
        assert told in step.printed, f"{step.command} does not say {told}"
    assert "`make run`" in AFTER_RELEASE
    assert re.search(r"^ {4}make run$", DOCUMENT, re.M)


def test_what_was_taken_over_and_left_out_is_said_in_numbers_and_needs_no_yes(steps):
    taken = steps[4].printed

    cases, goals = re.findall(r"(\d+) (?:cases|goals)\b", DOCUMENT[DOCUMENT.index("## 5.") :])[:2]
    assert f"{cases} faelle, {goals} ziele" in taken
    assert "'Bemerkung'" in taken
    assert "line 303" in taken
    assert "warning" not in taken


def test_the_sheet_is_demonstration_data_and_the_server_adds_none_of_its_own(steps):
    chosen = settings.from_environment()

    assert [one.synthetic for one in deliveries.all_deliveries(chosen)] == [True]
    assert not demo.fill(chosen, 1_000, 2018, lambda step: None)


def test_nothing_is_open_in_the_proposal(steps):
    assert "still open" not in steps[3].printed
    assert "not assigned" not in steps[3].printed


def test_it_ends_on_a_page_that_shows_the_figures_of_the_kreis_and_none_of_the_land(steps, place):
    chosen = settings.from_environment()
    fixed.keys(chosen.keys)
    make.make(chosen, lambda step: None, make.Terms(), attacks=redteam.for_release(chosen.protection))
    (address,) = re.findall(r"localhost:8501/\?area_code=(\d+)", DOCUMENT)
    (sentence,) = re.findall(r"\*… (werden im Alb-Donau-Kreis) … (Personen betreut)\*", DOCUMENT)

    kreis, land = said(opened("overview", area_code=address)), said(opened("overview"))

    assert re.search(rf"{sentence[0]} \d+ {sentence[1]}", kreis)
    assert "ist in Baden-Württemberg nicht bekannt, wie viele Personen betreut werden" in land


def test_the_sheet_is_one_as_offices_keep_it_and_the_same_at_each_run(tmp_path):
    one, other = first_day.write(tmp_path / "a", 2018), first_day.write(tmp_path / "b", 2018)

    title, head, *cases, last = openpyxl.load_workbook(one).active.iter_rows(values_only=True)

    assert one.read_bytes() == other.read_bytes()
    assert (title[0], {*title[1:]}) == (SYNTHETIC, {None})
    assert head[:6] == ("Fall-Nr.", "Gemeinde", "Zugang am", "Beendet am", "Grund der Beendigung", "Alter")
    assert {"Ziel 1", "Status Ziel 1", "Ziel 2", "Bemerkung"} <= set(head)
    assert (len(cases), last[0]) == (300, "Gesamt")
    assert {row[head.index("Bemerkung")] for row in cases} == {None}
    assert all(isinstance(row[head.index("Alter")], int) for row in cases)
