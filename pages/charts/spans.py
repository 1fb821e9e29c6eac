"""Shares that are known as a band only: a bar from its lower to its upper end, never a point or a line."""

from collections.abc import Sequence

from data.disclosure.bands import Band
from data.disclosure.published import Cell
from pages.charts import series, theme
from pages.charts.series import Series
from pages.charts.sketch import Sketch
from pages.text.words import Words

OPACITY = 0.4
WIDTH = 0.3  # of the room that a period or a row has


def upright(fig: Sketch, words: Words, on_axis: list[str], lines: Sequence[Series]) -> None:
    """The bands of each line over its periods, side by side where several lines have one."""
    drawn = [(position, line) for position, line in enumerate(lines) if line.bands()]
    for place, (position, line) in enumerate(drawn):
        bands = line.bands()
        fig.add_bar(
            x=[on_axis[at] for at, _ in bands],
            y=[band.high - band.low for _, band in bands],
            base=[band.low for _, band in bands],
            offset=_offset(place, len(drawn)),
            width=WIDTH / len(drawn),
            hovertext=[
                series.hover(line.name, words.period(on_axis[at]), b, line.unit, words) for at, b in bands
            ],
            **_look(position),
        )
    _key(fig, words, bool(drawn))


def across(fig: Sketch, words: Words, labels: Sequence[str], rates: Sequence[Series]) -> None:
    """The bands of each rate in the rows of a horizontal chart, one below the other within a row."""
    drawn = [(position, rate) for position, rate in enumerate(rates) if rate.bands()]
    for place, (position, rate) in enumerate(drawn):
        bands = rate.bands()
        fig.add_bar(
            orientation="h",
            y=[at for at, _ in bands],
            x=[band.high - band.low for _, band in bands],
            base=[band.low for _, band in bands],
            offset=_offset(place, len(drawn)),
            width=WIDTH / len(drawn),
            hovertext=[series.hover(labels[at], rate.name, b, rate.unit, words) for at, b in bands],
            **_look(position),
        )
    _key(fig, words, bool(drawn))


def highest(cells: Sequence[Cell]) -> list[float | None]:
    """What an axis has to reach: each number, and more than the upper end of each band.

    A band that fills the plot from bottom to top would look as if it were everything.
    """
    return [
        min(1.0, cell.high + 0.25) if isinstance(cell, Band) else series.as_number(cell) for cell in cells
    ]


def _offset(place: int, many: int) -> float:
    return -WIDTH / 2 + place * WIDTH / many


def _look(position: int) -> dict[str, object]:
    colour = theme.nth(theme.SERIES, position)
    return {
        "marker": {"color": colour, "opacity": OPACITY, "line": {"color": colour, "width": 1}},
        "hoverinfo": "text",
        "showlegend": False,
        "meta": "band",
    }


def _key(fig: Sketch, words: Words, some: bool) -> None:
    if some:
        marker = {"color": theme.NEUTRAL, "opacity": OPACITY, "line": {"color": theme.NEUTRAL, "width": 1}}
        fig.add_bar(name=words.t("band.legend"), x=[None], y=[None], marker=marker, showlegend=True)
        fig.update_layout(showlegend=True)
