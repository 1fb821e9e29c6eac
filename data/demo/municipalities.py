"""The official list of municipalities of the demonstration: invented people, in the form of the real one.

They add up to about the population of each Kreis. The census of 2022 found other numbers than were carried
forward from that of 2011, so every municipality has a step between the two.
"""

import csv
from pathlib import Path

import numpy as np

from data.deliveries.format.sender import SYNTHETIC
from data.demo.drawing import Integers
from data.demo.land import Municipalities
from data.demo.writing import workbook
from data.foundation.areas import FILE

EDITIONS = {2017: "2011", 2020: "2011", 2024: "2022"}  # year -> the census that it is carried forward from
GROWTH = 0.004  # of the Land, a year
REGISTERED = 2020  # the year of the population in the register
RECORDS = {"land": "10", "regierungsbezirk": "20", "kreis": "40", "gemeinde": "60"}
MARKS = {"Landkreis": "44", "Stadtkreis": "42", "Stadt": "63", "Gemeinde": "64"}
EMPTY = "<c/>"


def write(folder: Path, places: Municipalities, seed: int) -> list[Path]:
    """A workbook for each edition; the same seed gives the same bytes. Returns the paths to import."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 60]))
    step = rng.normal(0.99, 0.012, len(places.ags))
    with FILE.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["level"] in RECORDS]
    written = []
    for year, census in EDITIONS.items():
        people = _people(places, year, step if census == "2022" else np.ones(len(places.ags)))
        counted = dict(zip(places.ags, people.tolist(), strict=True))
        body = [_record(row, counted) for row in sorted(rows, key=_order)]
        path = folder / f"3112{year}_Auszug_GV.xlsx"
        workbook.of_sheets(
            path, {f"Onlineprodukt_Gemeinden3112{year}": workbook.sheet([*_head(year, census), *body])}
        )
        written.append(path)
    return written


def _people(places: Municipalities, year: int, step: np.ndarray) -> Integers:
    whole = places.population.sum() * (1 + GROWTH * (year - REGISTERED))
    people: Integers = np.maximum(np.round(places.size * whole * step), 100).astype(np.int64)
    return people


def _head(year: int, census: str) -> list[str]:
    """The rows above the records: titles, then headings over three rows, as in the real list."""
    day = f"31.12.{year}"
    return [
        _cells(f"Gemeinden in Deutschland nach Fläche, Bevölkerung und Postleitzahl am {day} (Jahr)"),
        _cells(SYNTHETIC),
        _cells(
            "Satzart", "Textkennzeichen", "Amtlicher Regionalschlüssel (ARS)", "", "", "", "", "Gemeindename",
            "Fläche km2", f"Bevölkerung auf Grundlage des Zensus {census}",
        ),
        _cells("", "", *("Land", "RB", "Kreis", "VB", "Gem"), "", "", *("insgesamt", "männlich", "weiblich")),
        _cells("", "", f"Gebietsstand am {day}", "", "", "", "", "", day, day),
        "",
    ]  # fmt: skip


def _order(row: dict[str, str]) -> str:
    return row["area_code"]


def _record(row: dict[str, str], counted: dict[str, int]) -> str:
    """One record: of a municipality with its area and people, of what it lies in with its name alone."""
    code, level = row["area_code"], row["level"]
    association = row["ars"][5:9] if level == "gemeinde" else ""
    key = (code[:2], code[2:3], code[3:5], association, code[5:])
    kind = MARKS.get(row["type"], "")
    name = f"{row['name']}, Stadt" if row["type"] == "Stadt" else row["name"]
    texts = _cells(RECORDS[level], kind, *key, name)
    if level != "gemeinde":
        return texts
    people, area = counted[code], float(row["area_km2"])
    men = people * 497 // 1000
    numbers = (area, people, men, people - men, round(people / area))
    return texts + "".join(f"<c><v>{number}</v></c>" for number in numbers)


def _cells(*texts: str) -> str:
    return "".join(workbook.text_cell(text) if text else EMPTY for text in texts)
