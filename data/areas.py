"""The register of areas: Land, Regierungsbezirke, Kreise, Gemeinden, and how they are named."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "reference" / "areas.csv"
LAND = "08"


@dataclass(frozen=True)
class Area:
    """One area. `code` is the official key (AGS), always text: 2 digits Land, 3, 5, 8 Gemeinde."""

    code: str
    level: str
    name: str
    kind: str
    parent: str
    label: str


@lru_cache(maxsize=1)
def register() -> dict[str, Area]:
    """Every area by its code, in the order of the official key. Labels are unique."""
    with FILE.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    kreise = {row["area_code"]: row for row in rows if row["level"] == "kreis"}
    seen: dict[str, int] = {}
    for row in rows:
        if row["level"] == "gemeinde":
            seen[row["name"]] = seen.get(row["name"], 0) + 1
    return {
        row["area_code"]: Area(
            code=row["area_code"],
            level=row["level"],
            name=row["name"],
            kind=row["type"],
            parent=row["parent_code"],
            label=_label(row, kreise.get(row["parent_code"]), seen.get(row["name"], 0) > 1),
        )
        for row in rows
    }


def _label(row: dict[str, str], kreis: dict[str, str] | None, doubled: bool) -> str:
    name, kind = row["name"], row["type"]
    if row["level"] == "land":
        return name
    if row["level"] == "regierungsbezirk":
        return f"Regierungsbezirk {name}"
    if row["level"] == "kreis":
        # Names like "Ortenaukreis" already say what they are; "Karlsruhe" is two different Kreise.
        return name if "kreis" in name.lower() else f"{name} ({kind})"
    if doubled and kreis:
        return (
            f"{name} ({kreis['name']})"
            if "kreis" in kreis["name"].lower()
            else f"{name} (Kreis {kreis['name']})"
        )
    return name
