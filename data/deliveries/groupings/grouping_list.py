"""A list of groupings as an office hands it in: a CSV `grouping,name,area_code`, a line per municipality.

A grouping (constituencies, planning regions) has groups, and a group has municipalities. One of these may
stand in two groups: a constituency cuts a city. All faults of a file are collected before it is refused.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.deliveries.reading import csv_files
from data.foundation import areas
from data.foundation.errors import DashboardError
from data.foundation.languages import counted

COLUMNS = ("grouping", "name", "area_code")
# As an office may head them in German.
GERMAN = {"gruppierung": "grouping", "name": "name", "ags": "area_code"}
LONGEST = 60  # characters of a name
MOST_LINES, MOST_BYTES = 50_000, 5_000_000
LISTED = 5  # lines that a fault names
FORMULA = ("=", "+", "-", "@")  # a spreadsheet would take the name for one
MARKS = "<>|·"  # the point stands between a name and that of its grouping
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Line:
    """One municipality of one group; `number` is its line in the file."""

    number: int
    grouping: str
    name: str
    area_code: str

    @property
    def group_code(self) -> str:
        """The code of the group, for addresses: `regionen.region-stuttgart`."""
        return code(self.grouping, self.name)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line, as a sentence, and what to do about it."""

    number: int
    what: str
    remedy: str


class GroupingListError(DashboardError):
    """A list that can't be taken over as it is: every fault with its lines and its remedy."""

    exit_code = 3

    def __init__(self, name: str, faults: Sequence[Fault], lines: int) -> None:
        self.faults = tuple(faults)
        of_remedy: dict[str, list[Fault]] = defaultdict(list)
        for fault in faults:
            of_remedy[fault.remedy].append(fault)
        said = []
        for remedy, alike in of_remedy.items():
            numbers = [str(each.number) for each in alike]
            more = ", …" if len(numbers) > LISTED else ""
            said.append(f"{name}, line {numbers[0]}: {alike[0].what}")
            if len(alike) > 1:
                said.append(
                    f"{len(alike):,} of {counted(lines, 'line')} have this fault "
                    f"(lines {', '.join(numbers[:LISTED])}{more})."
                )
            said.append(remedy)
        super().__init__("\n".join([*said, "Nothing of this list was taken over."]))


def read(path: Path) -> tuple[Line, ...]:
    """The lines of the list at `path`. Raises GroupingListError."""
    rows = list(_rows(path))
    head = [GERMAN.get(cell.lower(), cell.lower()) for cell in rows[0][1]] if rows else []
    if sorted(head) != sorted(COLUMNS):
        wanted = f"the first line has to be {','.join(COLUMNS)} (or gruppierung;name;ags)"
        found = ", ".join(repr(cell) for cell in head) or "nothing"
        raise GroupingListError(
            path.name, [Fault(1, f"the headings are {found}.", f"Write them first: {wanted}.")], 1
        )
    places = [head.index(column) for column in COLUMNS]
    faults: list[Fault] = []
    lines = []
    for number, cells in rows[1:]:
        if len(cells) != len(COLUMNS) or not all(cells):
            said = f"it has {counted(len([cell for cell in cells if cell]), 'cell')} with something in them."
            faults.append(Fault(number, said, "Write three cells: the grouping, the name, the key (AGS)."))
        else:
            lines.append(Line(number, *(cells[at] for at in places)))
    faults += check(lines)
    if not lines and not faults:
        faults.append(Fault(1, "no line follows the headings.", "Write a line for each municipality."))
    if faults:
        raise GroupingListError(path.name, sorted(faults, key=lambda each: each.number), len(rows) - 1)
    return tuple(lines)


def check(lines: Sequence[Line]) -> list[Fault]:
    """What is wrong with lines that have all three cells, taken together."""
    faults = [fault for line in lines for fault in _of_line(line)]
    seen: dict[tuple[str, str, str], int] = {}
    for line in lines:
        cells = (line.grouping, line.name, line.area_code)
        if cells in seen:
            what = (
                f"{line.area_code} in {line.name!r} ({line.grouping}) stands in line {seen[cells]} already."
            )
            faults.append(Fault(line.number, what, "Remove lines that stand twice."))
        seen.setdefault(cells, line.number)
    faults += _alike((line.number, "", line.grouping) for line in lines)
    faults += _alike((line.number, line.grouping, line.name) for line in lines)
    return faults


def code(grouping: str, name: str) -> str:
    """The code of a group: letters, digits and dashes of both names, which any address bears."""
    return f"{slug(grouping)}.{slug(name)}"


def slug(text: str) -> str:
    """A name in small letters without umlauts, dashes between its words: `main-tauber`."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(UMLAUTS))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def in_several(lines: Iterable[Line]) -> dict[str, tuple[str, ...]]:
    """Of each grouping the municipalities that stand in two groups of it or more, by their keys."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        found[line.grouping][line.area_code] += 1
    return {
        grouping: tuple(sorted(key for key, number in keys.items() if number > 1))
        for grouping, keys in found.items()
    }


def by_group(lines: Iterable[Line]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    """The keys of each group, by grouping and name, in the order of the list."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in lines:
        found[line.grouping][line.name].append(line.area_code)
    return found


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not empty. Raises GroupingListError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable(path, f"it is larger than {MOST_BYTES:,} bytes.")
        found = csv_files.detect(path)
        text = path.read_text(encoding=found.codec) if found else ""
    except (OSError, UnicodeError) as error:
        raise _unreadable(path, "it can't be read.") from error
    if found is None:
        raise _unreadable(path, "it is no text.")
    # Not `splitlines`: a sign within a name that some take for the end of a line is a fault of that name.
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = next((each for each in (";", "\t") if each in "".join(written[:1])), ",")
    if len(written) > MOST_LINES:
        raise _unreadable(path, f"it has more than {MOST_LINES:,} lines.")
    try:
        for number, row in enumerate(csv.reader(written, delimiter=separator), start=1):
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        raise _unreadable(path, f"it is no CSV ({error}).") from error


def _unreadable(path: Path, what: str) -> GroupingListError:
    return GroupingListError(path.name, [Fault(1, what, f"Give a CSV file: {','.join(COLUMNS)}.")], 1)


def _of_line(line: Line) -> Iterator[Fault]:
    for name in (line.grouping, line.name):
        if what := _hostile(name):
            yield Fault(
                line.number,
                f"the name {name[:LONGEST]!r} {what}.",
                f"Give a name of 1 to {LONGEST} letters, digits and signs, as readers are to see it.",
            )
    area = areas.register().get(line.area_code)
    if area is None and areas.register().get(f"0{line.area_code}"):
        yield Fault(
            line.number,
            f"{line.area_code!r} has lost the zero that it begins with.",
            "Write all 8 digits of the key; a spreadsheet keeps them where the column is text.",
        )
    elif area is None or area.level != areas.GEMEINDE:
        is_one = f"is the key of {area.label}, which is no municipality" if area else "is the key of no area"
        yield Fault(
            line.number,
            f"{line.area_code!r} {is_one}.",
            "Write the official key (AGS) of a municipality, for example 08425071 (eight digits).",
        )


def _hostile(name: str) -> str:
    if len(name) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if any(not sign.isprintable() or sign in MARKS for sign in name):
        return "has a sign that no name has"
    if name.startswith(FORMULA):
        return "begins like a formula"
    return "" if slug(name) else "has no Latin letter and no digit"


def _alike(named: Iterable[tuple[int, str, str]]) -> Iterator[Fault]:
    """Names that only differ by what nobody hears: readers would see two of one name, addresses one."""
    first: dict[tuple[str, str], str] = {}
    told = set()
    for number, of, name in named:
        key = (of, slug(name))
        if first.setdefault(key, name) != name and (of, name) not in told:
            told.add((of, name))
            what = f"{name!r} is called like {first[key]!r}."
            yield Fault(number, what, "Write a name the same way in each of its lines, or give it another.")
