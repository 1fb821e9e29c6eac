"""The official list of municipalities as the Federal Statistical Office writes it: as a workbook, as text."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from openpyxl import Workbook

AREAS = Path(__file__).parents[2] / "data" / "reference" / "bw" / "areas.csv"
ELSEWHERE = {"09162000": 1_500_000, "05315000": 1_080_000}  # Munich and Cologne


def every(**of: int) -> dict[str, int]:
    """Every municipality with 1,000 inhabitants, but those that are named: `_08111000=600000`."""
    with AREAS.open(encoding="utf-8") as lines:
        codes = [row["area_code"] for row in csv.DictReader(lines) if row["level"] == "gemeinde"]
    return {**dict.fromkeys(codes, 1000), **{name.removeprefix("_"): people for name, people in of.items()}}


def record(code: str, people: str, territory: str = "20250630", mark: str = "64", name: str = "Aalen") -> str:
    """One record of a municipality: 220 characters, the inhabitants in the places 140 to 150."""
    head = f"60{territory}{code}0000{name:<50}{'':50}{mark}{'':4}"
    assert len(head) == 128
    return f"{head}{'2680':0>11}{people:0>11}{'500':0>11}{'':4}73430{'':50}"


def text(
    path: Path, people: Mapping[str, int], territory: str = "20250630", more: Iterable[str] = ()
) -> Path:
    """A file GV100AD with a record of the Land, of a Kreis, and of each municipality."""
    land = f"10{territory}08{'':10}{'Baden-Württemberg':<50}{'Stuttgart':<50}{'':98}"
    kreis = f"40{territory}08136{'':7}{'Ostalbkreis':<50}{'Aalen':<50}44{'':96}"
    lines = [land, kreis, *(record(code, str(number), territory) for code, number in people.items()), *more]
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


def book(
    path: Path,
    people: Mapping[str, int | str | None],
    day: str = "31.12.2024",
    census: str = "Zensus 2022",
    title: str = "Gemeinden in Deutschland nach Fläche, Bevölkerung und … am 30.06.2025 (2. Quartal)",
) -> Path:
    """A workbook with its cover, the sheet of municipalities with merged headings, and notes below them."""
    made = Workbook()
    made.active.title = "Deckblatt"
    made.active.append(["Gemeindeverzeichnis-Informationssystem GV-ISys"])
    sheet = made.create_sheet("Onlineprodukt_Gemeinden30062025")
    population = f"Bevölkerung auf Grundlage des {census} 2)" if census else "Bevölkerung2)"
    ars = "Amtlicher Regionalschlüssel (ARS)"
    sheet.append([title])
    sheet.append([])
    sheet.append(
        ["Satz-art", "Text-kenn-zeichen", ars, *[None] * 4, "Gemeindename", "Fläche km2 1)", population]
    )
    sheet.append(
        [None, None, "Land", "RB", "Kreis", "VB", "Gem", None, None, "insgesamt", "männlich", "weiblich"]
    )
    sheet.append([None, None, "Gebietsstand am 30.06.2025", *[None] * 5, day, day])
    sheet.append([None] * 12)
    sheet.merge_cells("A3:A5")
    sheet.merge_cells("C3:G3")
    sheet.merge_cells("J3:L3")
    sheet.append(["10", None, "08", *[None] * 4, "Baden-Württemberg"])
    sheet.append(["40", "44", "08", "1", "36", None, None, "Ostalbkreis"])
    for code, number in people.items():
        key = [code[:2], code[2], code[3:5], "0000", code[5:]]
        sheet.append(["60", "64", *key, "Aalen, Stadt", 26.8, number, 500, 500])
    sheet.append([])
    sheet.append(["1)", "Fläche im Land Rheinland-Pfalz einschließlich des gemeinsamen Hoheitsgebiets."])
    made.save(path)
    return path
