"""The official list as a workbook (Auszug aus dem Gemeindeverzeichnis): headings over several rows.

The columns are told by these, the date of the inhabitants by the one above them: it is older than that of the
territory in most editions.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data.deliveries.format.findings import Place, group
from data.deliveries.format.sender import SYNTHETIC, as_date
from data.deliveries.official.records import MUNICIPALITY, Read, Row, of_land
from data.deliveries.reading import workbooks
from data.deliveries.reading.workbook_parts import scanned
from data.deliveries.reading.workbooks import Sheet
from data.foundation.limits import Limits

HEADINGS = {"satzart": 2, "textkennzeichen": 2, "land": 2, "rb": 1, "kreis": 2, "gem": 3, "insgesamt": 0}
KEY = ("land", "rb", "kreis", "gem")
HEAD = 20  # rows in which headings may stand
DAY = re.compile(r"\b\d{2}\.\d{2}\.\d{4}\b")
CENSUS = re.compile(r"zensus\s+(\d{4})", re.IGNORECASE)
YEARLY = re.compile(r"(\d{2}\.\d{2}\.\d{4})\s*\(Jahr\)")
GROUPED = re.compile(r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+")


def read(path: Path, label: str, limits: Limits) -> Read:
    """The municipalities of the sheet that has the headings of the list."""
    if refused := scanned(path, label, "XLSX", limits).refused:
        return Read(Place(label), said=tuple(refused))
    try:
        sheets = workbooks.sheets(path, lambda cells: 0)
    except ValueError:
        return Read(Place(label), said=(group("broken-archive", Place(label)),))
    for sheet in sheets:
        columns = _columns(sheet.rows[:HEAD])
        if HEADINGS.keys() <= columns.keys():
            return _read(sheet, columns, Place(label, sheet.name))
    return Read(Place(label), said=(group("list-headings", Place(label)),))


def _columns(head: Sequence[Sequence[Any]]) -> dict[str, int]:
    """Heading -> position; the first where it stands twice (`Kreis` is also a word of the notes below)."""
    found: dict[str, int] = {}
    for row in head:
        for at, cell in enumerate(row):
            name = re.sub(r"[^a-zäöü]", "", str(cell).lower())
            if name in HEADINGS:
                found.setdefault(name, at)
    return found


def _read(sheet: Sheet, columns: dict[str, int], place: Place) -> Read:
    first = next((at for at, row in enumerate(sheet.rows) if _code(row, columns["satzart"], 2)), 0)
    head = sheet.rows[:first]
    texts = [_text(cell) for row in head for cell in row if cell != ""]
    rows, broken, elsewhere = [], [], 0
    for line, row in enumerate(sheet.rows[first:], start=first + 1):
        if _code(row, columns["satzart"], 2) != MUNICIPALITY:
            continue
        key = "".join(_code(row, columns[name], HEADINGS[name]) for name in KEY)
        if not of_land(key):
            elsewhere += 1
            continue
        inhabitants = _number(row[columns["insgesamt"]])
        if len(key) == sum(HEADINGS[name] for name in KEY) and inhabitants is not None:
            rows.append(Row(line, key, _code(row, columns["textkennzeichen"], 2), inhabitants))
        else:
            broken.append((line, f"{key} {_text(row[columns['insgesamt']])}"))
    said = CENSUS.search(" ".join(texts))
    return Read(
        place,
        tuple(rows),
        counted_on=_counted_on(head, columns["insgesamt"], texts),
        census=said[1] if said else None,
        synthetic=any(SYNTHETIC in text for text in texts),
        elsewhere=elsewhere,
        broken=tuple(broken),
    )


def _counted_on(head: Sequence[Sequence[Any]], column: int, texts: Sequence[str]) -> date | None:
    """The date above the inhabitants; in a yearly edition that of its title, too."""
    above = [_text(row[column]) for row in head if column < len(row)]
    days = [*_days(above), *(match[1] for text in texts if (match := YEARLY.search(text)))]
    return as_date(days[0]) if days else None


def _days(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from DAY.findall(text)


def _text(cell: Any) -> str:
    return f"{cell:%d.%m.%Y}" if isinstance(cell, (date, datetime)) else str(cell).strip()


def _code(row: Sequence[Any], at: int, digits: int) -> str:
    """A part of a key with the zeros that a spreadsheet may have taken from it; empty if it is none."""
    text = str(int(row[at])) if isinstance(row[at], float) else str(row[at]).strip()
    return text.zfill(digits) if text.isdecimal() and text.isascii() and len(text) <= digits else ""


def _number(cell: Any) -> str | None:
    """Digits, nothing for an empty cell, None for what is no whole number."""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return str(int(cell)) if cell >= 0 and float(cell).is_integer() else None
    text = _text(cell)
    if GROUPED.fullmatch(text):
        text = re.sub(r"\D", "", text)
    return text if not text or (text.isdecimal() and text.isascii()) else None
