"""Places side by side: one line per measure, one column per area."""

from data.disclosure.published import Published, Role
from pages.parts import grid, language, show


def table(published: Published, *, by: str, heading: str, key: str, note: str | None = None) -> None:
    """Every number of a `Published` with one row per value of `by`, turned on its side."""
    words = language.words()
    names = [column for column in published.columns if column.role is not Role.DIMENSION]
    headings = [words.t("municipality.measure")]
    headings += [words.place_or_category(str(value), by) for value in published.column(by)]
    rows = [
        [words.label(column.name)]
        + [words.cell(cell, column.name, column.role) for cell in published.column(column.name)]
        for column in names
    ]
    with show.framed(published, heading=heading, key=key, note=note):
        grid.draw(headings, rows, alt=heading, right=range(1, len(headings)))
