"""A proposed profile: what a page shows for confirmation, and the TOML file that is saved for the sender."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from data.deliveries.profiles.evidence import Evidence
from data.deliveries.profiles.loading import check
from data.deliveries.profiles.problems import Problem
from data.foundation import storedjson

JOIN = "-"  # between columns that make a key together


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
class ProposedTable:
    """What one table is read from. `file` and `sheet` are patterns, `unknown` headings nothing fits.

    `ignored`: headings of columns in which nothing stands. `leave_out`: heading -> words that rows begin with
    which are none of the table. `lacking`: columns without which the numbered ones among `unknown` are not
    split into rows of a table.
    `examples` has every heading of the file with its most frequent values, to be looked at while assigning;
    they are the office's own cells and stay out of what is printed.
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
    leave_out: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def assigned(self, to: str, heading: str | None, date: str | None = None) -> "ProposedTable":
        """The same table with one column of the format read from this heading, or from none."""
        now = next((each for each in self.columns if each.to == to), None)
        if now and now.headings == ((heading,) if heading else ()) and date in (None, now.date):
            return self
        rest = tuple(each for each in self.columns if each.to != to)
        chosen = (ProposedColumn(to, (heading,), 1.0, date=date),) if heading else ()
        used = {name for each in (*rest, *chosen) for name in each.headings}
        # Columns with numbers are no examples here, since no single value is read from them.
        numbered = (name for name in self.unknown if name not in self.examples)
        unknown = (
            *(name for name in self.examples if name not in used and name not in self.ignored),
            *numbered,
        )
        return replace(self, columns=(*rest, *chosen), unknown=unknown)

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
            del table["examples"]
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
    if ignored := [quoted(heading) for heading in table.ignored if heading not in used]:
        lines.append(f"ignore = [{', '.join(ignored)}]  # nothing stands there")
    if table.leave_out:
        pairs = (
            f"{quoted(name)} = [{', '.join(map(quoted, words))}]" for name, words in table.leave_out.items()
        )
        lines.append(f"leave_out = {{ {', '.join(pairs)} }}  # rows of totals and notes")
    if table.repeat:
        lines.append(f"repeat = {table.repeat}")
    lines += [f"# Not assigned: {quoted(heading)}" for heading in table.unknown]
    if table.lacking:
        lines.append(f"# Columns with numbers are not split into rows, which need {', '.join(table.lacking)}")
    return "\n".join([*lines, "", "[table.columns]", *(_column(each) for each in table.columns)]) + "\n"


def _column(column: ProposedColumn) -> str:
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
