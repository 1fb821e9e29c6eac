"""What stands in an answer: cells, gaps, and what a column is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum


class Gap(Enum):
    """Why a cell has no number. The value is the symbol that readers see."""

    WITHHELD = "•"
    UNKNOWN = "."


Cell = str | int | float | Decimal | date | bool | Gap | None


class Role(Enum):
    """What a column is: it decides how a cell is protected and how it is written."""

    DIMENSION = "dimension"
    COUNT = "count"
    AMOUNT = "amount"
    RATE = "rate"


@dataclass(frozen=True)
class Column:
    """One column: its name and what it is."""

    name: str
    role: Role


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number that may be shown."""
    return isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool)
