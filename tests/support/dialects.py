"""A valid delivery drawn by chance, and the ways in which an office's program might write it."""

import csv
import io
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from data.deliveries.format.schema import tables

ENCODINGS = {"UTF-8": "utf-8", "UTF-8 mit BOM": "utf-8-sig", "Windows-1252": "cp1252", "UTF-16": "utf-16"}
MISSING = st.sampled_from(
    ["", "-", "Ohne Angabe", "k. A.", "o. A.", "unbekannt", "Unbekannt", "K.A.", "o.A.", " OHNE  angabe"]
)
PSEUDONYM = st.from_regex(r"[A-Z]{2}-[a-z]{4}_[A-Z]{2}", fullmatch=True)
LAST = date(2026, 9, 30)


@dataclass(frozen=True)
class Dialect:
    """One way of writing."""

    encoding: str
    separator: str
    german_dates: bool
    comma: bool
    thousands: bool
    euro: bool
    yes_no: tuple[str, str]
    newline: str
    quoted: bool
    blanks: bool
    upper: bool

    def cell(self, value: Any, missing: str) -> str:
        """A value as text."""
        written = missing if value is None else self._text(value)
        return f" {written} " if self.blanks and written and not self.quoted else written

    def _text(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.yes_no[0] if value else self.yes_no[1]
        if isinstance(value, date):
            return value.strftime("%d.%m.%Y") if self.german_dates else value.isoformat()
        if isinstance(value, Decimal):
            text = f"{value:,.2f}" if self.comma and self.thousands else f"{value:.2f}"
            text = text.translate(str.maketrans(",.", ".,")) if self.comma else text
            return f"{text} €" if self.euro else text
        return str(value)

    def write(self, folder: Path, table: str, rows: list[dict[str, Any]], missing: str) -> None:
        """One table as a file."""
        out = io.StringIO(newline="")
        quoting = csv.QUOTE_ALL if self.quoted else csv.QUOTE_MINIMAL
        writer = csv.writer(out, delimiter=self.separator, lineterminator=self.newline, quoting=quoting)
        writer.writerow([column.upper() if self.upper else column for column in rows[0]])
        writer.writerows([self.cell(value, missing) for value in row.values()] for row in rows)
        (folder / f"{table}.csv").write_bytes(out.getvalue().encode(ENCODINGS[self.encoding]))


DIALECTS = st.builds(
    Dialect,
    encoding=st.sampled_from(list(ENCODINGS)),
    separator=st.sampled_from(";,\t|"),
    german_dates=st.booleans(),
    comma=st.booleans(),
    thousands=st.booleans(),
    euro=st.booleans(),
    yes_no=st.sampled_from([("ja", "nein"), ("J", "N"), ("1", "0"), ("true", "false")]),
    newline=st.sampled_from(["\r\n", "\n", "\r"]),
    quoted=st.booleans(),
    blanks=st.booleans(),
    upper=st.booleans(),
)


def _days(first: date, last: date = LAST) -> st.SearchStrategy[date]:
    return st.integers(0, (last - first).days).map(lambda days: first + timedelta(days))


@st.composite
def deliveries(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Cases and bookings that keep every rule of the format: values as they are to be stored."""
    lists = {field.name: field.rules["enum"] for field in tables()["faelle"].fields if "enum" in field.rules}
    names = draw(st.lists(PSEUDONYM, min_size=1, max_size=6, unique=True))
    cases = []
    for name in names:
        start = draw(_days(date(2015, 1, 1)))
        end = draw(st.none() | _days(start))
        case = {"fall_id": name, "ags": draw(st.sampled_from(["08111000", "08115003"]))}
        case |= {"aufnahme_am": start, "beendet_am": end}
        case |= {
            column: draw(st.none() | st.sampled_from(values)) if column != "beendigungsgrund" or end else None
            for column, values in lists.items()
        }
        case["herkunftsland"] = draw(st.none() | st.sampled_from(["SY", "UA", "AF"]))
        case["sprache_zertifiziert"] = draw(st.none() | st.booleans())
        cases.append(case)
    cents = st.integers(1, 10**11 - 1).map(lambda amount: Decimal(amount) / 100)
    funds = [
        {
            "buchung_id": name,
            "ags": "08111000",
            "haushaltsjahr": draw(st.integers(2019, 2024)),
            "programm": "Soforthilfe Ukraine",
            "stufe": "Eigenanteil",
            "betrag_eur": draw(cents),
            "gebucht_am": draw(_days(date(2019, 1, 1))),
        }
        for name in names
    ]
    return {"faelle": cases, "mittel": funds}
