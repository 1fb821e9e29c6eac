"""Cells of a workbook without a value that counts: errors such as #VALUE!, and formulas nobody worked out.

The library that builds the sheets gives an empty text for both, which would be a missing value.
"""

from typing import NamedTuple

from data.deliveries import errornames

OTHER = "#?"  # any other text in such a cell was seen by nobody, so nobody may repeat it


class Unread(NamedTuple):
    """Row and column count from 1. `error` as the file has it; None is a formula without a value."""

    row: int
    column: int
    error: str | None

    @property
    def letters(self) -> str:
        """The column as a program names it: `E`."""
        letters, number = "", self.column
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(65 + letter) + letters
        return letters

    @property
    def address(self) -> str:
        """For example `E2`."""
        return f"{self.letters}{self.row}"

    @property
    def shown(self) -> tuple[str, str]:
        """The error as a person sees it in a German and in an English program."""
        english = errornames.english(self.error or "") or OTHER
        return errornames.GERMAN.get(english, english), english
