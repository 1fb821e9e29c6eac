"""Cells longer than any value of the export format: said once for each column, and looked at no further."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from data.deliveries.format.findings import Group, Place, group
from data.foundation.limits import Limits


@dataclass
class LongCells:
    """Counts the cells over the limit by column, among the rows of one file or sheet.

    `columns` and `headings` are as of a `Part`; without them, columns are named by their place: `#2`.
    """

    place: Place
    limits: Limits
    columns: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    counts: Counter[int] = field(default_factory=Counter)
    first: dict[int, int] = field(default_factory=dict)  # line of the first one in a column

    def among(self, line: int, record: Sequence[str | None]) -> bool:
        """Whether any cell of this row is too long."""
        found = [at for at, cell in enumerate(record) if cell and len(cell) > self.limits.cell_characters]
        for at in found:
            self.counts[at] += 1
            self.first.setdefault(at, line)
        return bool(found)

    def groups(self, rows: int | None = None) -> list[Group]:
        """One finding for each column, with the line of its first such cell; never the cell itself."""
        wording = self.limits.wording("cell_characters")
        said = [
            (at, group("cell-too-long", self.place, line=line, column=self._named(at), wording=wording))
            for at, line in sorted(self.first.items())
        ]
        return [replace(one, count=self.counts[at], of_rows=rows) for at, one in said]

    def _named(self, at: int) -> str:
        if not self.columns:
            return f"#{at + 1}"
        known = self.columns[at]
        return self.headings[at].strip() or f"#{at + 1}" if known.startswith("#") else known
