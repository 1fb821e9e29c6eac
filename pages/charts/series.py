"""A `Published` taken apart into the series of a chart: one value per place on the x axis, gaps kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from data import measures
from data.disclosure.published import Cell, Gap, Published, is_number
from pages.parts.charts import periods, theme
from pages.parts.words import Words

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


def as_number(cell: Cell) -> float | None:
    """The number in a cell; None for a gap, which Plotly leaves out."""
    return float(cell) if is_number(cell) else None  # type: ignore[arg-type]


def named(names: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else tuple(names)


def places(published: Published, x: str) -> list[str]:
    """What stands on the x axis, in the order of the rows; periods without a hole between them."""
    return periods.span(str(cell) for cell in published.column(x))


def split(published: Published, *, words: Words, x: str, y: Names, by: str | None = None) -> list[Series]:
    """One series per value of `by`, and per column if there are several."""
    columns, on_axis = named(y), places(published, x)
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


def unit(published: Published, words: Words, column: str) -> str:
    """The unit of a column; a column that is only called `value` has the unit of the one measure."""
    if column == "value" and len(published.measures) == 1:
        return measures.register()[published.measures[0]].unit
    return words.unit(column, published.role(column))


def label(published: Published, words: Words, column: str) -> str:
    """The name of a column; one that is only called `value` has the name of the one measure."""
    alone = column == "value" and len(published.measures) == 1
    return theme.plain(words.label(published.measures[0] if alone else column))


def written(cell: Cell, unit_name: str, words: Words) -> str:
    """A cell for a hover: the number in its unit, or why there is none."""
    number = as_number(cell)
    if number is not None:
        return words.write(number, unit_name)
    return words.t("chart.withheld" if cell is Gap.WITHHELD else "chart.unknown")


def hover(name: str, place: str, cell: Cell, unit_name: str, words: Words) -> str:
    """What a hover says: which series, where on the axis, and the number or why there is none."""
    return f"<b>{name}</b><br>{theme.plain(place)}: {written(cell, unit_name, words)}"


def _gap_if_none(cell: Cell) -> Cell:
    return Gap.UNKNOWN if cell is None else cell
