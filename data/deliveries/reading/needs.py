"""What reading a workbook would take, before a library reads it: its size as a file says nothing of that.

The library builds each sheet as a full rectangle and copies a text into each cell that shows it, so a few
bytes that say "repeat this" are gigabytes. The figures were measured: see docs/decisions.md.
"""

from dataclasses import dataclass

CELL_BYTES = 100  # of one cell of a rectangle: the library's, Python's, and Arrow's
COPIES = 3  # of a text: the same three


@dataclass
class Needs:
    """`cells` of all sheets and `largest` of one, blank ones between filled ones included; `text` in bytes,
    as often as it is repeated; `sheets`, each as often as the workbook names it.
    """

    cells: int = 0
    largest: int = 0
    text: int = 0
    sheets: int = 0

    def sheet(self, cells: int, times: int = 1) -> None:
        """One more sheet of so many cells, that often."""
        self.cells += cells * times
        self.largest = max(self.largest, cells)
        self.sheets += times

    @property
    def mb(self) -> int:
        """The memory that it takes, about."""
        return (self.cells * CELL_BYTES + self.text * COPIES) // 2**20
