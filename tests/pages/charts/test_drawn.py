"""A chart is drawn once, and never serves for another one."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import plotly.graph_objects as go

from pages.charts import bars, drawn, signs, theme, trend
from pages.text import words
from tests.support.charted import published

DE, EN = words.of("de"), words.of("en")
PEOPLE = """
    period  | area_code | active_cases: count
    2026-Q1 | 08421     | 120
    2026-Q2 | 08421     | 140
"""
CASES = published(PEOPLE)
LINES = {"words": DE, "y": "active_cases", "by": "area_code"}


drawings = []


@drawn.once
def _counted(size: int, *, words: words.Words = DE) -> go.Figure:
    drawings.append(size)
    return go.Figure(layout={"title": {"text": "x" * size}})


def test_whoever_asks_the_same_gets_the_chart_that_is_there():
    drawings.clear()
    assert _counted(3).layout.title.text == _counted(3).layout.title.text == "xxx"
    assert _counted(4, words=EN).layout.title.text == "xxxx"
    assert _counted(3, words=EN).layout.title.text == "xxx"
    assert drawings == [3, 4, 3]


def test_a_chart_that_is_there_is_the_one_that_was_drawn():
    drawn_now = trend.lines.__wrapped__(CASES, **LINES)
    for _ in range(2):
        there = trend.lines(published(PEOPLE), **LINES)
        assert json.loads(there.to_json()) == json.loads(drawn_now.to_json())


def test_another_answer_language_choice_or_kind_of_chart_is_another_chart():
    first = trend.lines(CASES, **LINES).to_json()
    corrected = published(PEOPLE.replace("140", "141"))
    other = [
        trend.lines(corrected, **LINES),
        trend.lines(CASES, **{**LINES, "words": EN}),
        trend.lines(CASES, **LINES, beside=signs.Marks(signs.Reference(80, "Richtwert"))),
        bars.pair(CASES, **LINES),
    ]
    assert len({first, *(each.to_json() for each in other)}) == 5
    assert list(other[0].data[0].y) == [120, 141]


def test_the_same_numbers_of_another_release_are_drawn_anew():
    drawings.clear()

    @drawn.once
    def of_release(answer):
        drawings.append(answer.edition.version)
        return go.Figure()

    later = replace(CASES.edition, version="2026-Q3", built_at=datetime(2026, 11, 1, tzinfo=UTC))
    for _ in range(2):
        of_release(CASES)
        of_release(replace(CASES, edition=later))
    assert drawings == [CASES.edition.version, "2026-Q3"]


def test_a_mark_for_the_inside_stays_inside():
    inside = trend.lines(CASES, **LINES)
    theme.not_for_publication(inside, DE)
    assert "Veröffentlichung" in inside.layout.annotations[-1].text
    assert not trend.lines(CASES, **LINES).layout.annotations


def test_charts_are_kept_up_to_a_number_of_bytes_and_the_longest_unused_goes_first():
    size = 20_000_000
    drawings.clear()
    for each in (size, size + 1, size + 2, size, size + 3):
        _counted(each)
    assert drawings == [size, size + 1, size + 2, size + 3]
    _counted(size)
    _counted(size + 1)  # it had to go for the fourth
    assert drawings[4:] == [size + 1]
    assert len(_counted(drawn.BYTES + 1).layout.title.text) == drawn.BYTES + 1
    _counted(size)
    assert drawings[5:] == [drawn.BYTES + 1]
