"""The map: areas in up to five classes. Polygons on a plain plane, so that nothing comes from outside.

About equally many areas are in each class, its bounds are rounded so that a legend can be read, and none is
narrower than a difference that deviations may make: two areas two colours apart do differ.
"""

from collections.abc import Mapping
from math import floor, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go

from data.disclosure import bounds as deviations
from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, is_number
from data.foundation import areas
from pages.charts import boundaries, drawn, series, theme
from pages.text.words import Words

CLASSES = 5
LINE = 0.5
WHOLE_PERCENTS = 0.005  # from here on rates are off by so much that a decimal of a percent says nothing
HEIGHT = 600


@drawn.once
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
    _draw_classes(fig, words, cells, unit, level, deviations.typical(published, value))
    _draw_gaps(fig, words, cells, level)
    if level != areas.KREIS:
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


def class_bounds(values: list[float], *, whole: bool, off: float = 0.0) -> list[float]:
    """The lower bounds of the classes, rising; the first lies at or below every value.

    Only shown values come in here, so no bound tells anything about a withheld one. Few distinct
    values make fewer classes. `whole` keeps bounds at whole numbers, for counts. `off` is by how much a value
    may be off: a class is twice as wide at least, and its bounds are not written more precisely.
    """
    distinct = sorted(set(values))
    if len(distinct) <= CLASSES and not off:
        return distinct
    quantiles = np.quantile(values, [step / CLASSES for step in range(1, CLASSES)], method="lower").tolist()
    # As coarse as possible, as long as no class shrinks to less than half of its share.
    precise = (1, 2, 3) if off < WHOLE_PERCENTS else (1, 2)
    tried = [_wide(_bounds(distinct[0], quantiles, digits, whole), 2 * off) for digits in precise]
    enough = len(values) / CLASSES / 2
    fair = [bounds for bounds in tried if len(bounds) == CLASSES and min(_sizes(values, bounds)) >= enough]
    # Many equal values leave no fair way; then a class less is better than an empty one.
    return fair[0] if fair else _without_empty(values, tried[-1])


def class_of(value: float, bounds: list[float]) -> int:
    """In which class a value lies; a bound belongs to the class above it."""
    return max(0, int(np.searchsorted(bounds, value, side="right")) - 1)


def _draw_classes(
    fig: go.Figure, words: Words, cells: Mapping[str, Cell], unit: str, level: str, off: float
) -> None:
    known = boundaries.rings(level)
    if any(isinstance(cell, Band) for cell in cells.values()):
        _draw_bands(fig, words, {code: cell for code, cell in cells.items() if code in known}, level)
        return
    numbers = {code: series.as_number(cell) for code, cell in cells.items() if code in known}
    shown = {code: number for code, number in numbers.items() if number is not None}
    whole = unit not in ("percent", "per_post", "vzae")
    lower = class_bounds(list(shown.values()), whole=whole, off=off) if shown else []
    found = {code: class_of(number, lower) for code, number in shown.items()}
    # Few classes take their colours from the whole range, so that they stay far apart.
    spread = len(theme.SEQUENTIAL) - 1
    for position in range(len(lower)):
        inside = [code for code, number in found.items() if number == position]
        at = round(position * spread / (len(lower) - 1)) if len(lower) > 1 else spread // 2
        name = _class_name(words, lower, position, max(shown.values()), unit)
        _draw_areas(fig, name, level, inside, fillcolor=theme.SEQUENTIAL[at])


def _draw_bands(fig: go.Figure, words: Words, cells: Mapping[str, Cell], level: str) -> None:
    """The four quarters as classes, for numbers and bands alike; halves are hatched in two colours."""
    colours = [theme.SEQUENTIAL[at] for at in (0, 2, 3, 4)]
    found: dict[Band, list[str]] = {band: [] for band in Band}
    for code, cell in cells.items():
        if band := _band(cell):
            found[band].append(code)
    for at, band in enumerate(band for band in Band if not band.is_half):
        _draw_areas(fig, words.band(band), level, found[band], fillcolor=colours[at])
    for at, band in enumerate(band for band in Band if band.is_half):
        lighter, darker = colours[2 * at : 2 * at + 2]
        pattern = {"shape": "\\", "fgcolor": darker, "bgcolor": lighter, "size": 7, "solidity": 0.5}
        _draw_areas(fig, words.band(band), level, found[band], fillpattern=pattern)


def _band(cell: Cell) -> Band | None:
    """In which class an area of a map with bands lies; None without a value."""
    if isinstance(cell, Band):
        return cell
    number = series.as_number(cell)
    if number is None:
        return None
    quarters = [band for band in Band if not band.is_half]
    return next((band for band in quarters if number < band.high), quarters[-1])


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
    told = {code for code, cell in cells.items() if is_number(cell) or isinstance(cell, (Band, Gap))}
    unknown = [c for c in inhabited if c not in told or cells.get(c) is Gap.UNKNOWN]
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
    text = series.hover_text(cells.get(code, Gap.UNKNOWN), unit, words)
    return f"<b>{theme.plain(words.area(code))}</b><br>{label}: {text}"


def _bounds(lowest: float, quantiles: list[float], digits: int, whole: bool) -> list[float]:
    rounded = sorted({_rounded(quantile, digits, whole) for quantile in quantiles})
    return [_floored(lowest, digits, whole), *(bound for bound in rounded if bound > lowest)]


def _sizes(values: list[float], bounds: list[float]) -> list[int]:
    found = [class_of(value, bounds) for value in values]
    return [found.count(position) for position in range(len(bounds))]


def _wide(bounds: list[float], least: float) -> list[float]:
    """Without the bounds that would make a class narrower than `least`; the highest ones stay."""
    kept = bounds[-1:]
    for bound in reversed(bounds[1:-1]):
        if kept[0] - bound >= least:
            kept.insert(0, bound)
    # The lowest has to stay, because values lie above it.
    return [*bounds[:1], *[bound for bound in kept if bound - bounds[0] >= least and bound > bounds[0]]]


def _without_empty(values: list[float], bounds: list[float]) -> list[float]:
    return [bound for bound, size in zip(bounds, _sizes(values, bounds), strict=True) if size]


def _scale(value: float, digits: int, whole: bool) -> float:
    scale = 10.0 ** (floor(log10(abs(value))) - digits + 1) if value else 1.0
    return max(scale, 1.0) if whole else scale


def _rounded(value: float, digits: int, whole: bool) -> float:
    scale = _scale(value, digits, whole)
    return round(round(value / scale) * scale, 10)


def _floored(value: float, digits: int, whole: bool) -> float:
    scale = _scale(value, digits, whole)
    return round(floor(value / scale) * scale, 10)
