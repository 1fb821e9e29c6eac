"""The 44 offices that hand in: who they are, and how each writes its deliveries (senders.toml)."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.demo.days import day
from data.demo.places import Places

FILE = Path(__file__).parent / "senders.toml"
REPORTING_DATE = date(2026, 9, 30)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "-"})
# Each office has its own ways; they go round by the position of the Kreis.
YES_NO = [
    ("ja", "nein"),
    ("j", "n"),
    ("1", "0"),
    ("ja", "nein"),
    ("true", "false"),
    ("ja", "nein"),
    ("x", ""),
]
MISSING = [
    ("",),
    ("", "k. A."),
    ("Ohne Angabe",),
    ("unbekannt", ""),
    ("k. A.",),
    ("", "Ohne Angabe", "o. A."),
]


@dataclass(frozen=True)
class Style:
    """How an office writes: container folder, archive or workbook; numbers, dates, gaps."""

    container: str
    encoding: str
    delimiter: str
    quoted: bool
    iso: bool  # ISO dates and decimal points; else TT.MM.JJJJ and decimal commas
    thousands: bool
    euro_sign: bool
    lost_zeros: bool
    yes_no: tuple[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Sender:
    """An office of a Kreis, which hands in for all its municipalities."""

    kreis: int  # position in Places.kreise
    code: str
    sender_id: str
    name: str
    kind: str
    reporting_date: date
    style: Style
    country_names: bool
    sparse: bool
    with_consultations: bool

    @property
    def reporting_day(self) -> int:
        """Days since 1970-01-01."""
        return day(self.reporting_date.year, self.reporting_date.month, self.reporting_date.day)

    @property
    def file_name(self) -> str:
        """What the delivery is called: a folder, a ZIP archive or a workbook."""
        return self.sender_id + {"folder": "", "archive": ".zip", "workbook": ".xlsx"}[self.style.container]


def of(places: Places) -> list[Sender]:
    """One sender per Kreis, in the order of the official key."""
    with FILE.open("rb") as lines:
        ways = tomllib.load(lines)
    return [_sender(places, kreis, code, ways) for kreis, code in enumerate(places.kreise)]


def _sender(places: Places, kreis: int, code: str, ways: dict[str, dict[str, date]]) -> Sender:
    city = places.kinds[kreis] == "Stadtkreis"
    name = places.names[kreis]
    return Sender(
        kreis=kreis,
        code=code,
        sender_id=("sk-" if city else "lra-") + name.lower().translate(UMLAUTS),
        name=f"Stadt {name}" if city else f"Landratsamt {name}",
        kind=places.kinds[kreis],
        reporting_date=ways["reporting_day"].get(code, REPORTING_DATE),
        style=_style(kreis, code, ways),
        country_names=code in ways["country_names"],
        sparse=code in ways["sparse"],
        with_consultations=code in ways["with_consultations"],
    )


def _style(kreis: int, code: str, ways: dict[str, dict[str, date]]) -> Style:
    archive, commas = code in ways["archive"], code in ways["archive_with_commas"]
    return Style(
        container="archive" if archive else "workbook" if code in ways["workbook"] else "folder",
        encoding="utf-8-sig" if archive else "cp1252",
        delimiter="," if commas else ";",
        quoted=commas,
        iso=archive,
        thousands=code in ways["thousands_points"],
        euro_sign=code in ways["euro_signs"],
        lost_zeros=code in ways["lost_zeros"],
        yes_no=YES_NO[kreis % len(YES_NO)],
        missing=MISSING[(kreis // 2) % len(MISSING)],
    )
