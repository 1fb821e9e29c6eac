"""The 44 offices that hand in: who they are, and how each writes its deliveries (senders.toml).

That includes what an office did not record: missing values, by field, in the words that the format allows.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa

from data.demo.drawing import day, happens
from data.demo.land import Municipalities

FILE = Path(__file__).parent / "lists" / "senders.toml"
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
# Share of missing values of a usual office.
USUAL = {
    "integrationsmanager_id": 0.03,
    "altersgruppe": 0.035,
    "geschlecht": 0.02,
    "herkunftsland": 0.03,
    "aufenthaltsstatus": 0.05,
    "haushaltstyp": 0.06,
    "unterbringung": 0.055,
    "leistungsbezug": 0.075,
    "schulabschluss": 0.10,
    "berufsabschluss": 0.105,
    "anerkennung": 0.08,
    "sprachniveau": 0.075,
    "sprache_zertifiziert": 0.10,
    "beschaeftigung": 0.065,
}


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

    kreis: int  # position in Municipalities.kreise
    code: str
    sender_id: str
    name: str
    kind: str
    reporting_date: date
    style: Style
    country_names: bool
    sparse: bool
    with_consultations: bool
    with_earlier_cases: bool

    @property
    def reporting_day(self) -> int:
        """Days since 1970-01-01."""
        return day(self.reporting_date.year, self.reporting_date.month, self.reporting_date.day)

    @property
    def file_name(self) -> str:
        """What the delivery is called: a folder, a ZIP archive or a workbook."""
        return self.sender_id + {"folder": "", "archive": ".zip", "workbook": ".xlsx"}[self.style.container]


def of(places: Municipalities) -> list[Sender]:
    """One sender per Kreis, in the order of the official key."""
    with FILE.open("rb") as lines:
        ways = tomllib.load(lines)
    return [_sender(places, kreis, code, ways) for kreis, code in enumerate(places.kreise)]


def with_gaps(rng: np.random.Generator, faelle: pa.Table, writings: tuple[str, ...]) -> pa.Table:
    """The table faelle with 2 to 12 % of each field missing; `writings` are an office's words for it."""
    for field, usual in USUAL.items():
        share = float(np.clip(usual * rng.lognormal(0, 0.35), 0.02, 0.12))
        missing = happens(rng, share, len(faelle))
        words = rng.integers(0, len(writings), len(faelle))
        if field not in faelle.column_names:
            continue
        column = faelle[field].combine_chunks()
        gap = _worded(column, missing, words, writings) if pa.types.is_dictionary(column.type) else None
        if gap is None:
            gap = pa.compute.if_else(pa.array(missing), pa.scalar(None, column.type), column)
        faelle = faelle.set_column(faelle.column_names.index(field), field, gap)
    return faelle


def _sender(places: Municipalities, kreis: int, code: str, ways: dict[str, dict[str, date]]) -> Sender:
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
        with_earlier_cases=code not in ways["without_earlier_cases"],
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


def _worded(column: pa.Array, missing: np.ndarray, words: np.ndarray, writings: tuple[str, ...]) -> pa.Array:
    """A choice whose missing values are words of their own; the empty word is no value at all."""
    known = len(column.dictionary)
    codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    codes = np.where(missing | (codes < 0), known + words, codes)
    empty = np.array([word == "" for word in writings])
    absent = (codes >= known) & empty[words]
    indices = pa.array(codes.astype(np.int32), mask=absent)
    return pa.DictionaryArray.from_arrays(indices, pa.array([*column.dictionary.to_pylist(), *writings]))
