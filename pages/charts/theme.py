"""Every colour, and what all charts have in common. A chart names a role, never a colour.

Checked by tests/pages/charts/test_theme.py: at least 3:1 on white (WCAG 2.1, 1.4.11), told apart under the
three kinds of colour blindness and in grey print. Series differ by dash, marker and pattern as well.
"""

import json
from functools import lru_cache
from html import escape
from typing import Any

import plotly.graph_objects as go
import plotly.io
from babel.dates import get_day_names, get_month_names

from pages.charts.sketch import Sketch
from pages.text.words import Words

GROUND = "#ffffff"
TEXT = "#1f2937"
QUIET_TEXT = "#4b5563"
GRID = "#e5e7eb"
AXIS = "#6b7280"

MAIN = "#173258"
OWN = "#822b0c"  # the bar of a reader's own place among those of others
COMPARATOR = "#ae8900"
TARGET = "#822b0c"
NEUTRAL = "#7f7f7f"
ATTAINED = "#173258"
MISSED = "#a8430f"
OPEN = "#8b8b8b"  # as hatching and outline, so that it looks unfinished

SERIES = (MAIN, "#ae8900", "#7f3daf", "#1c8772", "#822b0c")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
MARKERS = ("circle", "square", "diamond", "triangle-up", "x")
PATTERNS = ("", "/", ".", "\\", "x")

# From planned to used: one hue from light to dark, because the stages are steps of one thing.
STAGES = ("#8794ad", "#6c7b9b", "#4f6289", "#334a70", "#173258")

# The classes of a map, from few to many. Areas are outlined, so the lightest may be lighter than 3:1.
SEQUENTIAL = ("#e3edf7", "#b3cde6", "#78a3cf", "#3f74ab", "#173f75")
OUTLINE = "#7b8794"
BORDER = "#1f2937"
CHOSEN = "#a4133c"
WITHHELD = "#8b93a1"
WITHHELD_GROUND = "#f3f4f6"
UNKNOWN = "#92400e"
UNKNOWN_GROUND = "#fffbeb"
LINK = "rgba(23, 50, 88, 0.30)"
CLEAR = "rgba(0, 0, 0, 0)"

FONT = '"Source Sans", system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

AXES = {"fixedrange": True, "automargin": True, "zeroline": False, "linecolor": AXIS}


def figure(words: Words, *, height: int = 360, legend: bool = True) -> Sketch:
    """An empty chart with the common look. The page heads it, so there is no title inside."""
    return Sketch(json.loads(_look(separators(words))) | {"height": height, "showlegend": legend})


@lru_cache(maxsize=8)
def _look(signs: str) -> str:
    layout = go.Layout(
        template="none",
        autosize=True,
        # Plotly leaves out the last label of an axis if it does not fit beside the plot.
        margin={"l": 8, "r": 26, "t": 8, "b": 8},
        paper_bgcolor=GROUND,
        plot_bgcolor=GROUND,
        font={"family": FONT, "size": 14, "color": TEXT},
        separators=signs,
        # Above the plot and across: beside it, a legend leaves a phone no room for the figure.
        legend={
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.03,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
        },
        hoverlabel={
            "bgcolor": GROUND,
            "bordercolor": AXIS,
            "font": {"color": TEXT, "size": 14},
            "align": "left",
        },
        hovermode="closest",
        # A text that does not fit into its bar is left out rather than made too small to read.
        uniformtext={"minsize": 11, "mode": "hide"},
        # A finger on a chart scrolls the page.
        dragmode=False,
        xaxis={"showgrid": False} | AXES,
        yaxis={"gridcolor": GRID} | AXES,
    )
    return str(plotly.io.to_json(layout.to_plotly_json(), validate=False))


def separators(words: Words) -> str:
    """Decimal sign and thousands sign, as Plotly wants them."""
    return "".join(words.separators)


def config(words: Words, name: str = "") -> dict[str, Any]:
    """Settings for the reader's Plotly: its language, few buttons, nothing that sends anything anywhere.

    `name` is that of an image a reader takes away.
    """
    locale = words.locale
    months = [get_month_names("wide", locale=locale)[month] for month in range(1, 13)]
    days = [get_day_names("wide", locale=locale)[day] for day in (6, 0, 1, 2, 3, 4, 5)]
    return {
        "locale": words.lang,
        "locales": {
            words.lang: {
                "dictionary": words.table("chart", "modebar"),
                "format": {
                    "days": days,
                    "shortDays": [day[:2] for day in days],
                    "months": months,
                    "shortMonths": [month[:3] for month in months],
                    "date": words.t("language.chart_date"),
                    "decimal": separators(words)[0],
                    "thousands": separators(words)[1],
                },
            }
        },
        "displaylogo": False,
        "showSendToCloud": False,
        "responsive": True,
        "scrollZoom": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "zoom2d"],
        "toImageButtonOptions": {"format": "png", "scale": 2} | ({"filename": name} if name else {}),
    }


def plain(text: str) -> str:
    """A text that Plotly shows as it is: without this, `<b>` in a category would make it bold."""
    return escape(text, quote=False)


def wrapped(text: str, width: int = 20) -> str:
    """A long text on several lines, so that a phone has room for it. Safe for Plotly, like `plain`."""
    lines = [""]
    for word in text.replace("/", "/ ").split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(plain(line.replace("/ ", "/")) for line in lines)


def turned(roles: tuple[str, ...], position: int) -> str:
    """Like `nth`, but moved on by one each time round: the sixth has the first colour and another dash."""
    return roles[(position + position // len(roles)) % len(roles)]


def nth(roles: tuple[str, ...], position: int) -> str:
    """The colour, dash, marker or pattern of the n-th series; after the last it begins again."""
    return roles[position % len(roles)]


def not_for_publication(fig: go.Figure, words: Words) -> None:
    """Write across the chart that it is not for publication, so that every image of it says so."""
    fig.add_annotation(
        text=plain(words.t("chart.not_for_publication")),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        textangle=-15,
        opacity=0.35,
        showarrow=False,
        font={"size": 22, "color": CHOSEN},
    )
