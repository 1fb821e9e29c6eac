"""A proposed profile: what a page shows for confirmation, and the TOML file that is saved for the sender."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from data.deliveries.format.profile import NUMBER
from data.deliveries.profiles.evidence import Evidence
from data.deliveries.profiles.loading import check
from data.deliveries.profiles.problems import Problem
from data.foundation import storedjson

JOIN = "-"  # between columns that make a key together
COUNTED = re.compile(r"(?<![0-9])[0-9]{1,2}(?![0-9])")
CASE = "fall_id"  # what a row of a table that is split from columns refers to


@dataclass(frozen=True)
class ProposedColumn:
    """What one column of the format is read from. `headings` is empty for a constant or made-up key.

    `confidence` is 0 to 1. `question`: date patterns between which the file doesn't decide.
    """

    to: str
    headings: tuple[str, ...]
    confidence: float
    evidence: Evidence | None = None
    date: str | None = None
    question: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    constant: str | None = None


@dataclass(frozen=True)
class Reading:
    """How one column of a file would be read as one of the format, if a person chose it. `ways`: the date
    patterns in which all its values make sense, where the format's own ones do not do.
    """

    evidence: Evidence
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposedTable:
    """What one table is read from. `file` and `sheet` are patterns, `unknown` headings nothing fits.

    `ignored`: headings of columns in which nothing stands, `unneeded`: of those that a person said are not to
    be read. `leave_out`: heading -> words that rows begin with
    which are none of the table, `sums`: the last row is a total without a word, `left_out` how many rows
    these are. `lacking`: columns without which the numbered ones among `unknown` are not split into rows.
    `examples` has every heading of the file with its most frequent values, to be looked at while assigning;
    `readings` says of each heading how it would be read as a column of the format. They hold the office's own
    cells and stay out of what is printed.
    """

    to: str
    file: str
    sheet: str | None
    repeat: int | None
    columns: tuple[ProposedColumn, ...]
    unknown: tuple[str, ...]
    examples: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    lacking: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    unneeded: tuple[str, ...] = ()
    leave_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sums: bool = False
    left_out: int = 0
    readings: dict[str, dict[str, Reading]] = field(default_factory=dict, repr=False)

    def column(self, to: str) -> ProposedColumn | None:
        """What this column of the format is read from; None for nothing."""
        return next((each for each in self.columns if each.to == to), None)

    def assigned(self, to: str, heading: str | None) -> "ProposedTable":
        """The same table with one column of the format read from this heading, or from none. Its values, ages
        in years and dates are read as those of the column that is chosen.
        """
        now = self.column(to)
        if now and now.headings == ((heading,) if heading else ()):
            return self
        rest = tuple(each for each in self.columns if each.to != to)
        chosen = (self._chosen(to, heading, rest),) if heading else ()
        used = {name for each in (*rest, *chosen) for name in (*each.headings, *each.key)}
        # Columns with numbers are no examples here, since no single value is read from them.
        numbered = (name for name in self.unknown if name not in self.examples)
        unknown = (
            *(name for name in self.examples if name not in used and name not in self.ignored),
            *numbered,
        )
        return replace(self, columns=(*rest, *chosen), unknown=unknown)

    def without(self, headings: Collection[str]) -> "ProposedTable":
        """The same table; of what is not assigned these columns are not needed, now and the next time."""
        gone = tuple(each for each in self.unknown if each in headings)
        rest = tuple(each for each in self.unknown if each not in headings)
        return replace(self, unknown=rest, unneeded=(*self.unneeded, *gone))

    def dated(self, to: str, pattern: str) -> "ProposedTable":
        """The same table with the days of one column written in this pattern."""
        columns = (
            replace(each, date=pattern, question=()) if each.to == to else each for each in self.columns
        )
        return replace(self, columns=tuple(columns))

    def with_cases(self, tables: Sequence["ProposedTable"]) -> "ProposedTable":
        """The same table; one that was split from numbered columns follows the cases of its file among the
        `tables`: their key, and the rows that they leave out.
        """
        own = self.column(CASE)
        found = ((each, case) for each in tables if each.repeat is None if (case := each.column(CASE)))
        cases, case = next(found, (None, None))
        if self.repeat is None or own is None or cases is None or case is None:
            return self
        keyed = {own.headings: case.headings, (*own.headings, NUMBER): (*case.headings, NUMBER)}
        columns = (
            replace(each, headings=keyed.get(each.headings, each.headings), key=keyed.get(each.key, each.key))
            for each in self.columns
        )
        gone = replace(self, leave_out=cases.leave_out, sums=cases.sums, left_out=cases.left_out)
        return replace(gone, columns=tuple(columns))

    def as_read(self, to: str, heading: str) -> ProposedColumn:
        """One column of the format read from this heading, its values and dates as theirs say."""
        return self._chosen(to, heading, [each for each in self.columns if each.to != to])

    def _chosen(self, to: str, heading: str, others: Sequence[ProposedColumn]) -> ProposedColumn:
        reading = self.readings.get(heading, {}).get(to)
        if reading is None:
            return ProposedColumn(to, (heading,), 1.0)
        # One office writes its dates in one way: what another column says decides it for this one.
        said = {each.date for each in others if each.date}.intersection(reading.ways)
        ways = tuple(said) if len(said) == 1 else reading.ways
        date, question = (ways[0], ()) if len(ways) == 1 else (None, ways)
        return ProposedColumn(to, (heading,), 1.0, reading.evidence, date, question)

    @property
    def confidence(self) -> float:
        """The mean of the columns'."""
        return sum(each.confidence for each in self.columns) / len(self.columns) if self.columns else 0.0


@dataclass(frozen=True)
class Proposal:
    """A profile to be looked at by a person. `fits_no_table`: files and sheets.

    `guarded`: columns for which the anonymity guard will refuse the delivery as it is.
    """

    name: str
    tables: tuple[ProposedTable, ...]
    fits_no_table: tuple[str, ...]
    guarded: tuple[str, ...] = ()

    @property
    def confidence(self) -> float:
        """The mean of the tables'."""
        return sum(each.confidence for each in self.tables) / len(self.tables) if self.tables else 0.0

    def without(self, headings: Collection[str]) -> "Proposal":
        """The same; of what is not assigned these columns are not needed (see `ProposedTable.without`)."""
        return replace(self, tables=tuple(each.without(headings) for each in self.tables))

    @property
    def problems(self) -> list[Problem]:
        """What has to be added before it can be used, required columns that nothing fits for example."""
        return check(self.text, f"{self.name}.toml")

    @property
    def text(self) -> str:
        """The profile as TOML, ready to be corrected and saved."""
        head = f"name = {quoted(self.name)}\n"
        unread = [f"# Not read, fits no table: {quoted(each)}\n" for each in self.fits_no_table]
        return "".join([head, *unread, *(_table(each) for each in self.tables)])

    def as_json(self) -> dict[str, Any]:
        """Everything, ready for JSON, with the confidence of each table and the TOML text."""
        tables = [{**storedjson.plain(each), "confidence": round(each.confidence, 2)} for each in self.tables]
        for table in tables:
            del table["examples"], table["readings"]
        return {
            "name": self.name,
            "confidence": round(self.confidence, 2),
            "tables": tables,
            "unread": self.fits_no_table,
            "problems": [each.as_json() for each in self.problems],
            "text": self.text,
        }


def _table(table: ProposedTable) -> str:
    lines = ["", "[[table]]", f"to = {quoted(table.to)}", f"file = {quoted(table.file)}"]
    if table.sheet is not None:
        lines.append(f"sheet = {quoted(table.sheet)}")
    used = {heading for each in table.columns for heading in each.headings}
    empty = [quoted(heading) for heading in table.ignored if heading not in used]
    if ignored := [*empty, *map(quoted, table.unneeded)]:
        why = "nothing stands there" if not table.unneeded else "not needed, or nothing stands there"
        lines.append(f"ignore = [{', '.join(ignored)}]  # {why}")
    if table.leave_out:
        pairs = (
            f"{quoted(name)} = [{', '.join(map(quoted, words))}]" for name, words in table.leave_out.items()
        )
        lines.append(f"leave_out = {{ {', '.join(pairs)} }}  # rows of totals and notes")
    if table.sums:
        lines.append("sums = true  # the last row is a total")
    if table.repeat:
        lines.append(f"repeat = {table.repeat}")
    lines += [f"# Not assigned: {quoted(heading)} (not needed? into ignore)" for heading in table.unknown]
    for heading, times in several_times(table.unknown).items():
        lines += [
            f"# {quoted(heading)} stands there {times} times. If each is a goal or a consultation, write",
            f"# a [[table]] for it, with repeat = {times} (docs/profiles.md, One sheet, several tables)",
        ]
    if table.lacking:
        lines.append(f"# Columns with numbers are not split into rows, which need {', '.join(table.lacking)}")
    return "\n".join([*lines, "", "[table.columns]", *(written(each) for each in table.columns)]) + "\n"


def several_times(headings: Sequence[str]) -> dict[str, int]:
    """Headings that differ by a number only, as a profile with `repeat` writes them (`Datum {n}`), and the
    highest number.
    """
    found: dict[str, list[int]] = {}
    for heading in headings:
        if number := COUNTED.search(heading):
            found.setdefault(f"{heading[: number.start()]}{NUMBER}{heading[number.end() :]}", []).append(
                int(number[0])
            )
    return {heading: max(numbers) for heading, numbers in found.items() if len(numbers) > 1}


def written(column: ProposedColumn) -> str:
    """A column as a line of a profile."""
    said = f"  # {column.confidence:.0%}" if column.headings else ""
    if column.question:
        said += f"; dates: {' or '.join(column.question)}?"
    return f"{column.to} = {_origin(column)}{said}"


def _origin(column: ProposedColumn) -> str:
    if column.constant is not None:
        return f"{{ constant = {quoted(column.constant)} }}"
    if column.key:
        return f"{{ key = [{', '.join(map(quoted, column.key))}] }}"
    found = column.evidence
    parts = []
    if column.date:
        parts.append(f"date = {quoted(column.date)}")
    if found and found.separator not in (None, ","):
        parts.append(f"separator = {quoted(str(found.separator))}")
    if found and found.years:
        parts.append("years = true")
    if found and found.values:
        pairs = ", ".join(f"{quoted(theirs)} = {quoted(ours)}" for theirs, ours in found.values.items())
        parts.append(f"values = {{ {pairs} }}")
    headings = ", ".join(map(quoted, column.headings))
    if len(column.headings) > 1:
        parts = [f"columns = [{headings}]", f"join = {quoted(JOIN)}", *parts]
    elif parts:
        parts = [f"column = {headings}", *parts]
    return f"{{ {', '.join(parts)} }}" if parts else headings


def quoted(value: str) -> str:
    """A basic string of TOML; it escapes like JSON, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
