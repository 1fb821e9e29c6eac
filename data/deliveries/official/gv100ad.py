"""The official list as text (GV100AD): records of fixed width, 220 characters each.

What is read of a record, counted from 1: kind 1–2, date of the territory 3–10, key (AGS) 11–18, mark 123–124,
inhabitants 140–150. Between them stand the association 19–22, the name 23–72, the seat 73–122, the area in
hectares 129–139, and behind them the men 151–161 and the postal code 166–170.

As of when the inhabitants are stands in no record. An edition comes with notes that say it (Hinweise.txt: »…
basieren für alle Bundesländer auf dem Stichtag 31.12.2024 (ZENSUS 2022).«).
"""

import re
from dataclasses import replace
from pathlib import Path

from data.deliveries.format.findings import Place, group
from data.deliveries.format.sender import as_date
from data.deliveries.official.recognise import is_text_form
from data.deliveries.official.records import MUNICIPALITY, Read, Row, of_land

RECORD = re.compile(r"(?:10|20|30|40|50|60)(?:19|20)\d{6}\d{2}")
KEY, MARK, INHABITANTS = slice(10, 18), slice(122, 124), slice(139, 150)
SAID = re.compile(
    r"Bev.{1,2}lkerung[^.]{0,200}?(\d\d\.\d\d\.\d{4})(?:[^.]{0,40}?zensus\s+(\d{4}))?", re.IGNORECASE
)
NOTES = 2**16  # characters of notes that are looked at
SHOWN = 40  # characters of a line that can't be read


def read(path: Path, label: str) -> Read:
    """The municipalities of a file. Older ones are in a code page; only their names are other then. A sheet
    of the workbook that somebody saved as CSV is none.
    """
    content = path.read_bytes()
    if not is_text_form(content):
        return Read(Place(label), said=(group("list-form", Place(label)),))
    text = _decoded(content)
    rows, broken, elsewhere = [], [], 0
    for line, record in enumerate(text.split("\n"), start=1):
        record = record.rstrip("\r\x1a")
        if not record.strip():
            continue
        if not RECORD.match(record):
            broken.append((line, record[:SHOWN]))
        elif record.startswith(MUNICIPALITY):
            if not of_land(record[KEY]):
                elsewhere += 1
            elif record[KEY].isdecimal() and (record[INHABITANTS].strip() or "0").isdecimal():
                rows.append(Row(line, record[KEY], record[MARK], record[INHABITANTS].strip()))
            else:
                broken.append((line, record[:SHOWN]))
    return Read(Place(label), tuple(rows), elsewhere=elsewhere, broken=tuple(broken))


def dated(read: Read, notes: Path) -> Read:
    """The list with what the notes beside it say of its inhabitants: as of when, and from which census."""
    said = {match.groups() for match in SAID.finditer(_decoded(notes.read_bytes()[:NOTES]))}
    if len(said) != 1:  # nothing, or not the same of all Länder
        return read
    day, census = said.pop()
    return replace(read, counted_on=as_date(day), census=census)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")
