"""Charts drawn without a browser: every value in its place, every gap a gap, every text whole."""

import json
import re
from datetime import date
from itertools import combinations, pairwise
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from data.questions import events
from pages.charts import bars, flow, outcome, signs, theme, trend
from pages.charts.svg import letters, picture
from pages.text import words
from tests.support.charted import published

DE, EN = words.of("de"), words.of("en")
WIDTH = 430
COURSE = published("""
    period  | year_before | active_cases: count
    2025-Q1 | 2024-Q1     | 100
    2025-Q2 | 2024-Q2     | 200
    2025-Q3 | 2024-Q3     | •
    2025-Q4 | 2024-Q4     | 50
    2026-Q1 | 2025-Q1     | 150
""")
FUNDS = published("""
    budget_year | approved_eur: amount | paid_eur: amount | used_eur: amount
    2023        | 4000000              | 3000000          | .
    2024        | 2000000              | 2000000          | 1000000
""")
GOALS = published("""
    goal_area                         | attained: count | missed: count | undecided: count
    gesamt                            | 60              | 20            | 20
    Gesellschaftliche Teilhabe        | •               | 11            | 30
    Arbeit, Ausbildung & Anerkennung  | 25              | 25            | 50
""")
RATES = published("""
    goal_area                         | attainment: rate | attainment_of_agreed: rate
    Sprache                           | 0.75             | 0.25-0.5
    Gesellschaftliche Teilhabe        | •                | 0.4
""")
STATUS = published("""
    category                          | active_cases: count
    Aufenthaltserlaubnis              | 120
    <b>A & B</b> "selbst" 'geschrieben' | 40
    Niederlassungserlaubnis           | •
""")
BANDS = published("""
    period  | area_code | plan_rate: rate
    2025-Q1 | 08421     | 0.5-0.75
    2025-Q2 | 08421     | 0.8
    2025-Q1 | 08        | 0.7
    2025-Q2 | 08        | 0.9
""")


MOVES = published("""
    first_observed | latest_observed | persons: count
    A1             | B1              | 40
    B1             | B1              | 30
""")


def charts() -> dict[str, go.Figure]:
    """Every kind of chart that stands on paper."""
    return {
        "lines": trend.lines(COURSE, words=DE, y="active_cases"),
        "bands": trend.lines(BANDS, words=DE, y="plan_rate", by="area_code"),
        "stages": bars.stages(FUNDS, words=EN, x="budget_year", y=("approved_eur", "paid_eur", "used_eur")),
        "events": bars.stages(
            FUNDS,
            words=DE,
            x="budget_year",
            y=("approved_eur", "paid_eur"),
            beside=signs.Marks(events=events.of("money"), shades=(signs.running(date(2025, 9, 30), DE),)),
        ),
        "moves": flow.first_to_latest(MOVES, words=DE, source="first_observed", target="latest_observed"),
        "ranked": bars.ranked(STATUS, words=DE, x="category", y="active_cases"),
        "rates": bars.side_by_side(RATES, words=DE, x="goal_area", y=("attainment", "attainment_of_agreed")),
        "outcome": outcome.stacked(
            GOALS, words=DE, x="goal_area", parts=("attained", "missed", "undecided"), shares=True
        ),
    }


def test_plotly_has_nothing_against_any_of_them():
    for chart in charts().values():
        # A `Sketch` checks nothing; this checks each name and value.
        assert go.Figure(json.loads(chart.to_json())).data


def drawn(fig: go.Figure) -> ElementTree.Element:
    height = picture.height(fig, width=WIDTH, share=0.6)
    return ElementTree.fromstring(picture.drawn(fig, width=WIDTH, height=height))


def found(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return list(svg.iter(f"{{http://www.w3.org/2000/svg}}{name}"))


def plotted(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Those of the plot, without those of the legend."""
    legend = found(found(svg, "g")[0], name)
    return [each for each in found(svg, name) if each not in legend]


def boxes(svg: ElementTree.Element) -> list[tuple[float, float, float, float, str]]:
    """Where each text stands: left, top, right, bottom; the legend is moved by its group."""
    moved = {id(text): picture.EDGE for text in found(found(svg, "g")[0], "text")}
    every = []
    for text in found(svg, "text"):
        size, by = float(text.get("font-size", "")), moved.get(id(text), 0)
        wide = letters.width(text.text or "", size)
        start = {"start": 0.0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "")]
        left, base = float(text.get("x", "")) - start + by, float(text.get("y", "")) + by
        every.append((left, base - size * 0.7, left + wide, base + size * 0.2, text.text or ""))
    return every


def rectangles(svg: ElementTree.Element, colour: str) -> list[dict[str, float]]:
    return [
        {name: float(rect.get(name, "nan")) for name in ("x", "y", "width", "height")}
        for rect in plotted(svg, "rect")
        if rect.get("fill") == colour and rect.get("x")
    ]


@pytest.mark.parametrize("kind", charts())
def test_every_text_is_whole_and_none_lies_on_another(kind: str):
    svg = drawn(charts()[kind])
    width, height = float(svg.get("width", "")), float(svg.get("height", ""))
    every = boxes(svg)
    assert every
    for left, top, right, bottom, text in every:
        assert left >= 0, text
        assert top >= 0, text
        assert right <= width, text
        assert bottom <= height, text
    for one, other in combinations(every, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@pytest.mark.parametrize("kind", charts())
def test_the_same_figure_gives_the_same_bytes(kind: str):
    one, other = (picture.drawn(charts()[kind], width=WIDTH, height=300) for _ in range(2))
    assert one == other


def test_a_withheld_quarter_is_a_gap_in_the_line_and_a_hollow_mark_below_it():
    svg = drawn(charts()["lines"])
    lines = [path for path in plotted(svg, "path") if path.get("fill") == "none"]
    before, after = (re.findall(r"[ML]([\d.]+) ([\d.]+)", path.get("d", "")) for path in lines)
    assert [len(before), len(after)] == [2, 2]
    (hollow,) = [mark for mark in plotted(svg, "circle") if mark.get("fill") == "none"]
    assert float(before[-1][0]) < float(hollow.get("cx", "")) < float(after[0][0])
    assert float(hollow.get("cy", "")) > max(float(y) for _, y in (*before, *after))


def test_values_stand_as_high_as_they_are():
    svg = drawn(charts()["lines"])
    heights = [
        float(mark.get("cy", "")) for mark in plotted(svg, "circle") if mark.get("fill") == theme.SERIES[0]
    ]
    hundred, two_hundred, fifty, more = heights
    zero = hundred + (hundred - two_hundred)
    assert fifty == pytest.approx((hundred + zero) / 2, abs=0.02)
    assert more == pytest.approx((hundred + two_hundred) / 2, abs=0.02)


def test_bars_stand_beside_each_other_and_are_as_long_as_their_amounts():
    svg = drawn(charts()["stages"])
    first = rectangles(svg, theme.STAGES[0])
    four, two = sorted((bar["height"] for bar in first), reverse=True)
    assert four == pytest.approx(2 * two, abs=0.05)
    hatched = [rect for rect in plotted(svg, "rect") if str(rect.get("fill")).startswith("url(#hatching")]
    every = sorted(
        [(bar["x"], bar["width"]) for bar in first]
        + [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in hatched]
    )
    assert len(hatched) == 3  # two of what is paid, one of what is used
    assert all(left + wide <= right for (left, wide), (right, _) in pairwise(every))
    used = [text.text for text in found(svg, "text") if text.text == "."]
    assert len(used) == 1  # what is not known has its symbol instead of a bar


def test_shares_of_goals_fill_the_whole_and_what_is_withheld_has_its_symbol():
    svg = drawn(charts()["outcome"])
    attained, missed = (rectangles(svg, theme.SERIES[0]), rectangles(svg, theme.MISSED))
    widest = max(attained, key=lambda bar: bar["width"])
    beside = min(missed, key=lambda bar: abs(bar["y"] - widest["y"]))
    assert beside["x"] == pytest.approx(widest["x"] + widest["width"], abs=0.02)
    assert beside["width"] * 3 == pytest.approx(widest["width"], abs=0.05)
    assert [text.text for text in found(svg, "text")].count("•") == 1


def test_a_band_is_a_bar_over_its_period():
    svg = drawn(charts()["bands"])
    (banded,) = [rect for rect in plotted(svg, "rect") if rect.get("opacity")]
    left, wide = float(banded.get("x", "")), float(banded.get("width", ""))
    points = [float(mark.get("cx", "")) for mark in plotted(svg, "circle")]
    assert len(points) == 1  # of the quarter that has a number
    assert not left <= points[0] <= left + wide


def test_a_value_of_an_office_is_text_and_never_markup():
    svg = drawn(charts()["ranked"])
    text = " ".join(each.text or "" for each in found(svg, "text"))
    assert "<b>A & B</b>" in text
    assert not found(svg, "b")


def test_a_flow_is_not_drawn_and_says_so():
    fig = go.Figure()
    fig.add_sankey(node={"label": ["A1", "B1"]}, link={"source": [0], "target": [1], "value": [40]})
    with pytest.raises(picture.NotDrawnError, match="sankey"):
        picture.drawn(fig, width=WIDTH, height=300)
