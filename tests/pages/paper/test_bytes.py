"""The same release gives the same bytes, from a page, from the command line, at any time."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from data.questions.filters import Filters
from pages.files.kept import BusyError, Kept
from pages.paper import edition, sheets, typeset
from pages.paper.__main__ import main
from pages.text import words
from tests.conftest import ROOT
from tests.support import orders


def command(store: Path, *given: str, seed: str = "1") -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own; `seed` decides the order of sets."""
    return subprocess.run(
        [sys.executable, "-m", "pages.paper", *given],
        cwd=ROOT,
        env=os.environ | {"DASHBOARD_STORE": str(store), "PYTHONHASHSEED": seed},
        check=False,
        capture_output=True,
        text=True,
    )


def test_two_processes_and_this_one_write_the_same_bytes(figures: Path, tmp_path: Path):
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.pdf"
        done = command(figures, "--area", "08425", "--lang", "en", "--out", str(out), seed=seed)
        assert done.returncode == 0, done.stderr
        assert "Alb-Donau-Kreis, " in done.stdout
    chosen, spoken = edition.chosen("08425"), words.of("en")
    made = orders.patiently(lambda: typeset.written(sheets.of(chosen, spoken), typeset.when(chosen)))
    again = typeset.written(sheets.of(chosen, spoken), typeset.when(chosen))
    assert made == again == (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_a_choice_that_does_not_exist_is_said_in_a_sentence(
    figures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """In this process: a start takes longer than the answer, and whatever is not caught fails the test."""
    out = str(tmp_path / "x.pdf")
    for given, code, said in (
        (("--area", "99"), 2, "area_code is '99'"),
        (("--area", "08", "--period", "1999-Q1"), 2, "period is '1999-Q1'"),
        (("--area", "08", "--release", "2000-Q1"), 4, "no version 2000-Q1"),
    ):
        assert main([*given, "--out", out]) == code
        assert said in capsys.readouterr().err
    assert main(["--area", "08", "--out", str(tmp_path / "no" / "x.pdf")]) == 1
    assert "cannot be written" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]


def test_a_month_becomes_its_quarter_where_months_are_not_published(figures: Path):
    assert edition.chosen("08425", "2026-06").period == "2026-06"
    assert edition.chosen("08425071", "2026-06").period == "2026-Q2"


class Made:
    """What makes a file, and how often it did."""

    def __init__(self, file: bytes) -> None:
        self.file, self.times = file, 0

    def __call__(self) -> bytes:
        self.times += 1
        return self.file


def test_a_pdf_that_is_there_is_not_made_again_and_the_oldest_makes_room():
    kept = Kept(most_bytes=25, at_once=2, wait_seconds=1)
    one, two, three = (Made(sign * 10) for sign in (b"1", b"2", b"3"))
    kept.made("one", one)
    kept.made("two", two)
    kept.made("one", one)
    kept.made("three", three)  # for which `two` makes room
    kept.made("one", one)
    kept.made("two", two)
    assert (one.times, two.times, three.times) == (1, 2, 1)


def test_what_several_ask_for_at_once_is_made_once_and_fails_for_all():
    kept = Kept(most_bytes=100, at_once=2, wait_seconds=5)
    made, begun, end = [], threading.Event(), threading.Event()

    def slow() -> bytes:
        made.append(1)
        begun.set()
        assert end.wait(10)
        if len(made) > 1:
            raise ZeroDivisionError
        return b"slow"

    for expected in (b"slow", ZeroDivisionError):
        begun.clear(), end.clear()
        with ThreadPoolExecutor(6) as pool:
            asked = [pool.submit(kept.made, expected, slow) for _ in range(6)]
            assert begun.wait(10)
            time.sleep(0.05)
            end.set()
            told = [each.exception(10) or each.result() for each in asked]
        assert {each if each == expected else type(each) for each in told} == {expected}
    assert len(made) == 2


def test_no_more_than_so_many_are_made_at_once_and_whoever_waits_too_long_is_told():
    kept = Kept(most_bytes=100, at_once=1, wait_seconds=0.05)
    begun, end = threading.Event(), threading.Event()

    def slow() -> bytes:
        begun.set()
        assert end.wait(10)
        return b"slow"

    other = threading.Thread(target=kept.made, args=("slow", slow))
    other.start()
    assert begun.wait(10)
    with pytest.raises(BusyError):
        kept.made("other", Made(b"other"))
    end.set()
    other.join()
    assert kept.made("other", Made(b"other")) == b"other"
    assert kept.made("slow", Made(b"never")) == b"slow"


def test_releases_and_choices_are_different_papers(figures: Path):
    papers = {
        typeset.place(Filters(code, None, period, edition=edition.chosen("08").edition), lang)
        for code, period, lang in (("08", "2026-Q1", "de"), ("08", "2026-Q2", "de"), ("08", "2026-Q2", "en"))
    }
    assert len(papers) == 3
