"""Rows drawn in a test as text tables become a delivery folder in the export format.

    drawn.delivery(tmp_path / "amt-a", faelle='''
        fall_id | ags      | aufnahme_am
        F1      | 08111000 | 05.01.2024
    ''')

Required columns that a drawing leaves out get a sound value; columns that it draws are written as drawn, an
empty cell as an empty cell. Pseudonyms shorter than the format's four characters are lengthened (F1 becomes
F1--).
"""

import re
from collections.abc import Iterable
from pathlib import Path

from data.deliveries.format.schema import tables

DEFAULTS = {
    "faelle": {"fall_id": "F-{n:04}", "ags": "08111000", "aufnahme_am": "01.01.2024"},
    "ziele": {
        "ziel_id": "Z-{n:04}",
        "fall_id": "F-0001",
        "zielbereich": "Sprache",
        "zielstatus": "Vereinbart",
        "vereinbart_am": "01.02.2024",
        "abgeschlossen_am": "01.03.2024",
    },
    "beratungen": {"beratung_id": "B-{n:04}", "fall_id": "F-0001", "datum": "01.02.2024"},
    "verlauf": {"fall_id": "F-0001", "datum": "01.02.2024", "merkmal": "sprachniveau", "wert": "A1"},
    "stellen": {
        "stelle_id": "S-{n:04}",
        "monat": "01.01.2024",
        "ags": "08111000",
        "vzae_bewilligt": "1,00",
        "vzae_besetzt": "1,00",
    },
    "mittel": {
        "buchung_id": "M-{n:04}",
        "ags": "08111000",
        "haushaltsjahr": "2024",
        "programm": "PIK Integrationsmanagement",
        "stufe": "bewilligt",
        "betrag_eur": "1000,00",
        "gebucht_am": "01.02.2024",
    },
    "kontext": {"ags": "08111000", "stichtag": "01.01.2024"},
}
SENDER_KINDS = {"lra": "Landkreis", "sk": "Stadtkreis"}
FINISHED = ("Ziel erreicht", "Ziel verfehlt")
NOT_YET_AGREED = ("Neu", "Vorgeschlagen")


def rows(drawing: str) -> list[dict[str, str]]:
    """The rows of a drawing `a | b`, one line each below the header."""
    lines = [line for line in drawing.splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    header = cells[0] if cells else []
    return [dict(zip(header, row, strict=True)) for row in cells[1:]]


def table(name: str, drawing: str) -> list[dict[str, str]]:
    """The rows of a drawing with the required columns it leaves out."""
    return [_complete(name, number, row) for number, row in enumerate(rows(drawing), start=1)]


def delivery(
    folder: Path,
    *,
    sender: str = "amt-a",
    reporting_date: str = "30.09.2026",
    software: str = "",
    sender_name: str = "",
    sender_kind: str = "",
    **drawings: str,
) -> Path:
    """Write a delivery (UTF-8, `;`, TT.MM.JJJJ, decimal comma) with one drawing per table, and return its
    folder.

    `lieferung` is made from the keywords unless it is drawn.
    """
    kind = sender_kind or SENDER_KINDS.get(sender.split("-")[0], "Stadt/Gemeinde")
    head = {
        "absender_id": sender,
        "absender_name": sender_name or f"Amt {sender}",
        "absender_art": kind,
        "stichtag": reporting_date,
        "format_version": "1",
        "software": software,
    }
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {name: table(name, drawing) for name, drawing in drawings.items()}
    for name, of_table in {"lieferung": [head], **drawn}.items():
        (folder / f"{name}.csv").write_text(csv(of_table, columns_of(name, of_table)), encoding="utf-8")
    return folder


def columns_of(name: str, of_table: list[dict[str, str]]) -> list[str]:
    """The columns that any row has, in the order of the format, others behind; without rows all columns."""
    known = [field.name for field in tables()[name].fields]
    has = {column for row in of_table for column in row} or set(known)
    return [column for column in known if column in has] + sorted(has - set(known))


def csv(of_table: Iterable[dict[str, str]], columns: list[str], separator: str = ";") -> str:
    """CSV text of rows, quoted where a value needs it."""
    lines = [columns, *([row.get(column, "") for column in columns] for row in of_table)]
    return "".join(separator.join(_quoted(cell, separator) for cell in line) + "\r\n" for line in lines)


def _complete(name: str, number: int, row: dict[str, str]) -> dict[str, str]:
    defaults = {column: value.format(n=number) for column, value in DEFAULTS.get(name, {}).items()}
    if "kreis" in row and "ags" not in row:
        defaults.pop("ags", None)
    if name == "ziele":
        status = row.get("zielstatus", defaults["zielstatus"])
        if status not in FINISHED:
            defaults["abgeschlossen_am"] = ""
        if status in NOT_YET_AGREED:
            defaults["vereinbart_am"] = ""
        if row.get("vereinbart_am") and status in FINISHED:
            defaults["abgeschlossen_am"] = row["vereinbart_am"]
    return {column: _pseudonym(column, value) for column, value in {**defaults, **row}.items()}


def _pseudonym(column: str, value: str) -> str:
    short = column.endswith("_id") and re.fullmatch("[A-Za-z0-9_-]{1,3}", value)
    return value.ljust(4, "-") if short else value


def _quoted(cell: str, separator: str) -> str:
    if any(sign in cell for sign in f'{separator}"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
