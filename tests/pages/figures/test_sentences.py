"""Sentences over released values: nothing is said of a withheld one, and no sum or residual is claimed."""

import re
import tomllib
from pathlib import Path

import pytest

from pages.figures import sentences
from pages.text.words import of
from tests.support.charted import published

TEXT = Path(__file__).parents[3] / "pages" / "text"
OVER_TIME = """
    area_code | period  | year_before | active_cases: count
    08421000  | 2025-Q3 | 2024-Q3     | {before}
    08421000  | 2026-Q3 | 2025-Q3     | {now}
"""
GROUPS = """
    category | active_cases: count | share: rate
    18-26    | 40                  | 0.1
    27-44    | {other}             | {share}
"""
NOW = {"area_code": "08421000", "period": "2026-Q3"}


def told(lang: str, **cells: str) -> str:
    drawn = published(OVER_TIME.format(**cells), "active_cases")
    return sentences.against_year_before(drawn, "active_cases", words=of(lang), key="caseload.active", **NOW)


def test_a_change_of_two_shown_values_is_told():
    assert "50\N{NO-BREAK SPACE}% mehr" in told("de", before="40", now="60").replace(
        " %", "\N{NO-BREAK SPACE}%"
    )


def test_a_change_that_the_deviation_alone_may_have_made_is_told_as_none():
    """Two people on paper: each of 32 and 30 may be a few off."""
    assert "etwa so viele wie" in told("de", before="32", now="30")
    assert "about as many as" in told("en", before="30", now="35")
    assert "20\N{NO-BREAK SPACE}% mehr" in told("de", before="30", now="36")


def test_a_single_person_is_one_person():
    """Exact figures of a small place; a release shows none so small."""
    assert "wird 1 Person betreut" in told("de", before=".", now="1")
    assert "1 person is counselled" in told("en", before=".", now="1")
    assert "werden 11 Personen betreut" in told("de", before=".", now="11")


@pytest.mark.parametrize(("before", "now"), [("•", "60"), ("40", "•"), ("•", "•"), (".", "60")])
def test_no_change_is_told_where_either_value_is_not_shown(before: str, now: str):
    german, english = told("de", before=before, now=now), told("en", before=before, now=now)
    assert not re.search(r"mehr|weniger|viele wie", german)
    assert not re.search(r"more|fewer|as many as", english)
    if now == "•":
        assert "60" not in german + english
        assert "40" not in german + english


def test_the_largest_group_is_the_largest_of_those_shown_if_one_is_withheld():
    """Nearly all may be of the group that is withheld."""

    def largest(other: str, share: str) -> str:
        drawn = published(GROUPS.format(other=other, share=share), "active_cases")
        return sentences.largest(
            drawn, "share", words=of("de"), key="caseload.people.age_group", label="category"
        )

    assert largest("•", "•").endswith("(unter den gezeigten Werten)")
    assert "gezeigten" not in largest("20", "0.05")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_text_of_a_figure_claims_a_sum_or_a_residual_of_counted_people(lang: str):
    wrong = re.compile(
        r"(?i)\b(summe|insgesamt|zusammengenommen|übrigen|restlichen|altogether|in total|the remaining)\b"
    )
    for name in ("overview", "caseload", "goals", "municipality", "chart", "show"):
        texts = tomllib.loads((TEXT / lang / f"{name}.toml").read_text(encoding="utf-8"))
        for text in every(texts):
            assert not wrong.search(text), text


def every(texts: object) -> list[str]:
    if isinstance(texts, dict):
        return [text for below in texts.values() for text in every(below)]
    return [str(texts)]
