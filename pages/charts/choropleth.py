"""The map: areas in up to five classes. Polygons on a plain plane, so that nothing comes from outside."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from data import areas
from data.disclosure.published import Cell, Gap, Published, is_number
from pages.parts.charts import boundaries, breaks, series, theme
from pages.parts.words import Words

LINE = 0.5
HEIGHT = 600


def classes(
    published: Published, *, words: Words, value: str, level: str, chosen: str | None = None
) -> go.Figure:
    """One value per area. Withheld areas are hatched, unknown ones dotted; both are named, none is zero.

    `published` has a column `area_code`; an area of the level without a row counts as unknown. A click
    on the map gives the code of the area as `customdata`. Classes come from shown values alone.
    """
    codes = zip(published.column("area_code"), published.column(value), strict=True)
    cells: dict[str, Cell] = {str(code): cell for code, cell in codes}
    unit = series.unit(published, words, value)
    fig = theme.figure(words, height=HEIGHT)
    _draw_classes(fig, words, cells, unit, level)
    _draw_gaps(fig, words, cells, level)
    if level == "gemeinde":
        _draw_line(fig, boundaries.borders("kreis"), theme.BORDER, 0.9)
    if chosen and chosen != areas.LAND:
        _draw_line(fig, boundaries.around(chosen), theme.GROUND, 6)
        _draw_line(fig, boundaries.around(chosen), theme.CHOSEN, 3)
    _draw_hover(fig, words, cells, unit, level, series.label(published, words, value))
    fig.add_annotation(
        text=words.t("chart.attribution"),
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="top",
        showarrow=False,
        font={"size": 11, "color": theme.QUIET_TEXT},
    )
    fig.update_layout(margin={"l": 4, "r": 4, "t": 8, "b": 28}, dragmode="pan", hoverdistance=30)
    hidden = {"visible": False, "fixedrange": False}
    fig.update_xaxes({**hidden, "constrain": "domain"})
    fig.update_yaxes({**hidden, "scaleanchor": "x", "scaleratio": boundaries.STRETCH, "constrain": "domain"})
    return fig


def _draw_classes(fig: go.Figure, words: Words, cells: Mapping[str, Cell], unit: str, level: str) -> None:
    known = boundaries.rings(level)
    numbers = {code: series.as_number(cell) for code, cell in cells.items() if code in known}
    shown = {code: number for code, number in numbers.items() if number is not None}
    bounds = breaks.of(list(shown.values()), whole=unit not in ("percent", "per_post", "vzae"))
    found = {code: breaks.class_of(number, bounds) for code, number in shown.items()}
    # Few classes take their colours from the whole range, so that they stay far apart.
    spread = len(theme.SEQUENTIAL) - 1
    for position in range(len(bounds)):
        inside = [code for code, number in found.items() if number == position]
        at = round(position * spread / (len(bounds) - 1)) if len(bounds) > 1 else spread // 2
        name = _class_name(words, bounds, position, max(shown.values()), unit)
        _draw_areas(fig, name, level, inside, fillcolor=theme.SEQUENTIAL[at])


def _class_name(words: Words, bounds: list[float], position: int, highest: float, unit: str) -> str:
    lower = _bound(words, bounds[position], unit, bounds)
    if position == len(bounds) - 1:
        if bounds[position] == highest:
            return words.t("chart.exactly", value=lower)
        return words.t("chart.from_on", lower=lower)
    return words.t("chart.from_to", lower=lower, upper=_bound(words, bounds[position + 1], unit, bounds))


def _bound(words: Words, value: float, unit: str, bounds: list[float]) -> str:
    if unit == "percent":
        whole = all(abs(bound * 100 - round(bound * 100)) < 1e-9 for bound in bounds)
        return words.percent(value, 0 if whole else 1)
    if unit == "per_post" and all(bound == round(bound) for bound in bounds):
        return words.number(value)
    return words.write(value, unit)


def _draw_gaps(fig: go.Figure, words: Words, cells: Mapping[str, Cell], level: str) -> None:
    everywhere = boundaries.rings(level)
    inhabited = [code for code in everywhere if code in areas.register()]
    withheld = [code for code in inhabited if cells.get(code) is Gap.WITHHELD]
    unknown = [c for c in inhabited if not is_number(cells.get(c)) and cells.get(c) is not Gap.WITHHELD]
    hatched = {
        "shape": "/",
        "fgcolor": theme.WITHHELD,
        "bgcolor": theme.WITHHELD_GROUND,
        "size": 5,
        "solidity": 0.25,
    }
    dotted = {
        "shape": ".",
        "fgcolor": theme.UNKNOWN,
        "bgcolor": theme.UNKNOWN_GROUND,
        "size": 6,
        "solidity": 0.3,
    }
    _draw_areas(fig, words.t("chart.withheld"), level, withheld, fillpattern=hatched)
    _draw_areas(fig, words.t("chart.unknown"), level, unknown, fillpattern=dotted)
    rest = [code for code in everywhere if code not in areas.register()]
    _draw_areas(fig, words.t("chart.uninhabited"), level, rest, named=False, fillcolor=theme.GROUND)


def _draw_areas(
    fig: go.Figure, name: str, level: str, codes: list[str], *, named: bool = True, **fill: Any
) -> None:
    if not codes:
        return
    points = boundaries.outlines(level, codes)
    # The legend shows a filled line as half a line and half a fill; a bar shows its whole fill.
    pattern = fill.get("fillpattern", {})
    fig.add_bar(
        name=name,
        x=[None],
        y=[None],
        marker={
            "color": fill.get("fillcolor") or pattern["bgcolor"],
            "pattern": pattern,
            "line": {"color": theme.OUTLINE, "width": 1},
        },
        showlegend=named,
    )
    fig.add_scatter(
        name=name,
        x=points[:, 0],
        y=points[:, 1],
        mode="lines",
        fill="toself",
        line={"color": theme.OUTLINE, "width": LINE},
        hoverinfo="skip",
        showlegend=False,
        meta=len(codes),
        **fill,
    )


def _draw_line(fig: go.Figure, points: boundaries.Points, colour: str, width: float) -> None:
    fig.add_scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        showlegend=False,
    )


def _draw_hover(
    fig: go.Figure, words: Words, cells: Mapping[str, Cell], unit: str, level: str, label: str
) -> None:
    codes, points = boundaries.hover_points(level)
    texts = {code: _hover(words, code, cells, unit, label) for code in dict.fromkeys(codes)}
    unseen = {"marker": {"opacity": 0}}
    fig.add_scatter(
        x=points[:, 0],
        y=points[:, 1],
        mode="markers",
        marker={"size": 4, "opacity": 0},
        selected=unseen,
        unselected=unseen,
        customdata=[boundaries.chosen_by(code) for code in codes],
        hovertext=[texts[code] for code in codes],
        hoverinfo="text",
        showlegend=False,
    )


def _hover(words: Words, code: str, cells: Mapping[str, Cell], unit: str, label: str) -> str:
    if code not in areas.register():
        return words.t("chart.uninhabited")
    text = series.written(cells.get(code, Gap.UNKNOWN), unit, words)
    return f"<b>{theme.plain(words.area(code))}</b><br>{label}: {text}"
