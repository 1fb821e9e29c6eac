"""A `Published` taken apart into the series of a chart: one value per place on the x axis, gaps kept.

A period that no row names has its place too, so that it is a gap and not a short cut.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Gap, Published, is_number
from data.foundation import periods
from data.questions import measures
from pages.charts import theme
from pages.text.words import Words

Names = str | Sequence[str]


@dataclass(frozen=True)
class Series:
    """One line or one kind of bar. `cells` has one cell for each x; what no row says is unknown."""

    name: str
    unit: str
    cells: tuple[Cell, ...]

    @property
    def numbers(self) -> list[float | None]:
        """The values; a gap is None, which Plotly leaves out."""
        return [as_number(cell) for cell in self.cells]

    def gaps(self, kind: Gap) -> list[int]:
        """At which places there is a gap of this kind."""
        return [place for place, cell in enumerate(self.cells) if cell is kind]

    def bands(self) -> list[tuple[int, Band]]:
        """At which places a share is known as a band only, and which one."""
        return [(place, cell) for place, cell in enumerate(self.cells) if isinstance(cell, Band)]


def as_number(cell: Cell) -> float | None:
    """The number in a cell; None for a gap, which Plotly leaves out."""
    return float(cell) if is_number(cell) else None  # type: ignore[arg-type]


def named(names: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else tuple(names)


def positions(published: Published, x: str) -> list[str]:
    """What stands on the x axis, in the order of the rows; periods without a hole between them."""
    return span(str(cell) for cell in published.column(x))


def split(published: Published, *, words: Words, x: str, y: Names, by: str | None = None) -> list[Series]:
    """One series per value of `by`, and per column if there are several."""
    columns, on_axis = named(y), positions(published, x)
    groups: list[Cell] = list(dict.fromkeys(published.column(by))) if by else [None]
    found = []
    for group in groups:
        rows = published.where(**{by: group}) if by else published
        at = {str(place): row for row, place in enumerate(rows.column(x))}
        for column in columns:
            cells = rows.column(column)
            values = tuple(
                _gap_if_none(cells[at[place]]) if place in at else Gap.UNKNOWN for place in on_axis
            )
            parts = [words.place_or_category(str(group), by)] if by else []
            parts += [words.label(column)] if not by or len(columns) > 1 else []
            found.append(Series(theme.plain(", ".join(parts)), unit(published, words, column), values))
    return found


def span(values: Iterable[str]) -> list[str]:
    """Every period from the first to the last. Other values stay as they came, each once."""
    once = list(dict.fromkeys(values))
    found = [period for period in map(periods.read, once) if period]
    grains = {period.grain for period in found}
    if not once or len(found) < len(once) or len(grains) != 1 or grains == {"programme"}:
        return once
    positions = [period.position for period in found]
    return [str(periods.at(each, found[0].grain)) for each in range(min(positions), max(positions) + 1)]


def ticks(values: list[str], most: int = 8) -> list[str]:
    """Which values are named on the axis: all if they fit, else the first period of some of the years."""
    starts = [value for value in values if begins_a_year(value)]
    chosen = values if len(values) <= most or len(starts) < 2 else starts
    step = max(1, -(-len(chosen) // most))
    # Counted from the end, because readers look for the newest.
    return chosen[::-1][::step][::-1]


def begins_a_year(value: str) -> bool:
    """Whether this is a year, or its first quarter or month."""
    found = periods.read(value)
    return found is not None and found.number == 1


def unit(published: Published, words: Words, column: str) -> str:
    """The unit of a column; a column that is only called `value` has the unit of the one measure."""
    if column == "value" and len(published.measures) == 1:
        return measures.register()[published.measures[0]].unit
    return words.unit(column, published.role(column))


def label(published: Published, words: Words, column: str) -> str:
    """The name of a column; one that is only called `value` has the name of the one measure."""
    alone = column == "value" and len(published.measures) == 1
    return theme.plain(words.label(published.measures[0] if alone else column))


def hover_text(cell: Cell, unit_name: str, words: Words) -> str:
    """A cell for a hover: the number in its unit, or why there is none."""
    if is_number(cell):
        return words.write(cell, unit_name)  # type: ignore[arg-type]
    if isinstance(cell, Band):
        return words.share(cell)
    return words.t("chart.withheld" if cell is Gap.WITHHELD else "chart.unknown")


def hover(name: str, place: str, cell: Cell, unit_name: str, words: Words) -> str:
    """What a hover says: which series, where on the axis, and the number or why there is none."""
    return f"<b>{name}</b><br>{theme.plain(place)}: {hover_text(cell, unit_name, words)}"


def _gap_if_none(cell: Cell) -> Cell:
    return Gap.UNKNOWN if cell is None else cell
