"""What became of the goals agreed: attained, missed, still open."""

from dataclasses import dataclass, replace
from typing import Any

from data.disclosure.published import Cell, Gap, Published, Ratio
from pages.charts import axis, drawn, gaps, series, theme
from pages.charts.sketch import Sketch
from pages.text import precision
from pages.text.words import Words

PARTS = ("attained", "missed", "open")
HATCHED = {"shape": "/", "fgcolor": theme.OPEN, "bgcolor": theme.GROUND, "size": 6, "solidity": 0.3}
LOOKS: tuple[dict[str, Any], ...] = (
    {"color": theme.ATTAINED, "line": {"color": theme.GROUND, "width": 1}},
    {"color": theme.MISSED, "line": {"color": theme.GROUND, "width": 1}},
    {"color": theme.GROUND, "pattern": HATCHED, "line": {"color": theme.OPEN, "width": 1}},
)


@dataclass(frozen=True)
class Bar:
    """One row: its name, its cells, and how long each part is drawn; None where it is not."""

    name: str
    cells: tuple[Cell, ...]
    lengths: tuple[float | None, ...]

    @property
    def gap(self) -> Gap | None:
        """Why a part is missing; withheld is named before unknown."""
        found = [cell for cell in self.cells if isinstance(cell, Gap)]
        return next((gap for gap in Gap if gap in found), None)

    @property
    def end(self) -> float:
        """Where the drawn parts end."""
        return sum(length or 0.0 for length in self.lengths)


@drawn.once
def stacked(
    published: Published,
    *,
    words: Words,
    x: str,
    parts: tuple[str, str, str] = PARTS,
    shares: bool = True,
) -> Sketch:
    """One bar per goal area or cohort: attained, missed and open, as shares or as numbers.

    As shares, a bar needs all its parts: with a gap among them its symbol stands there instead. As
    numbers, the parts that are shown are drawn, and the symbol stands at the end.
    """
    found = [_bar(row, words, x, parts) for row in published]
    found = [_as_shares(published, bar, parts) if shares else bar for bar in found]
    fig = theme.figure(words, height=140 + axis.room([bar.name for bar in found]) * len(found))
    fig.update_layout(barmode="stack", bargap=0.3, legend={"traceorder": "normal"})
    for position, part in enumerate(parts):
        _draw_part(fig, found, position, words, theme.plain(words.label(part)), shares=shares)
    gaps.symbols(fig, words, [(bar.gap, bar.end, row, bar.name) for row, bar in enumerate(found) if bar.gap])
    ends = [1.0] if shares else [bar.end for bar in found]
    fig.update_xaxes(axis.of_values(words, "percent" if shares else "goals", ends, steps=3))
    fig.update_yaxes(axis.of_rows([bar.name for bar in found]))
    return fig


def _bar(row: dict[str, Cell], words: Words, x: str, parts: tuple[str, ...]) -> Bar:
    cells = tuple(Gap.UNKNOWN if row[part] is None else row[part] for part in parts)
    numbers = tuple(series.as_number(cell) for cell in cells)
    return Bar(theme.wrapped(words.place_or_category(str(row[x]), x), 18), cells, numbers)


def _as_shares(published: Published, bar: Bar, parts: tuple[str, ...]) -> Bar:
    if None in bar.lengths or not bar.end:
        return replace(bar, lengths=(None,) * len(parts))
    # The parts add up to a count that was agreed, so the whole deviates once, and each part as it does.
    lengths = tuple(
        Ratio(length or 0.0, bar.end, published.counts_in(part), 1, published.edition.parameters)
        for part, length in zip(parts, bar.lengths, strict=True)
    )
    return replace(bar, lengths=lengths)


def _draw_part(
    fig: Sketch, found: list[Bar], position: int, words: Words, label: str, *, shares: bool
) -> None:
    lengths = [bar.lengths[position] for bar in found]
    hovers = []
    for bar, length in zip(found, lengths, strict=True):
        share = f" ({words.write(length, 'percent')})" if shares and length is not None else ""
        hovers.append(
            f"<b>{bar.name}</b><br>{label}: {series.hover_text(bar.cells[position], 'goals', words)}{share}"
        )
    fig.add_bar(
        name=label,
        orientation="h",
        y=list(range(len(found))),
        x=lengths,
        # What is open is hatched, and a text on hatching cannot be read.
        text=["" if position == 2 else _inside(length, words, shares=shares) for length in lengths],
        textposition="inside",
        insidetextanchor="middle",
        insidetextfont={"color": theme.GROUND, "size": 13},
        textangle=0,
        marker=LOOKS[position],
        hovertext=hovers,
        hoverinfo="text",
    )


def _inside(length: float | None, words: Words, *, shares: bool) -> str:
    if not length:
        return ""
    if not shares:
        return words.number(length)
    # Whole percents at most, as far as the base bears them; a half in words has no room in a bar.
    few = precision.base(length)
    if few is not None and few < precision.HALVES:
        return ""
    whole = few is None or few >= precision.WHOLE
    return words.percent(length, 0) if whole else words.write(length, "percent")
