"""The sheet that an office may hand in on its first day: a row a case, its own headings, totals at the end.

Nothing in it is in the shape of the export format: places have names, ages are years, goals stand in columns,
and there is an empty column for remarks. Its title says that it is demonstration data.
"""

import random
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa

from data.deliveries.format.sender import SYNTHETIC
from data.demo.senders import REPORTING_DATE, Style
from data.demo.writing import workbook

NAME, SHEET = f"Fallliste_{REPORTING_DATE:%Y-%m}.xlsx", "Tabelle1"
CASES = 300
STYLE = Style("xlsx", "utf-8", ";", False, False, False, False, False, ("ja", "nein"), ("",))
FIRST = date(2023, 1, 1)
LONGEST = 900  # days of counselling
# The places of one Kreis, each as often as it is drawn.
PLACES = {
    "Ehingen (Donau)": 5,
    "Blaustein": 3,
    "Langenau": 3,
    "Laichingen": 2,
    "Erbach": 2,
    "Blaubeuren": 1,
    "Altheim": 1,
}
VALUES = {
    "Geschlecht": ("m", "w"),
    "Herkunftsland": ("Ukraine", "Ukraine", "Syrien", "Afghanistan", "Türkei", "Irak"),
    "Aufenthaltstitel": ("§ 24", "Aufenthaltserlaubnis", "Gestattung", "Duldung"),
    "Deutschkenntnisse": ("keine", "A1", "A2", "B1", "B2"),
}
REASONS = ("Ziele erreicht", "eigenes Einkommen", "Umzug", "kein Kontakt")
AREAS = ("Sprache", "Wohnung", "Arbeit", "Schule")
STATES = ("vorgeschlagen", "vereinbart", "läuft", "erreicht", "erreicht")
GOALS = 2


def write(folder: Path, seed: int) -> Path:
    """Write the workbook into the folder and return its path. The same seed gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    chance = random.Random(seed)
    cases = [_case(number, chance) for number in range(1, CASES + 1)]
    rows = [*cases, _totals(cases)]
    columns = {name: pa.array([row.get(name) for row in rows], _type(name)) for name in _headings()}
    workbook.write(path, {SHEET: pa.table(columns)}, STYLE, title=SYNTHETIC)
    return path


def _case(number: int, chance: random.Random) -> dict[str, object]:
    start = FIRST + timedelta(chance.randrange((REPORTING_DATE - FIRST).days))
    end = start + timedelta(chance.randrange(60, LONGEST))
    closed = chance.random() < 0.5 and end <= REPORTING_DATE
    row: dict[str, object] = {
        "Fall-Nr.": f"{number:04}",
        "Gemeinde": chance.choices(list(PLACES), list(PLACES.values()))[0],
        "Zugang am": start,
        "Beendet am": end if closed else None,
        "Grund der Beendigung": chance.choice(REASONS) if closed else None,
        "Alter": chance.randrange(1, 75),
        **{heading: chance.choice(values) for heading, values in VALUES.items()},
    }
    for goal in range(1, GOALS + 1):
        if chance.random() < 1.2 - 0.4 * goal:
            row |= _goal(goal, start, end if closed else REPORTING_DATE, chance)
    return row


def _goal(number: int, start: date, until: date, chance: random.Random) -> dict[str, object]:
    state = chance.choice(STATES)
    agreed = min(start + timedelta(chance.randrange(7, 60)), until)
    reached = min(agreed + timedelta(chance.randrange(30, 400)), until)
    return {
        f"Ziel {number}": chance.choice(AREAS),
        f"Status Ziel {number}": state,
        f"Ziel {number} vereinbart am": None if state == "vorgeschlagen" else agreed,
        f"Ziel {number} erreicht am": reached if state == "erreicht" else None,
    }


def _totals(cases: list[dict[str, object]]) -> dict[str, object]:
    """The last row: the mean of the ages below their column, beside the word by which it is told."""
    ages = [int(str(case["Alter"])) for case in cases]
    return {"Fall-Nr.": "Gesamt", "Gemeinde": f"{len(cases)} Fälle", "Alter": sum(ages) // len(ages)}


def _headings() -> list[str]:
    of_goal = ("Ziel {n}", "Status Ziel {n}", "Ziel {n} vereinbart am", "Ziel {n} erreicht am")
    goals = (heading.format(n=number) for number in range(1, GOALS + 1) for heading in of_goal)
    first = ["Fall-Nr.", "Gemeinde", "Zugang am", "Beendet am", "Grund der Beendigung", "Alter"]
    return [*first, *VALUES, *goals, "Bemerkung"]


def _type(heading: str) -> pa.DataType:
    if heading == "Alter":
        return pa.int64()
    return pa.date32() if heading.endswith(" am") else pa.string()
