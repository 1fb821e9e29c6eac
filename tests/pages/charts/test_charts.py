import re
from functools import partial

import pytest

from data.disclosure.bands import Band
from pages.charts import alt, axis, bars, signs, theme, trend
from pages.charts.svg import picture
from pages.text import words
from tests.support.charted import published

DE, EN = words.of("de"), words.of("en")
ULM, LAND = "Ulm (Stadtkreis)", "Baden-Württemberg"
CASES = published("""
    period  | area_code | active_cases: count
    2025-Q4 | 08421     | 120
    2025-Q4 | 08        | 4000
    2026-Q1 | 08421     | •
    2026-Q1 | 08        | 4100
    2026-Q3 | 08421     | 140
    2026-Q3 | 08        | .
""")
GOALS = published("""
    goal_area | attained: count | missed: count | open: count | attainment: rate | attainment_of_agreed: rate
    Sprache   | 60              | 20            | 20          | 0.75             | 0.6
    Wohnung   | 30              | •             | 40          | •                | 0.4
    Kinder    | 12              | 11            | .           | 0.52             | .
""")


def _trace(fig, name):
    (found,) = [trace for trace in fig.data if trace.name == name]
    return found


def _symbols(fig):
    """The symbols of gaps in a horizontal chart."""
    return [trace for trace in fig.data if trace.type == "scatter" and trace.mode == "text"]


def _legend(fig):
    return [trace.name for trace in fig.data if trace.showlegend is not False]


def test_a_withheld_quarter_is_a_gap_and_not_a_zero():
    fig = trend.lines(CASES, words=DE, y="active_cases", by="area_code")
    assert list(_trace(fig, ULM).x) == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert list(_trace(fig, ULM).y) == [120, None, None, 140]
    assert _trace(fig, ULM).connectgaps is False


def test_a_withheld_quarter_is_marked_below_the_plot():
    fig = trend.lines(CASES, words=DE, y="active_cases", by="area_code")
    withheld = _trace(fig, "zum Schutz zurückgehalten")
    assert list(withheld.x) == ["2026-Q1"]
    assert withheld.yaxis == "y2"
    assert withheld.marker.symbol == "circle-open"
    assert withheld.hovertext[0].startswith(f"<b>{ULM}</b><br>1. Quartal 2026")


def test_a_row_of_gaps_says_whose_it_is():
    """By name and not by its colour alone: of the second place nothing is shown at all."""
    cases = published("""
        area_code | period  | active_cases: count
        08421     | 2026-Q1 | 120
        08421     | 2026-Q2 | •
        08425002  | 2026-Q1 | •
        08425002  | 2026-Q2 | •
    """)
    fig = trend.lines(cases, words=DE, y="active_cases", by="area_code")
    in_strip = {note.text: note.y for note in fig.layout.annotations if note.yref == "y2"}
    assert in_strip == {"Ulm<br>(Stadtkreis)": 0, "Allmendingen": 1}
    assert list(_trace(fig, "zum Schutz zurückgehalten").y) == [0, 1, 1]
    assert fig.layout.margin.r > 80
    said = picture.drawn(fig, width=600, height=400)
    assert said.count(">Allmendingen<") == 1
    alone = trend.lines(cases.where(area_code="08421"), words=DE, y="active_cases")
    assert not alone.layout.annotations


def test_a_place_of_which_bands_alone_are_known_is_named_beside_the_last_one():
    rates = published("""
        area_code | period  | plan_rate: rate
        08421     | 2026-Q1 | 0.5
        08425002  | 2026-Q1 | 0.5-1
    """)
    assert isinstance(rates.cell("plan_rate", area_code="08425002"), Band)
    fig = trend.lines(rates, words=DE, y="plan_rate", by="area_code")
    assert {note.text: note.y for note in fig.layout.annotations} == {
        "Ulm<br>(Stadtkreis)": 0.5,
        "Allmendingen": 0.75,
    }


def test_the_own_place_is_marked_among_the_others_by_a_sign_and_a_colour():
    kreise = published("area_code | use_rate: rate\n08111 | 0.4\n08421 | 0.5\n08425 | •")
    draw = partial(bars.ranked, kreise, words=DE, x="area_code", y="use_rate")
    fig = draw(own="08421")
    assert [text.startswith("→ ") for text in fig.layout.yaxis.ticktext] == [False, True, False]
    assert list(fig.data[0].marker.color) == [theme.MAIN, theme.OWN, theme.MAIN]
    assert "→ Ulm (Stadtkreis)" in picture.drawn(fig, width=600, height=400)
    assert draw(own="08").layout.yaxis.ticktext == draw().layout.yaxis.ticktext


def test_a_quarter_that_no_row_mentions_is_unknown():
    unknown = _trace(
        trend.lines(CASES, words=EN, y="active_cases", by="area_code"), "not delivered / unknown"
    )
    # Of Ulm the second quarter, of the Land the second and the third.
    assert sorted(unknown.x) == ["2026-Q2", "2026-Q2", "2026-Q3"]


def test_a_trend_without_gaps_has_no_strip():
    fig = trend.lines(CASES.where(area_code="08421", period="2026-Q3"), words=DE, y="active_cases")
    assert [trace.yaxis for trace in fig.data] == [None]


def test_lines_differ_by_colour_dash_and_marker():
    first, second = trend.lines(CASES, words=DE, y="active_cases", by="area_code").data[:2]
    assert first.line.color != second.line.color
    assert first.line.dash != second.line.dash
    assert first.marker.symbol != second.marker.symbol


def test_an_axis_of_counts_begins_at_zero_and_is_written_in_the_language():
    german = trend.lines(CASES, words=DE, y="active_cases", by="area_code").layout.yaxis
    english = trend.lines(CASES, words=EN, y="active_cases", by="area_code").layout.yaxis
    assert german.range[0] == 0
    assert "4.000" in german.ticktext
    assert "4,000" in english.ticktext
    assert not any("k" in text for text in english.ticktext)


def test_several_columns_are_several_lines_named_by_their_measures():
    fig = trend.lines(GOALS, words=DE, x="goal_area", y=("attainment", "attainment_of_agreed"))
    assert [trace.name for trace in fig.data[:2]] == ["Zielerreichung", "Erreicht von allen vereinbarten"]
    assert fig.data[0].hovertext[0] == "<b>Zielerreichung</b><br>Sprache: 75,0\u00a0%"


def test_a_reference_line_is_named_in_the_legend():
    fig = trend.lines(
        CASES,
        words=DE,
        y="active_cases",
        by="area_code",
        beside=signs.Marks(signs.Reference(80, "80 je Stelle")),
    )
    assert set(_trace(fig, "80 je Stelle").y) == {80}
    assert "80 je Stelle" in _legend(fig)


def test_millions_of_euros_are_written_as_millions():
    funds = published("""
        budget_year | stage         | amount_eur: amount
        2018        | Planungsrahmen | 58000000
        2018        | bewilligt      | 57000000
    """)
    german = bars.stages(funds, words=DE, x="budget_year", y="amount_eur", by="stage")
    english = bars.stages(funds, words=EN, x="budget_year", y="amount_eur", by="stage")
    assert german.layout.yaxis.ticktext[1] == "20 Mio. €"
    assert english.layout.yaxis.ticktext[1] == "€20m"
    assert [trace.name for trace in english.data] == ["Planned", "Approved"]
    assert german.data[0].hovertext[0] == "<b>Planungsrahmen</b><br>2018: 58.000.000\u00a0€"


def test_bars_of_a_pair_differ_by_pattern_and_a_gap_has_its_symbol():
    flows = published("""
        period  | opened: count | closed: count
        2026-Q1 | 40            | 22
        2026-Q2 | 30            | •
    """)
    opened, closed = bars.pair(flows, words=DE, y=("opened", "closed")).data[:2]
    assert opened.marker.pattern.shape != closed.marker.pattern.shape
    assert list(closed.text) == ["", "•"]
    assert "zurückgehalten" in closed.hovertext[1]


def test_ranked_bars_keep_the_order_of_the_rows_and_show_a_symbol_for_a_gap():
    people = published("""
        category    | active_cases: count
        Duldung     | 1214
        Ohne Angabe | 24
        sonstiger   | •
    """)
    fig = bars.ranked(people, words=EN, x="category", y="active_cases")
    assert list(fig.layout.yaxis.ticktext) == ["Tolerated stay", "Not stated", "other"]
    assert list(fig.data[0].x) == [1214, 24, None]
    assert list(fig.data[0].text) == ["1,214", "24", ""]
    (symbol,) = _symbols(fig)
    assert (list(symbol.y), symbol.text.strip()) == ([2], "•")
    assert "• withheld to protect individuals" in _legend(fig)


def test_only_the_first_places_are_drawn_if_so_many_are_asked_for():
    fig = bars.ranked(GOALS, words=DE, x="goal_area", y="attained", top=2)
    assert list(fig.data[0].x) == [60, 30]


def test_a_description_names_range_extremes_and_gaps_in_both_languages():
    german = alt.text(CASES, words=DE, y="active_cases", x="period")
    assert german == (
        "Diagramm: Betreute Personen, 4. Quartal 2025 bis 3. Quartal 2026. Gezeigte Werte von 120 bis"
        " 4.100. Am kleinsten: 4. Quartal 2025, Ulm (Stadtkreis)."
        " Am größten: 1. Quartal 2026, Baden-Württemberg."
        " Ein Wert ist zum Schutz der Personen zurückgehalten. Ein Wert ist unbekannt."
    )
    assert alt.text(CASES, words=EN, y="active_cases", x="period").startswith(
        "Chart: People counselled, Q4 2025 to"
    )


def test_a_description_says_where_a_value_stands_and_not_what_it_is_compared_with():
    compared = published("""
        period  | year_before | approved_eur: amount
        2025-Q3 | 2024-Q3     | 100
        2026-Q3 | 2025-Q3     | 102
    """)
    assert "Am größten: 3. Quartal 2026." in alt.text(compared, words=DE, y="approved_eur", x="period")


def test_a_description_names_no_extreme_that_a_deviation_may_have_made():
    """Each of 40, 46 and 43 may be five off; of 90 it is certain, and of money always."""
    close = published("""
        period  | active_cases: count | approved_eur: amount
        2026-Q1 | 40                  | 100
        2026-Q2 | 46                  | 102
        2026-Q3 | 43                  | 101
    """)
    said = alt.text(close, words=DE, y="active_cases", x="period")
    assert "Gezeigte Werte von 40 bis 46." in said
    assert "Am größten" not in said
    assert "Am größten: 2. Quartal 2026" in alt.text(close, words=DE, y="approved_eur", x="period")
    clear = published("""
        period  | active_cases: count
        2026-Q1 | 40
        2026-Q2 | 90
        2026-Q3 | 43
    """)
    english = alt.text(clear, words=EN, y="active_cases", x="period")
    assert "Highest: Q2 2026." in english
    assert "Lowest: Q1 2026; Q3 2026." in english


def test_a_description_of_nothing_says_so():
    nothing = published("""
        period  | active_cases: count
        2026-Q1 | •
    """)
    assert "Es gibt keinen Wert" in alt.text(nothing, words=DE, y="active_cases", x="period")


def test_a_label_on_an_axis_is_its_value_also_where_the_step_is_two_and_a_half():
    for unit, highest in (("eur", 1_150_000.0), ("vzae", 12.0), ("percent", 0.11)):
        axis_of = axis.of_values(DE, unit, [highest])
        written = [re.sub(r"[^\d,]", "", text).replace(",", ".") for text in axis_of["ticktext"]]
        scale = {"eur": 1e-6, "vzae": 1.0, "percent": 100.0}[unit]
        assert [float(text) for text in written] == pytest.approx([v * scale for v in axis_of["tickvals"]])
