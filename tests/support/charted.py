"""A `Published` drawn as a text table, for tests of what readers are shown.

published('''
    period  | active_cases: count
    2026-Q1 | 120
    2026-Q2 | •
''')
"""

from datetime import date, datetime

from data.disclosure.bands import Band
from data.disclosure.published import Cell, Column, Edition, Gap, Published, Role

EDITION = Edition(
    version="20261001-a",
    built_at=datetime(2026, 10, 1, 8, 0),
    as_of=date(2026, 9, 30),
    senders=44,
    period="2026-Q3",
    behind=(),
    synthetic=True,
)


def published(drawing: str, *measures: str) -> Published:
    """The rows of a drawing: • is withheld, . is unknown; a column that says nothing else is a dimension.

    A share between two others is drawn as its band: 0.5-0.75.
    """
    header, *lines = [line for line in drawing.splitlines() if line.strip()]
    names = [name.strip().partition(":") for name in header.split("|")]
    columns = tuple(Column(name, Role(role.strip() or "dimension")) for name, _, role in names)
    rows = tuple(
        tuple(_cell(text.strip(), column.role) for text, column in zip(line.split("|"), columns, strict=True))
        for line in lines
    )
    return Published("drawn", columns, rows, measures, EDITION)


def _cell(text: str, role: Role) -> Cell:
    if text in (gap.value for gap in Gap):
        return Gap(text)
    if role is Role.DIMENSION:
        return text
    for band in Band:
        if text == f"{band.low:g}-{band.high:g}":
            return band
    return int(text) if role is Role.COUNT else float(text)
