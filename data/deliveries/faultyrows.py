"""Rows in which something was found, as they stand in the file: shown on the page and in the workbook."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FaultyRows:
    """The rows of one file or sheet in which a rule found something, as they are written there.

    `cells` are pairs of line and text of each of the `columns`. `{n}` in a heading stands for the number of
    repeated columns, of which a profile made rows of their own.
    """

    file: str
    sheet: str | None
    columns: tuple[str, ...]
    cells: tuple[tuple[int, tuple[str | None, ...]], ...]
