"""The Land that this installation is of: the folder with all that ties the program to it.

`DASHBOARD_LAND` names it; without it, it is Baden-Württemberg. What the folder holds is listed in
`data/reference/README.md`. A process is of one Land as long as it runs.
"""

import csv
import re
import sys
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.foundation import settings
from data.foundation.errors import DashboardError
from data.foundation.languages import DEFAULT, Texts, texts
from data.foundation.sql import literal

SHIPPED = Path(__file__).parents[1] / "reference"
ALL = "alle"  # what all programmes together are called in queries and addresses


class LandError(DashboardError):
    """A folder that makes no Land."""

    exit_code = 2

    def __init__(self, folder: Path, lacking: str) -> None:
        super().__init__(
            f"DASHBOARD_LAND: {folder} is no folder of a Land: {lacking}. "
            "data/reference/README.md lists what such a folder holds."
        )


@dataclass(frozen=True)
class Programme:
    """What money is paid under: its name in exports, and by language on pages and at the end of a sentence
    about money (`für das Integrationsmanagement`).
    """

    name: str
    names: Texts
    under: Texts


@dataclass(frozen=True)
class Land:
    """What of a Land stands in no table. `title` is what the dashboard is called; the first programme is the
    one that posts and people are reported of; `town` is the kind of a Kreis that is one municipality;
    `latitude`, in degrees, that of its middle: how much shorter degrees of longitude are drawn.
    """

    title: Texts
    town: str
    latitude: float
    programmes: tuple[Programme, ...]

    @property
    def main(self) -> str:
        """The programme that the dashboard is about."""
        return self.programmes[0].name

    @property
    def money(self) -> tuple[str, ...]:
        """What a reader chooses from: every programme, and all together where there are several."""
        names = tuple(each.name for each in self.programmes)
        return (*names, ALL) if len(names) > 1 else names

    def programme(self, name: str) -> Programme | None:
        """The programme of this name; None if there is none, as of all together."""
        return next((each for each in self.programmes if each.name == name), None)


@lru_cache(maxsize=1)
def folder() -> Path:
    """The folder of the Land: one of the program by its name, else any by its path. Raises LandError."""
    named = settings.land()
    found = SHIPPED / named if (SHIPPED / named).is_dir() else Path(named).resolve()
    if not (found / "land.toml").is_file():
        raise LandError(found, "it has no land.toml")
    return found


@lru_cache(maxsize=1)
def own() -> Land:
    """What `land.toml` says. Raises LandError."""
    where = folder()
    try:
        read = tomllib.loads((where / "land.toml").read_text(encoding="utf-8"))
        found = Land(
            texts(read, "title"),
            str(read["town"]),
            float(read["latitude"]),
            tuple(_programme(each) for each in read["programme"]),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise LandError(where, f"land.toml can't be read ({error})") from error
    names = [each.name for each in found.programmes]
    if DEFAULT not in found.title or not names or ALL in names or len(names) != len(set(names)):
        raise LandError(where, f"land.toml needs title_{DEFAULT} and programmes of different names")
    return found


@lru_cache(maxsize=1)
def code() -> str:
    """The key of the whole Land: the one area of `areas.csv` that lies in nothing. Raises LandError."""
    path = folder() / "areas.csv"
    try:
        with path.open(encoding="utf-8") as lines:
            found = [row["area_code"] for row in csv.DictReader(lines) if row["level"] == "land"]
    except (OSError, UnicodeDecodeError, KeyError) as error:
        raise LandError(path.parent, f"areas.csv can't be read ({error})") from error
    if len(found) != 1:
        raise LandError(path.parent, f"areas.csv has {len(found)} areas of level 'land'")
    return found[0]


def filled(sql: str) -> str:
    """SQL in which `$land`, `$town` and `$main_programme` stand for what they are in this Land."""
    found = {"land": code(), "town": own().town, "main_programme": own().main}
    return re.sub(r"\$(land|town|main_programme)\b", lambda name: literal(found[name[1]]), sql)


def _programme(table: dict[str, Any]) -> Programme:
    under = texts(table, "under")
    if DEFAULT not in under:
        raise KeyError(f"under_{DEFAULT}")
    return Programme(str(table["name"]), texts(table, "name"), under)


try:
    _ = (code(), own())
except LandError as error:
    # Every room reads its register at import: one sentence, and no process of half a Land.
    print(error, file=sys.stderr)
    raise SystemExit(error.exit_code) from None
