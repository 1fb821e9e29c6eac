from pages.charts import bars, flow, outcome, trend
from pages.text import words
from tests.support.charted import published

DE, EN = words.of("de"), words.of("en")
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
    fig = bars.side_by_side(GOALS, words=DE, x="goal_area", y=("attainment", "attainment_of_agreed"))
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
    fig = trend.curves(months, words=DE, y="time_to_goal", by="goal_area")
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
    every = published("""
        first_value | latest_value | persons: count
        B1          | B1           | 40
        A1          | B1           | 25
    """)
    fig = flow.first_to_latest(moves, words=EN)
    changed, stayed = fig.data
    assert (list(changed.x), list(changed.y)) == ([25], [1])
    assert (list(stayed.x), list(stayed.y)) == ([40], [0])
    assert list(fig.layout.yaxis.ticktext) == ["B1", "A1 → B1"]
    assert any(note.text.startswith("One change is withheld") for note in fig.layout.annotations)
    # What is said below takes no room from the rows: names of two lines stand in them.
    assert fig.layout.height - fig.layout.margin.b == flow.first_to_latest(every, words=EN).layout.height - 8
