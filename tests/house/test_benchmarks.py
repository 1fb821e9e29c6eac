"""`make bench` measures what is declared, writes the README's table and fails where a promise is broken."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from benchmarks import asking, books, deviations, goals, growth, measured, readme
from benchmarks.__main__ import PARTS, bench, main, promises
from benchmarks.measured import Parts
from benchmarks.promises import Figure, Part, Promise, UndeclaredFigureError, measure
from benchmarks.web import first_start, readers, runs
from data.foundation.steps import Step
from tests.support import effort

ROOT = Path(__file__).parents[2]
TINY = partial(deviations.figures, cells=1000)
STANDING = readme.Row("3.7 (11.1 s / 3.0 s)", False, "22.11.2026", "2 cores, an older DuckDB")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A README with text around the place of the table."""
    path = tmp_path / "README.md"
    path.write_text(f"# Before\n\n{readme.BEGIN}\n{readme.END}\n\nAfter.\n", encoding="utf-8")
    return path


def _parts(**limit: float | None) -> dict[str, Part]:
    """The goals as they are, and very few deviated cells under this limit."""
    (promise,) = deviations.PROMISES
    limited = replace(promise, **({"at_most": None, "below": None} | limit))
    return {"goals": PARTS["goals"], "deviations": Part((limited,), TINY)}


def test_what_is_measured_is_written_between_the_markers_and_the_other_rows_stay(page):
    parts = _parts()
    readme.write(page, promises(parts), {"goals-duckdb": STANDING})
    assert bench(parts, ["deviations"], page) == []
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# Before\n\n{readme.BEGIN}\n")
    assert text.endswith(f"{readme.END}\n\nAfter.\n")
    said = readme.rows(text, promises(parts))
    assert set(said) == {"goals-duckdb", "deviations"}
    assert said["goals-duckdb"] == STANDING
    assert said["deviations"].surroundings == readme.surroundings()
    assert re.fullmatch(r"\d+\.\d\d \(\d+\.\d\d s / \d+\.\d\d s\)", said["deviations"].figure)
    assert f"| {readme.NEVER} | below 0.5 |  |" in text


def test_a_broken_promise_is_marked_in_the_table_and_named_with_figure_and_limit(page):
    (sentence,) = bench(_parts(at_most=0), ["deviations"], page)
    said = readme.rows(page.read_text(encoding="utf-8"), promises(_parts()))["deviations"]
    assert said.broken
    assert sentence.startswith("deviations: deviating 5,000,000 cells / DuckDB counting them: ")
    assert said.figure in sentence
    assert sentence.endswith("promised at most 0")
    assert bench(_parts(at_most=1e9), ["deviations"], page) == []
    assert "broken" not in page.read_text(encoding="utf-8")


def test_the_command_ends_with_1_and_names_the_broken_promise(page, monkeypatch, capsys):
    for limit, code in ((0.0, 1), (1e9, 0)):
        monkeypatch.setitem(PARTS, "deviations", _parts(at_most=limit)["deviations"])
        assert main(["deviations", "--readme", str(page)]) == code
        assert ("broken: deviations: " in capsys.readouterr().err) is bool(code)


def test_a_limit_is_within_what_is_at_most_and_outside_what_is_below():
    assert Promise("a", "a", at_most=4).kept(4)
    assert not Promise("a", "a", at_most=4).kept(4.001)
    assert not Promise("a", "a", below=4).kept(4)
    assert Promise("a", "a").kept(1e9)


def test_a_part_that_does_not_exist_is_refused_before_anything_is_measured():
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "deviations", "gaols"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no part 'gaols'; there are goals, books" in done.stderr


def test_a_file_without_a_place_for_the_table_is_refused_and_stays_as_it_is(page, capsys):
    page.write_text(f"# Before\n{readme.BEGIN}\n", encoding="utf-8")
    assert main(["deviations", "--readme", str(page)]) == 1
    said = capsys.readouterr()
    assert readme.END in said.err
    assert said.out == ""
    assert page.read_text(encoding="utf-8") == f"# Before\n{readme.BEGIN}\n"


def test_a_part_that_measures_something_else_than_it_declares_is_an_error(tmp_path):
    def other(folder: Path) -> Iterator[Figure]:
        yield Figure("other", 1.0)

    with pytest.raises(UndeclaredFigureError, match=r"declares \['deviations'\] .* measures \['other'\]"):
        list(measure("deviations", Part(deviations.PROMISES, other), tmp_path))


@pytest.mark.parametrize(
    ("module", "figures"),
    [
        (books, partial(books.figures, cases=20, goals=80)),
        (goals, partial(goals.figures, rows=2000)),
        (deviations, TINY),
    ],
)
def test_a_part_measures_what_it_declares(tmp_path, module, figures):
    assert len(list(measure("part", Part(module.PROMISES, figures), tmp_path))) == len(module.PROMISES)


def test_the_parts_of_some_work_are_told_in_their_order_with_all_of_their_seconds():
    clock = iter([0.0, 0.5, 2.0, 3.0, 3.5, 10.0])
    parts = Parts(lambda: next(clock))
    for about in ("record keys", "staging.cases", "staging.goals", "marts.cases"):
        parts(Step("release", about))
    assert parts.told == "record keys 2.0 s, staging 1.5 s, marts 6.5 s"


def test_the_memory_of_some_work_is_not_that_of_who_began_it():
    large = bytearray(b"x") * 400_000_000

    assert len(large) / 1e6 > 400 - 1
    assert measured.peak_mb(time.sleep, 0) < 200


def test_growth_is_told_of_each_size_against_the_one_before(tmp_path):
    found = [each.id for each in growth.figures(tmp_path, sizes=(100, 1000, 2000), large=1000)]
    assert found == ["growth-1000", "growth-2000", "memory"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("module", "figures"),
    [
        (asking, partial(asking.figures, times=1)),
        (first_start, first_start.figures),
        # With servers and readers of its own it costs more than all others together.
        *([(runs, partial(runs.figures, runs=1, readers=2, seconds=1, pages=runs.PAGES[:2]))] * effort.LONG),
        *([(readers, partial(readers.figures, seconds=1, pages=2))] * effort.LONG),
    ],
)
def test_a_filled_store_is_asked_and_its_first_page_opened(tmp_path, store, monkeypatch, module, figures):
    monkeypatch.setenv("DASHBOARD_STORE", str(store))
    shutil.copytree(store, tmp_path / "store")
    found = list(measure("part", Part(module.PROMISES, figures), tmp_path))
    assert all(figure.value > 0 for _, figure in found)


def test_the_table_of_the_readme_has_one_row_for_each_declared_figure_and_no_other(tmp_path):
    copied = shutil.copy(readme.README, tmp_path)
    readme.write(Path(copied), promises(PARTS), {})
    text = readme.README.read_text(encoding="utf-8")
    assert Path(copied).read_text(encoding="utf-8") == text
    assert set(readme.rows(text, promises(PARTS))) == {promise.id for promise in promises(PARTS)}


def test_the_table_of_the_readme_marks_what_is_over_its_limit():
    said = readme.rows(readme.README.read_text(encoding="utf-8"), promises(PARTS))
    for promise in promises(PARTS):
        value = float(re.match(r"[\d.,]+", said[promise.id].figure)[0].replace(",", ""))
        assert said[promise.id].broken is not promise.kept(value), promise.id


def test_no_two_figures_have_the_same_name_or_words_and_every_ratio_is_against_something():
    declared = promises(PARTS)
    assert len({promise.id for promise in declared}) == len(declared)
    assert len({(promise.measured, promise.against) for promise in declared}) == len(declared)
    assert all(promise.against for promise in declared if promise.unit == "ratio")
