"""A mapping profile: how an office's tables, columns and values become those of the export format."""

from dataclasses import dataclass, field
from typing import Any

NUMBER = "{n}"  # in a heading: 1, 2, … of columns that repeat


@dataclass(frozen=True)
class ColumnRule:
    """Where one column of the format comes from: of `columns`, `constant`, `key`, `given` exactly one.

    `columns` are headings of the office's file, put together with `join`. `key` are headings whose values
    make up a stable pseudonym. `given` is what is said beside the files: `sender`, `reporting-date`.
    `values` maps the office's values, `ignore` are values that mean nothing, `date` is how dates are written,
    `separator` parts the items of a list, `years`: the values are ages, which become age groups.
    """

    to: str
    line: int
    columns: tuple[str, ...] = ()
    join: str = " "
    constant: str | None = None
    key: tuple[str, ...] = ()
    given: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    date: str | None = None
    separator: str = ","
    years: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that this column reads, with `{n}` where columns repeat."""
        return (*self.columns, *(part for part in self.key if part != NUMBER))


@dataclass(frozen=True)
class TableRule:
    """One table of the format. `file` and `sheet` are patterns (`*`, `?`) of what it is read from.

    `repeat`: each row of the file becomes up to so many rows, from the columns with `{n}` in their heading.
    `leave_out`: heading -> words; rows of the file that begin with one of them there are none of the table.
    `sums`: nor is a last row without a key, whose numbers are the sums of those above.
    """

    to: str
    line: int
    columns: tuple[ColumnRule, ...]
    file: str = "*"
    sheet: str = "*"
    ignore: tuple[str, ...] = ()
    repeat: int | None = None
    leave_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sums: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        """All headings that this table reads or ignores, numbers put in."""
        read = (heading for rule in self.columns for heading in rule.headings)
        named = [*read, *self.ignore, *self.leave_out]
        return tuple(dict.fromkeys(each for heading in named for each in self.numbered(heading)))

    @property
    def reads_a_file(self) -> bool:
        """Whether anything comes from a file, and not only from constants and what is given."""
        return any(rule.headings for rule in self.columns)

    def numbered(self, heading: str) -> list[str]:
        """`Ziel {n}` as `Ziel 1`, `Ziel 2`, …; another heading as it is."""
        if NUMBER not in heading:
            return [heading]
        return [heading.replace(NUMBER, str(number)) for number in range(1, (self.repeat or 0) + 1)]


@dataclass(frozen=True)
class Profile:
    """A sound profile. `text` is the TOML file as written, `label` the name under which findings cite it."""

    name: str
    title: str
    tables: tuple[TableRule, ...]
    text: str
    label: str

    def as_json(self) -> dict[str, Any]:
        """Name, title, and which columns of which table are assigned."""
        assigned = {table.to: [rule.to for rule in table.columns] for table in self.tables}
        return {"name": self.name, "title": self.title, "tables": assigned}
