from pages.parts import words
from pages.parts.charts import alt, bars, flow, outcome, rates, spark, survival, trend
from tests.charted import published

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
    fig = trend.counts(CASES, words=DE, y="active_cases", by="area_code")
    assert list(_trace(fig, ULM).x) == ["2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3"]
    assert list(_trace(fig, ULM).y) == [120, None, None, 140]
    assert _trace(fig, ULM).connectgaps is False


def test_a_withheld_quarter_is_marked_below_the_plot():
    fig = trend.counts(CASES, words=DE, y="active_cases", by="area_code")
    withheld = _trace(fig, "zurückgehalten (unter 10 oder null)")
    assert list(withheld.x) == ["2026-Q1"]
    assert withheld.yaxis == "y2"
    assert withheld.marker.symbol == "circle-open"
    assert withheld.hovertext[0].startswith(f"<b>{ULM}</b><br>1. Quartal 2026")


def test_a_quarter_that_no_row_mentions_is_unknown():
    unknown = _trace(trend.counts(CASES, words=EN, y="active_cases", by="area_code"), "no delivery / unknown")
    # Of Ulm the second quarter, of the Land the second and the third.
    assert sorted(unknown.x) == ["2026-Q2", "2026-Q2", "2026-Q3"]


def test_a_trend_without_gaps_has_no_strip():
    fig = trend.counts(CASES.where(area_code="08421", period="2026-Q3"), words=DE, y="active_cases")
    assert [trace.yaxis for trace in fig.data] == [None]


def test_lines_differ_by_colour_dash_and_marker():
    first, second = trend.counts(CASES, words=DE, y="active_cases", by="area_code").data[:2]
    assert first.line.color != second.line.color
    assert first.line.dash != second.line.dash
    assert first.marker.symbol != second.marker.symbol


def test_an_axis_of_counts_begins_at_zero_and_is_written_in_the_language():
    german = trend.counts(CASES, words=DE, y="active_cases", by="area_code").layout.yaxis
    english = trend.counts(CASES, words=EN, y="active_cases", by="area_code").layout.yaxis
    assert german.range[0] == 0
    assert "4.000" in german.ticktext
    assert "4,000" in english.ticktext
    assert not any("k" in text for text in english.ticktext)


def test_several_columns_are_several_lines_named_by_their_measures():
    fig = trend.rate(GOALS, words=DE, x="goal_area", y=("attainment", "attainment_of_agreed"))
    assert [trace.name for trace in fig.data[:2]] == ["Zielerreichung", "Erreicht von allen vereinbarten"]
    assert fig.data[0].hovertext[0] == "<b>Zielerreichung</b><br>Sprache: 75,0\u00a0%"


def test_a_reference_line_is_named_in_the_legend():
    fig = trend.counts(
        CASES, words=DE, y="active_cases", by="area_code", reference=80, reference_label="80 je Stelle"
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
    assert list(fig.layout.yaxis.ticktext) == ["Toleration", "Not stated", "other"]
    assert list(fig.data[0].x) == [1214, 24, None]
    assert list(fig.data[0].text) == ["1,214", "24", ""]
    (symbol,) = _symbols(fig)
    assert (list(symbol.y), symbol.text.strip()) == ([2], "•")
    assert "• withheld (below 10 or zero)" in _legend(fig)


def test_only_the_first_places_are_drawn_if_so_many_are_asked_for():
    fig = bars.ranked(GOALS, words=DE, x="goal_area", y="attained", top=2)
    assert list(fig.data[0].x) == [60, 30]


def test_an_outcome_with_a_withheld_part_has_no_shares_at_all():
    fig = outcome.stacked(GOALS, words=DE, x="goal_area")
    assert [list(trace.x) for trace in fig.data[:3]] == [
        [0.6, None, None],
        [0.2, None, None],
        [0.2, None, None],
    ]
    symbols = {trace.text.strip(): list(trace.y) for trace in _symbols(fig)}
    assert symbols == {"•": [1], ".": [2]}


def test_an_outcome_in_numbers_draws_what_is_shown_and_marks_the_rest():
    fig = outcome.stacked(GOALS, words=DE, x="goal_area", shares=False)
    assert [list(trace.x) for trace in fig.data[:3]] == [[60, 30, 12], [20, None, 11], [20, 40, None]]
    (withheld,) = [trace for trace in _symbols(fig) if trace.text.strip() == "•"]
    assert list(withheld.x) == [70]


def test_goals_that_are_all_open_and_none_agreed_do_not_divide_by_zero():
    none = published("""
        goal_area | attained: count | missed: count | open: count
        Sprache   | 0               | 0             | 0
    """)
    assert [list(trace.x) for trace in outcome.stacked(none, words=DE, x="goal_area").data[:3]] == [
        [None]
    ] * 3


def test_rates_stand_side_by_side_and_differ_by_shape():
    fig = rates.side_by_side(GOALS, words=DE, x="goal_area", y=("attainment", "attainment_of_agreed"))
    assert list(fig.data[0].x) == [0.75, None, 0.52]
    assert fig.data[0].marker.symbol != fig.data[1].marker.symbol
    assert fig.layout.xaxis.ticktext[0] == "0\u00a0%"
    (withheld,) = [trace for trace in _symbols(fig) if trace.text.strip() == "•"]
    assert withheld.hovertext[0].startswith("<b>Wohnung, Zielerreichung</b>")


def test_a_curve_ends_where_its_values_stop():
    months = published("""
        months | goal_area | time_to_goal: rate
        0      | Sprache   | 0
        6      | Sprache   | 0.3
        12     | Sprache   | 0.5
        0      | Wohnung   | 0
        6      | Wohnung   | 0.1
        12     | Wohnung   | •
    """)
    fig = survival.curves(months, words=DE, y="time_to_goal", by="goal_area")
    assert _trace(fig, "Sprache").line.shape == "hv"
    assert list(_trace(fig, "Wohnung").x) == [0, 6, 12]
    assert list(_trace(fig, "Wohnung").y) == [0, 0.1, None]


def test_a_withheld_move_is_left_out_and_mentioned():
    moves = published("""
        first_value | latest_value | persons: count
        B1          | B1           | 40
        A1          | B1           | 25
        A1          | A2           | •
        Ohne Angabe | Ohne Angabe  | .
    """)
    fig = flow.first_to_latest(moves, words=EN)
    assert list(fig.data[0].link.value) == [40, 25]
    # A1 stands above B1, whichever comes first among the rows.
    assert list(fig.data[0].node.label) == ["A1 25", "B1 40", "B1 65"]
    assert any(note.text.startswith("One move is withheld") for note in fig.layout.annotations)


def test_a_spark_marks_its_last_value_and_a_value_that_stands_alone():
    fig = spark.line(CASES.where(area_code="08421"), words=DE, y="active_cases")
    assert list(fig.data[0].y) == [120, None, None, 140]
    assert [size > 0 for size in fig.data[0].marker.size] == [True, False, False, True]


def test_a_description_names_range_extremes_and_gaps_in_both_languages():
    german = alt.text(CASES, words=DE, y="active_cases", x="period")
    assert german == (
        "Diagramm: Betreute Personen, 4. Quartal 2025 bis 3. Quartal 2026. Kleinster gezeigter Wert 120"
        " (4. Quartal 2025, Ulm (Stadtkreis)), größter 4.100 (1. Quartal 2026, Baden-Württemberg)."
        " Ein Wert ist zurückgehalten (unter 10 oder null). Ein Wert ist unbekannt."
    )
    assert alt.text(CASES, words=EN, y="active_cases", x="period").startswith(
        "Chart: People counselled, Q4 2025 to"
    )


def test_a_description_of_nothing_says_so():
    nothing = published("""
        period  | active_cases: count
        2026-Q1 | •
    """)
    assert "Es gibt keinen Wert" in alt.text(nothing, words=DE, y="active_cases", x="period")
