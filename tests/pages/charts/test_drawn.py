"""A chart is drawn once, and never serves for another one."""

from dataclasses import replace
from datetime import UTC, datetime

import plotly.graph_objects as go

from pages.charts import bars, drawn, theme, trend
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


def test_whoever_asks_the_same_gets_the_chart_that_is_there():
    first = trend.lines(CASES, **LINES)
    assert trend.lines(published(PEOPLE), **LINES) is first
    assert trend.lines(CASES, by="area_code", y="active_cases", words=DE) is first


def test_another_answer_language_choice_or_kind_of_chart_is_another_chart():
    first = trend.lines(CASES, **LINES)
    corrected = published(PEOPLE.replace("140", "141"))
    other = [
        trend.lines(corrected, **LINES),
        trend.lines(CASES, **{**LINES, "words": EN}),
        trend.lines(CASES, **LINES, reference=trend.Reference(80, "Richtwert")),
        bars.pair(CASES, **LINES),
    ]
    assert not any(each is first for each in other)
    assert list(other[0].data[0].y) == [120, 141]
    assert list(first.data[0].y) == [120, 140]


def test_the_same_numbers_of_another_release_are_drawn_anew():
    later = replace(CASES.edition, version="2026-Q3", built_at=datetime(2026, 11, 1, tzinfo=UTC))
    assert trend.lines(replace(CASES, edition=later), **LINES) is not trend.lines(CASES, **LINES)


def test_a_mark_for_the_inside_stays_inside():
    shared = trend.lines(CASES, **LINES)
    inside = theme.not_for_publication(shared, DE)
    assert "Veröffentlichung" in inside.layout.annotations[-1].text
    assert "Veröffentlichung" not in trend.lines(CASES, **LINES).to_json()


@drawn.once
def _large(size: int) -> go.Figure:
    return go.Figure(layout={"title": {"text": "x" * size}})


def test_charts_are_kept_up_to_a_number_of_bytes_and_the_longest_unused_goes_first():
    million = 1_000_000
    oldest, used = _large(20 * million), _large(20 * million + 1)
    assert _large(20 * million + 1) is used
    for more in range(2, 4):
        _large(20 * million + more)
    assert _large(20 * million + 1) is used
    assert _large(20 * million) is not oldest
    too_large = drawn.BYTES + 1
    assert len(_large(too_large).layout.title.text) == too_large
    assert _large(20 * million + 1) is used
