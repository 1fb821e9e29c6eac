"""Who hands in, as of when: the head of a delivery, and what is said beside its files. Who answers for which
area from when, as an installation says it: a short list, written by hand.

Without a line for an area, every sender counts that delivers cases there.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from data.deliveries.format.profile import Profile
from data.foundation import areas, land
from data.foundation.errors import DashboardError

SYNTHETIC = "Demonstrationsdaten (synthetisch)"
RESPONSIBLE = land.folder() / "responsible.csv"
RESPONSIBLE_COLUMNS = ("area_code", "sender", "since")
FIRST_DAY = "the first day of a month (JJJJ-MM-01)"
LEVELS = (areas.KREIS, areas.GEMEINDE)
Line = tuple[str, str, date]  # area code, sender, since


@dataclass(frozen=True)
class Sender:
    """The head of a delivery. `complete`: with `lieferung`, so the sender's whole stock."""

    sender: str
    name: str
    kind: str
    reporting_date: date
    software: str
    complete: bool

    @property
    def synthetic(self) -> bool:
        """Whether it says of itself that it is demonstration data."""
        return self.software == SYNTHETIC


@dataclass(frozen=True)
class Given:
    """What is said beside the files. `sender` and `reporting_date` (TT.MM.JJJJ) belong to a single table
    without `lieferung`; `profile` says how files in other shapes become the format, and is kept for the
    sender; `by` is who hands in. `census`: the year of the one that an official list of municipalities is
    carried forward from, where the list does not say it.
    """

    sender: str | None = None
    reporting_date: str | date | None = None
    profile: Profile | None = None
    by: str = ""
    census: str | None = None


def as_date(written: str | date) -> date | None:
    """TT.MM.JJJJ or JJJJ-MM-TT as a date."""
    if isinstance(written, date):
        return written
    for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(written.strip(), pattern).date()
        except ValueError:
            continue
    return None


class ResponsibleListError(DashboardError):
    """A line of the list that can't be understood; nothing is built from half of it."""

    exit_code = 2

    def __init__(self, path: Path, line: int, expected: str) -> None:
        super().__init__(
            f"{path.name}, line {line}: expected {expected}. Nothing was built: correct it and build again."
        )


@dataclass(frozen=True)
class Answering:
    """Who answers for a municipality on a day: only these senders, since a day."""

    senders: tuple[str, ...]
    since: date


def responsible_lines(path: Path) -> list[Line]:
    """The lines of the list. Raises ResponsibleListError."""
    return list(_read(path))


def responsible_on(listed: Sequence[Line], day: date) -> dict[str, Answering]:
    """Area code -> who answers there on that day, for each municipality for which the list says it by then.

    Lines of a municipality go before those of its Kreis, also where they begin later.
    """
    by_area: dict[str, list[Line]] = {}
    for line in listed:
        by_area.setdefault(line[0], []).append(line)
    found = {}
    for code in {each for area in by_area for each in (area, *areas.inside(area, areas.GEMEINDE))}:
        if areas.register()[code].level != areas.GEMEINDE:
            continue
        of_area = by_area.get(code) or by_area.get(areas.above(code, areas.KREIS) or "", [])
        if begun := [since for _, _, since in of_area if since <= day]:
            since = max(begun)
            found[code] = Answering(tuple(sender for _, sender, at in of_area if at == since), since)
    return found


def _read(path: Path) -> Iterator[Line]:
    try:
        written = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ResponsibleListError(path, 1, "a file in UTF-8 that can be read") from error
    rows = csv.reader(written, delimiter=";" if ";" in "".join(written[:1]) else ",")
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if number == 1:
            if tuple(cells) != RESPONSIBLE_COLUMNS:
                raise ResponsibleListError(path, 1, ",".join(RESPONSIBLE_COLUMNS))
        elif any(cells):
            yield _line(path, number, cells)


def _line(path: Path, number: int, cells: list[str]) -> Line:
    if len(cells) != len(RESPONSIBLE_COLUMNS):
        raise ResponsibleListError(path, number, f"{len(RESPONSIBLE_COLUMNS)} cells")
    code, sender, written = cells
    area = areas.register().get(code)
    if area is None or area.level not in LEVELS:
        raise ResponsibleListError(path, number, "the key of a Kreis or a municipality")
    if not sender:
        raise ResponsibleListError(path, number, "the id of a sender")
    try:
        since = date.fromisoformat(written)
    except ValueError as error:
        raise ResponsibleListError(path, number, FIRST_DAY) from error
    if since.day != 1:
        raise ResponsibleListError(path, number, FIRST_DAY)
    return code, sender, since
