"""From what a file says to a list that can be taken over: its date, its census, each municipality once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.deliveries.format.findings import Group, Place, group, has_fault
from data.deliveries.format.schema import tables
from data.deliveries.official.records import NOBODYS, Read, Row, together
from data.foundation import areas
from data.foundation.languages import Wording

# The census that the inhabitants of a 31 December are carried forward from, where there is one only. From
# May 2022 to November 2024 the statistical offices carried forward both, so a list of 2022 or 2023 has to say
# which one it is of. (destatis.de, Umstellung der Bevölkerungszahlen auf die Ergebnisse des Zensus 2022: from
# June 2024 to March 2025 the months from the census on were published anew, until then on that of 2011; none
# on that of 2011 after November 2024.) What a later census changes has to be said by the file, too.
BY_YEAR = {**dict.fromkeys(range(2012, 2022), "2011"), **dict.fromkeys(range(2024, 2031), "2022")}
CENSUS = "Zensus"
LAST_DAY = (12, 31)
NAMED = 5  # missing municipalities that a sentence names


@dataclass(frozen=True)
class Listed:
    """A list without faults: inhabitants by key, as of a 31 December, carried forward from a census."""

    counted_on: date
    census: str
    inhabitants: dict[str, int]
    synthetic: bool


def checked(
    read: Read, given: date | None, given_census: str | None = None
) -> tuple[Listed | None, list[Group]]:
    """The list and what is to be said of it; None if it has a fault. `given`: as of when, and from which
    census, said beside it.
    """
    groups = [*read.said]
    if has_fault(groups):
        return None, groups
    place, known = read.place, municipalities()
    rows = [row for row in read.rows if row.area_code in known or row.mark not in NOBODYS]
    groups += together("list-line", place, read.broken, len(rows) + len(read.broken))
    if not rows and not read.broken:
        return None, [*groups, group("list-without-land", place, wording={"other": read.elsewhere})]
    groups += together("list-key", place, _unknown(rows), len(rows))
    groups += together("list-twice", place, _twice(rows), len(rows))
    groups += together("list-empty", place, _empty(rows), len(rows))
    counted_on = read.counted_on or given
    if counted_on is None or (counted_on.month, counted_on.day) != LAST_DAY:
        groups.append(group("list-date", place, value=f"{counted_on:%d.%m.%Y}" if counted_on else ""))
        return None, groups
    if counted_on > date.today():
        return None, [*groups, group("list-future", place, value=f"{counted_on:%d.%m.%Y}")]
    said = {each for each in (read.census or BY_YEAR.get(counted_on.year), given_census) if each} or {""}
    census = f"{CENSUS} {' / '.join(sorted(said))}".strip()
    if census not in censuses():
        if said == {""}:
            return None, [
                *groups,
                group("list-census-open", place, wording={"date": f"{counted_on:%d.%m.%Y}"}),
            ]
        wording = {"other": census, "limit": ", ".join(censuses())}
        return None, [*groups, group("list-census", place, wording=wording)]
    if has_fault(groups):
        return None, groups
    listed = Listed(counted_on, census, {row.area_code: int(row.inhabitants) for row in rows}, read.synthetic)
    return listed, [*groups, *_missing(listed, place), _read(listed, place, read.elsewhere)]


def municipalities() -> dict[str, str]:
    """Key -> name of each municipality of the register of areas."""
    return {code: area.name for code, area in areas.register().items() if area.level == areas.GEMEINDE}


def censuses() -> tuple[str, ...]:
    """The censuses of the format, as it names them."""
    return tuple(tables()["kontext"].field("einwohner_basis").rules["enum"])


def _unknown(rows: Sequence[Row]) -> list[tuple[int, str]]:
    known = municipalities()
    return [(row.line, row.area_code) for row in rows if row.area_code not in known]


def _twice(rows: Sequence[Row]) -> list[tuple[int, str]]:
    seen: set[str] = set()
    found = []
    for row in rows:
        if row.area_code in seen:
            found.append((row.line, row.area_code))
        seen.add(row.area_code)
    return found


def _empty(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """A municipality without inhabitants is one whose number is missing: missing is never zero."""
    return [(row.line, row.area_code) for row in rows if not int(row.inhabitants or 0)]


def _missing(listed: Listed, place: Place) -> list[Group]:
    missing = {code: name for code, name in municipalities().items() if code not in listed.inhabitants}
    if not missing:
        return []
    named = ", ".join(f"{name} ({code})" for code, name in list(missing.items())[:NAMED])
    more = ", …" if len(missing) > NAMED else ""
    return [group("list-missing", place, wording={"other": len(missing), "limit": f"{named}{more}"})]


def _read(listed: Listed, place: Place, elsewhere: int) -> Group:
    wording: Wording = {
        "count": len(listed.inhabitants),
        "people": sum(listed.inhabitants.values()),
        "date": f"{listed.counted_on:%d.%m.%Y}",
        "census": listed.census,
        "elsewhere": elsewhere,
    }
    return group("list-read", place, wording=wording)
