"""How far a piece of work is: told in numbers, and shown as a share and a sentence."""

import dataclasses
import json
import threading
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from data.commands import main
from data.foundation import steps
from data.foundation.steps import Step
from pages.work import actions, jobs, releasing
from tests.releases.conftest import office
from tests.support import signed

PAGE = Path(__file__).parents[2] / "pages" / "internal" / "publishing.py"


def ended(job):
    until = time.monotonic() + 120
    while not job.done and time.monotonic() < until:
        time.sleep(0.05)
    assert job.done
    return job


def test_a_build_counts_its_steps_on_the_page_and_on_the_terminal(tmp_path, monkeypatch, capsys):
    figures = office(tmp_path)
    signed.sit(monkeypatch, figures.settings.store)
    last = ended(actions.rebuild()).step
    assert (last.stage, last.about, last.done) == ("build", "checks", last.of)
    capsys.readouterr()
    assert main(["build", "--json"]) == 0
    out, err = capsys.readouterr()
    assert set(json.loads(out)) == {"version", "built_at"}
    first, end = err.splitlines()
    assert first.startswith(f"build: step 1 of {last.of} (staging.")
    assert end == f"build: step {last.of} of {last.of} (checks)"


def test_the_demonstration_names_the_sender_that_is_written(tmp_path, capsys):
    assert main(["demo", "--out", str(tmp_path / "demo"), "--cases", "400"]) == 0
    first = capsys.readouterr().err.splitlines()[0]
    assert first.endswith(": 1 of 44")
    assert "write" not in first
    assert Step("1/3 write", "Stadt Ulm", 1, 44).text == "1/3 write: Stadt Ulm"


def test_a_step_is_shown_as_a_share_and_in_words(tmp_path, monkeypatch):
    figures = office(tmp_path)
    signed.sit(monkeypatch, figures.settings.store)
    looked = threading.Event()

    def works(tell: steps.Progress) -> None:
        tell(dataclasses.replace(Step("release", "marts.cases", 9, 36), stage="prepare"))
        looked.wait(120)

    job = jobs.start(releasing.BY, works)
    while job.step == jobs.QUEUED:
        time.sleep(0.02)
    shown = AppTest.from_file(str(PAGE), default_timeout=120).run()
    looked.set()
    assert not shown.exception
    (bar,) = shown.get("progress")
    assert bar.proto.value == 25
    assert "9" in bar.proto.text
    assert "36" in bar.proto.text
    ended(job)
