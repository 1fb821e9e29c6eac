"""A share that is known as a band only is drawn from its lower to its upper end, and said in words."""

from collections import Counter

from pages.charts import alt, bars, trend
from pages.maps import choropleth
from pages.text import words
from tests.support.charted import published

DE, EN = words.of("de"), words.of("en")
OVER_TIME = published("""
    period  | plan_rate: rate
    2025-Q4 | 0.6
    2026-Q1 | 0.5-0.75
    2026-Q2 | •
    2026-Q3 | 0-0.5
""")
BY_AREA = published("""
    goal_area | attainment: rate | attainment_of_agreed: rate
    Sprache   | 0.75             | 0.6
    Wohnung   | 0.25-0.5         | •
    Kinder    | .                | .
""")
PLACES = published("""
    area_code | plan_rate: rate
    08421000  | 0.8
    08425039  | 0.5-0.75
    08425071  | 0.5-1
    08425072  | 0.1
    08425075  | •
""")


def spans(fig):
    """Each bar of a band: where it stands, from where to where."""
    drawn = [trace for trace in fig.data if trace.meta == "band"]
    return [
        (place, low, low + length)
        for trace in drawn
        for place, low, length in zip(
            *((trace.y, trace.base, trace.x) if trace.orientation == "h" else (trace.x, trace.base, trace.y)),
            strict=True,
        )
    ]


def legend(fig):
    return [trace.name for trace in fig.data if trace.showlegend is not False]


def test_a_band_is_a_bar_over_its_period_and_no_point_of_the_line():
    fig = trend.lines(OVER_TIME, words=DE, y="plan_rate")
    (line,) = [trace for trace in fig.data if trace.type == "scatter" and trace.x[0] == "2025-Q4"]
    assert list(line.y) == [0.6, None, None, None]
    assert spans(fig) == [("2026-Q1", 0.5, 0.75), ("2026-Q3", 0, 0.5)]
    assert "Anteil nur als Spanne bekannt" in legend(fig)


def test_only_the_withheld_quarter_is_marked_as_withheld():
    fig = trend.lines(OVER_TIME, words=DE, y="plan_rate")
    (marks,) = [trace for trace in fig.data if trace.name == "zum Schutz zurückgehalten"]
    assert list(marks.x) == ["2026-Q2"]


def test_the_axis_reaches_beyond_the_end_of_a_band():
    drawn = published("period | plan_rate: rate\n2025 | 0-0.25\n2026 | 0-0.25")
    fig = trend.lines(drawn, words=DE, y="plan_rate")
    assert fig.layout.yaxis.range[1] >= 0.5


def test_in_rows_a_band_lies_across_and_a_gap_keeps_its_symbol():
    fig = bars.side_by_side(BY_AREA, words=DE, x="goal_area", y=("attainment", "attainment_of_agreed"))
    assert spans(fig) == [(1, 0.25, 0.5)]
    symbols = {
        (trace.meta, row)
        for trace in fig.data
        if trace.type == "scatter" and trace.mode == "text"
        for row in trace.y
    }
    assert symbols == {("WITHHELD", 1), ("UNKNOWN", 2)}


def test_a_map_with_bands_has_four_classes_and_hatched_halves():
    drawn = choropleth.classes(PLACES, words=DE, value="plan_rate", level="gemeinde")
    found = Counter(drawn.fills[at].name for at in drawn.found.values())
    names = ("unter ¼", "½ bis ¾", "¾ und mehr", "½ und mehr", "zum Schutz zurückgehalten")
    assert [found[name] for name in names] == [1, 1, 1, 1, 1]
    patterns = {fill.name: fill.pattern for fill in drawn.fills}
    assert patterns["½ und mehr"]
    assert not patterns["½ bis ¾"]


def test_whoever_cannot_see_it_is_told_how_many_shares_are_ranges():
    text = alt.text(OVER_TIME, words=EN, y="plan_rate", x="period")
    assert "2 shares are given as a range." in text
    assert "withheld" in text


def test_a_band_is_said_in_words_and_written_short_in_tables():
    (_, rate), *_ = [(row["period"], row["plan_rate"]) for row in OVER_TIME if row["period"] == "2026-Q1"]
    assert (DE.share(rate), EN.share(rate)) == ("die Hälfte bis drei Viertel", "a half to three quarters")
    assert DE.cell(rate, "plan_rate", OVER_TIME.role("plan_rate")) == "½ bis ¾"
