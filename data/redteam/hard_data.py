"""Hard synthetic data: what protection is hardest for, as deliveries that any office could hand in.

Villages of one to forty people, origins that one person has, villages that nearly all come from one country
(clustered, whole families on one day), people who stay for long so that few figures change, a few with
many goals, and a Kreis where
one place is nearly all of it.
"""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from data.deliveries.format.sender import SYNTHETIC
from data.foundation import areas

KREISE = ("08421", "08425", "08437", "08415", "08136", "08226", "08317")
ELSEWHERE = (12, 60)  # so many that the sender answers for the Kreis
END = date(2023, 12, 31)
BEGIN = date(2018, 1, 1)
COMMON = ("SY", "UA", "AF", "IQ", "TR")
RARE = ("ER", "SO", "NG", "GM", "IR", "PK", "LK", "GE", "VN", "CU")
AGES = ("0-5", "6-14", "15-17", "18-26", "27-44", "45-64", "65+")
STATUSES = (
    "Aufenthaltsgestattung",
    "Aufenthaltserlaubnis",
    "Niederlassungserlaubnis",
    "Duldung",
    "§ 24 AufenthG",
)
HOUSING = ("vorläufige Unterbringung", "Anschlussunterbringung", "privater Wohnraum")
GOALS = (
    "Sprache", "Wohnung", "Arbeitsmarkt", "Ausbildung/Studium", "Gesundheit", "Gesellschaftliche Teilhabe",
    "Kinder", "Schulbildung",
)  # fmt: skip
MANY = 40  # one in so many people has nine goals
Rows = list[dict[str, str]]


def write(
    folder: Path,
    people: int,
    seed: int,
    *,
    corrected: bool = False,
    kreise: Sequence[str] = KREISE,
    known: date | None = None,
) -> list[Path]:
    """One delivery per Kreis; `corrected` moves the day one single person left, and nothing else.

    With `known` only what an office had written down by that day, which is the reporting date: a tenth of
    everything that happens is written down late, up to a year, so that each quarter corrects those before.
    """
    rng = np.random.default_rng(seed)
    written = []
    for kreis in kreise:
        places = areas.inside(kreis, areas.GEMEINDE)
        sizes = rng.pareto(0.9, len(places)) + 0.2
        sizes *= people / len(kreise) / sizes.sum()
        cases: Rows = []
        goals: Rows = []
        for place, size in zip(places, sizes, strict=True):
            _place(rng, kreis, place, int(min(size, people / 10)), cases, goals)
        if corrected and kreis == kreise[1]:
            left = next(case for case in cases if "2021-01" < case["beendet_am"] < "2022")
            left["beendet_am"] = f"2022-06-{left['beendet_am'][-2:]}"
        if known:
            cases, goals = _known(np.random.default_rng([seed, int(kreis)]), cases, goals, known)
        written.append(_delivery(folder / f"lra-{kreis}", kreis, cases, goals, known or END))
    return [*written, _everywhere_else(rng, folder, kreise, known)]


def _everywhere_else(rng: Any, folder: Path, kreise: Sequence[str], known: date | None) -> Path:
    """Some dozen people in each other Kreis, of one sender: with few Kreise the Land would have no figure."""
    cases: Rows = []
    goals: Rows = []
    others = [kreis for kreis in areas.inside(areas.LAND, areas.KREIS) if kreis not in kreise]
    for kreis in others:
        people = int(rng.integers(*ELSEWHERE))
        _place(rng, kreis, areas.inside(kreis, areas.GEMEINDE)[0], people, cases, goals)
    if known:
        cases, goals = _known(np.random.default_rng(int(others[0])), cases, goals, known)
    return _delivery(folder / "lra-others", others[0], cases, goals, known or END)


def _place(rng: Any, kreis: str, place: str, size: int, cases: Rows, goals: Rows) -> None:
    """The people of one place: most of one origin, family by family, and a few who are alone in all."""
    own = str(rng.choice(COMMON))
    while size > 0:
        family = int(min(size, rng.choice((1, 1, 2, 3, 4, 5))))
        size -= family
        origin = own if rng.random() < 0.8 else str(rng.choice(RARE if rng.random() < 0.4 else COMMON))
        status, housing = str(rng.choice(STATUSES, p=(0.1, 0.5, 0.05, 0.1, 0.25))), str(rng.choice(HOUSING))
        opened = BEGIN + timedelta(days=int(rng.integers(-700, (END - BEGIN).days)))
        stays = int(rng.gamma(2.0, 700)) + 30
        for _ in range(family):
            number = f"{kreis.removeprefix(areas.LAND)}{len(cases):05}"
            closed = opened + timedelta(days=stays)
            planned = opened + timedelta(days=int(rng.integers(5, 200)))
            over = closed <= END
            cases.append(
                {
                    "fall_id": f"F{number}",
                    "ags": place,
                    "aufnahme_am": str(opened),
                    "beendet_am": str(closed) if over else "",
                    "beendigungsgrund": str(rng.choice(("Wegzug", "finanziell unabhängig"))) if over else "",
                    "altersgruppe": str(rng.choice(AGES)),
                    "geschlecht": str(rng.choice(("männlich", "weiblich", "divers"), p=(0.55, 0.44, 0.01))),
                    "herkunftsland": origin,
                    "aufenthaltsstatus": status,
                    "haushaltstyp": "Einzelperson" if family == 1 else "Familie",
                    "unterbringung": housing,
                    "sprachniveau": str(rng.choice(("kein", "A1", "A2", "B1", "B2"))),
                    "beschaeftigung": str(rng.choice(("keine", "Minijob", "sozialversicherungspflichtig"))),
                    "integrationsplan_am": str(planned)
                    if planned <= min(closed, END) and rng.random() < 0.8
                    else "",
                }
            )
            for of in range(9 if len(cases) % MANY == 0 else int(rng.integers(0, 4))):
                _goal(rng, f"{number}{of}", opened, min(closed, END), goals)


def _goal(rng: Any, number: str, opened: date, until: date, goals: Rows) -> None:
    agreed = opened + timedelta(days=int(rng.integers(1, 300)))
    if not BEGIN <= agreed < until:
        return
    decided = agreed + timedelta(days=int(rng.gamma(2.0, 200)) + 1)
    status = (
        str(rng.choice(("Ziel erreicht", "Ziel verfehlt"), p=(0.7, 0.3)))
        if decided <= until
        else "In Umsetzung"
    )
    goals.append(
        {
            "ziel_id": f"Z{number}",
            "fall_id": f"F{number[:-1]}",
            "zielbereich": str(rng.choice(GOALS)),
            "zielstatus": status,
            "vereinbart_am": str(agreed),
            "abgeschlossen_am": str(decided) if status.startswith("Ziel") else "",
        }
    )


def _known(rng: Any, cases: Rows, goals: Rows, day: date) -> tuple[Rows, Rows]:
    """What of this an office had written down by a day."""

    def written(rows: Rows, *columns: str) -> Rows:
        late = np.where(
            rng.random((len(rows), len(columns))) < 0.1, rng.integers(1, 365, (len(rows), len(columns))), 0
        )
        return [
            row
            | {
                column: ""
                for column, days in zip(columns, of_row, strict=True)
                if row[column] and date.fromisoformat(row[column]) + timedelta(days=int(days)) > day
            }
            for row, of_row in zip(rows, late, strict=True)
        ]

    there = [
        row
        for row in written(cases, "aufnahme_am", "beendet_am", "integrationsplan_am")
        if row["aufnahme_am"]
    ]
    for row in there:
        row["beendigungsgrund"] = row["beendigungsgrund"] if row["beendet_am"] else ""
    numbers = {row["fall_id"] for row in there}
    agreed = [row for row in written(goals, "vereinbart_am", "abgeschlossen_am") if row["vereinbart_am"]]
    for row in agreed:
        row["zielstatus"] = row["zielstatus"] if row["abgeschlossen_am"] else "In Umsetzung"
    return there, [row for row in agreed if row["fall_id"] in numbers]


def _delivery(folder: Path, kreis: str, cases: Rows, goals: Rows, day: date) -> Path:
    folder.mkdir(parents=True)
    head = {
        "absender_id": f"lra-{kreis}",
        "absender_name": f"Amt {kreis}",
        "absender_art": "Stadtkreis" if areas.is_town(kreis) else "Landkreis",
        "stichtag": str(day),
        "format_version": "1",
        "software": SYNTHETIC,
    }
    for name, rows in (("lieferung", [head]), ("faelle", cases), ("ziele", goals)):
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
                writer.writeheader()
                writer.writerows(rows)
    return folder
