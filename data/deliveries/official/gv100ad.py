"""The official list as text (GV100AD): records of fixed width, 220 characters each.

What is read of a record, counted from 1: kind 1–2, date of the territory 3–10, key (AGS) 11–18, mark 123–124,
inhabitants 140–150. Between them stand the association 19–22, the name 23–72, the seat 73–122, the area in
hectares 129–139, and behind them the men 151–161 and the postal code 166–170.
"""

import re
from pathlib import Path

from data.deliveries.format.findings import Place
from data.deliveries.official.records import MUNICIPALITY, Read, Row, of_land

RECORD = re.compile(r"(?:10|20|30|40|50|60)(?:19|20)\d{6}\d{2}")
START = re.compile(rb"(?:\xef\xbb\xbf)?(?:10|20|30|40|50|60)(?:19|20)\d{6}\d{2}[ \d]{10}[^\r\n]{50,}")
KEY, MARK, INHABITANTS = slice(10, 18), slice(122, 124), slice(139, 150)
SHOWN = 40  # characters of a line that can't be read


def is_like(start: bytes) -> bool:
    """Whether a file that begins like this is such a list."""
    return START.match(start) is not None


def read(path: Path, label: str) -> Read:
    """The municipalities of a file. Older ones are in a code page; only their names are other then."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
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
