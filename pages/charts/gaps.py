"""Where figures are missing: a strip below the plot, so that nobody overlooks a gap or reads it as zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.disclosure.published import Gap
from pages.charts import signs, theme
from pages.charts.series import Series
from pages.charts.sketch import Sketch
from pages.text.words import Words

KINDS = ((Gap.WITHHELD, "chart.withheld", "circle-open"), (Gap.UNKNOWN, "chart.unknown", "x-thin-open"))
ROW = 18


@dataclass(frozen=True)
class _Mark:
    """A hollow mark in the strip: in which row, at which period, and of which line."""

    row: int
    period: str
    line: str
    colour: str


def strip(fig: Sketch, words: Words, on_axis: list[str], lines: Sequence[Series]) -> None:
    """One row of hollow marks for each line that has gaps; nothing if none has. Of several lines each row has
    its name, since no colour alone says whose value is missing.
    """
    rows = [position for position, line in enumerate(lines) if any(line.gaps(kind) for kind, _, _ in KINDS)]
    if not rows:
        return
    names = [signs.name_of(lines[position].name) for position in rows] if len(lines) > 1 else []
    strip = ROW * len(rows) * max([name.count("<br>") + 1 for name in names], default=1)
    # The name of a line that ends at the foot of the plot stands there with half of its height.
    apart = ROW if names else 0
    height = fig.layout["height"] + strip + apart
    margin = fig.layout["margin"]
    inner = height - margin["t"] - margin["b"] - signs.LEGEND if names else height
    share = strip / inner
    fig.update_layout(
        height=height,
        yaxis={"domain": [share + 0.02 + apart / inner, 1]},
        yaxis2={
            "domain": [0, share],
            "range": [len(rows) - 0.5, -0.5],
            "showticklabels": False,
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "anchor": "x",
        },
        xaxis={"anchor": "y2"},
        showlegend=True,
    )
    for kind, key, symbol in KINDS:
        marks = [
            _Mark(row, on_axis[at], lines[position].name, theme.nth(theme.SERIES, position))
            for row, position in enumerate(rows)
            for at in lines[position].gaps(kind)
        ]
        if marks:
            _draw(fig, words, words.t(key), symbol, marks)
    for row, (position, name) in enumerate(zip(rows, names, strict=False)):
        signs.beside(fig, name, y=row, yref="y2", colour=theme.nth(theme.SERIES, position))
    signs.room_beside(fig, names)


def symbols(fig: Sketch, words: Words, found: Sequence[tuple[Gap, float, int, str]]) -> None:
    """The symbol of each gap in a row of a horizontal chart: which gap, where it stands, row, and name."""
    for kind, key, _ in KINDS:
        here = [(at, row, name) for gap, at, row, name in found if gap is kind]
        if here:
            fig.add_scatter(
                x=[at for at, _, _ in here],
                y=[row for _, row, _ in here],
                mode="text",
                text=f" {kind.value}",
                textposition="middle right",
                textfont={"size": 18, "color": theme.TEXT},
                cliponaxis=False,
                hovertext=[f"<b>{name}</b><br>{words.t(key)}" for _, _, name in here],
                hoverinfo="text",
                showlegend=False,
                meta=kind.name,
            )
    keys(fig, words, [gap for gap, _, _, _ in found])


def keys(fig: Sketch, words: Words, found: Sequence[Gap]) -> None:
    """What the symbols mean, in the legend, for those that occur."""
    for kind, key, _ in KINDS:
        if kind in found:
            # A bar without colour has no picture in the legend; the symbol in its name is the picture.
            name = f"{kind.value} {words.t(key)}"
            fig.add_bar(name=name, x=[None], y=[None], marker={"color": theme.CLEAR}, showlegend=True)
            fig.update_layout(showlegend=True)


def _draw(fig: Sketch, words: Words, name: str, symbol: str, marks: Sequence[_Mark]) -> None:
    colours = [mark.colour for mark in marks]
    fig.add_scatter(
        name=name,
        x=[mark.period for mark in marks],
        y=[mark.row for mark in marks],
        yaxis="y2",
        mode="markers",
        cliponaxis=False,
        marker={"symbol": symbol, "size": 8, "color": colours, "line": {"width": 1.5, "color": colours}},
        hovertext=[
            f"<b>{mark.line}</b><br>{theme.plain(words.period(mark.period))}: {name}" for mark in marks
        ],
        hoverinfo="text",
    )
