"""Beside the figures: events, years that still run, names at the ends of lines, and no line too many."""

from datetime import date
from itertools import pairwise

import pytest

from data.questions import events
from pages.charts import alt, bars, signs, theme, trend
from pages.charts.signs import Marks, Shade
from pages.text import words
from tests.support.charted import published

DE, EN = words.of("de"), words.of("en")
QUARTERS = published("""
    period  | area_code | active_cases: count
    2022-Q4 | 08421     | 120
    2023-Q1 | 08421     | 130
    2023-Q2 | 08421     | 140
    2023-Q3 | 08421     | 150
    2022-Q4 | 08        | 121
    2023-Q1 | 08        | 131
    2023-Q2 | 08        | 139
    2023-Q3 | 08        | 151
""")
YEARS = published("""
    budget_year | planned_eur: amount | paid_eur: amount
    2024        | 100                 | 90
    2025        | 110                 | 100
    2026        | 120                 | 40
""")
AREAS = ("Sprache", "Wohnung", "Kinder", "Gesundheit", "Schulbildung", "Arbeitsmarkt", "Anerkennung")


def named(fig):
    """What stands in the chart as a text of its own."""
    return [note.text.strip() for note in fig.layout.annotations]


def test_an_event_stands_on_its_day_and_is_named_and_said():
    fig = trend.lines(
        QUARTERS.where(area_code="08421"),
        words=DE,
        y="active_cases",
        beside=Marks(events=events.of("people")),
    )
    (line,) = fig.layout.shapes
    # 6 June 2023 is two thirds into the third place, whose middle is 2.
    assert line.x0 == pytest.approx(2.2, abs=0.05)
    assert named(fig) == ["VwV 2023"]
    assert signs.said(fig, DE) == "Eingezeichnet: 06.06.2023 Neue VwV Integrationsmanagement."
    assert "6 June 2023" in signs.said(
        trend.lines(
            QUARTERS, words=EN, y="active_cases", by="area_code", beside=Marks(events=events.of("people"))
        ),
        EN,
    )


def test_events_are_named_in_a_row_each_so_that_no_name_lies_upon_another():
    years = published(
        "budget_year | paid_eur: amount\n" + "\n".join(f"{year} | 9" for year in range(2018, 2027))
    )
    fig = bars.stages(years, words=DE, x="budget_year", y="paid_eur", beside=Marks(events=events.of("money")))
    heights = [note.ay for note in fig.layout.annotations]
    assert len(heights) == 3
    assert all(above <= below - signs.ROW for above, below in pairwise(heights))


def test_an_event_outside_of_the_axis_is_not_drawn():
    fig = bars.stages(
        YEARS, words=DE, x="budget_year", y="paid_eur", beside=Marks(events=events.of("people"))
    )
    assert not fig.layout.shapes
    assert signs.said(fig, DE) == ""


def test_every_event_has_a_day_a_source_and_a_name_in_both_languages():
    for each in events.register():
        assert isinstance(each.on, date)
        assert each.source
        assert set(each.name) == set(each.short) == {"de", "en"}
        assert set(each.at) <= set(events.KINDS)
    with pytest.raises(ValueError, match="weather"):
        events.of("weather")


def test_the_year_that_still_runs_is_lighter_and_says_so():
    running = signs.running(date(2026, 9, 30), DE)
    fig = bars.stages(
        YEARS, words=DE, x="budget_year", y=("planned_eur", "paid_eur"), beside=Marks(shades=(running,))
    )
    for trace in fig.data:
        assert list(trace.marker.opacity)[:2] == [1.0, 1.0]
        assert trace.marker.opacity[2] < 1
    assert [text for text in fig.layout.xaxis.ticktext if "läuft noch" in text] == ["2026<br>läuft noch"]
    assert signs.running(date(2026, 12, 31), DE).places == ("2027",)


def test_lines_are_named_at_their_ends_in_their_colours_and_not_in_a_legend():
    fig = trend.lines(QUARTERS, words=DE, y="active_cases", by="area_code")
    assert [text.replace("<br>", " ") for text in named(fig)] == ["Ulm (Stadtkreis)", "Baden-Württemberg"]
    assert [note.font.color for note in fig.layout.annotations] == list(theme.SERIES[:2])
    assert not any(trace.showlegend for trace in fig.data)
    # 150 and 151 end at the same height: their names move apart.
    first, second = fig.layout.annotations
    low, high = fig.layout.yaxis.range
    apart = abs((first.y - second.y) / (high - low) * 240 + first.yshift - second.yshift)
    assert apart >= signs.ROW


def test_of_more_than_five_curves_the_largest_are_in_colour_and_the_rest_is_grey():
    rows = [
        f"{months} | {name} | {100 + at} | {0.1 * months / 6:.2f}"
        for at, name in enumerate(AREAS)
        for months in (6, 12)
    ]
    drawn = published("months | goal_area | at_risk: count | share: rate\n" + "\n".join(rows))
    fig = trend.curves(drawn, words=DE, y="share", by="goal_area", size="at_risk")
    grey = {trace.name for trace in fig.data if trace.line.color == theme.NEUTRAL and trace.x[0] is not None}
    assert grey == {"Sprache", "Wohnung"}
    assert len(named(fig)) == trend.MOST
    assert DE.t("chart.others") in {trace.name for trace in fig.data if trace.showlegend}


def test_a_stretch_that_is_not_final_is_grey_and_named():
    fig = trend.lines(
        QUARTERS.where(area_code="08421"),
        words=DE,
        y="active_cases",
        beside=Marks(shades=(Shade(("2023-Q3",), "noch jung"),)),
    )
    (band,) = fig.layout.shapes
    assert (band.x0, band.x1) == (2.5, 3.5)
    assert "noch jung" in {trace.name for trace in fig.data if trace.showlegend}


def test_a_description_says_the_events_after_the_figures():
    fig = trend.lines(
        QUARTERS.where(area_code="08421"),
        words=DE,
        y="active_cases",
        beside=Marks(events=events.of("people")),
    )
    assert "Eingezeichnet" not in alt.text(QUARTERS, words=DE, y="active_cases", x="period")
    assert "Eingezeichnet" in signs.said(fig, DE)


def test_a_curve_without_a_value_is_nothing_drawn_and_a_line_of_gaps_is():
    withheld = published("months | share: rate\n6 | •\n12 | •")
    assert not signs.is_drawn(trend.curves(withheld, words=DE, y="share"))
    one = published("months | share: rate\n6 | 0.4\n12 | •")
    assert signs.is_drawn(trend.curves(one, words=DE, y="share"))
    quarters = published("period | active_cases: count\n2022-Q4 | •\n2023-Q1 | .")
    assert signs.is_drawn(trend.lines(quarters, words=DE, y="active_cases"))
