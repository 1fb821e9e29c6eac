"""One part of a delivery as a typed table, marked for the rules a row breaks: one scan of the text."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from data.deliveries.checks import Check
from data.deliveries.columns import Column, Writings, column, stripped
from data.deliveries.csvfile import filled
from data.deliveries.guard.columnnames import special_columns, unknown
from data.deliveries.parts import Part
from data.deliveries.repeated import Repeated
from data.deliveries.rows import row_checks
from data.deliveries.schema import Table, tables
from data.deliveries.sql import is_one_of, name, written
from data.deliveries.workbench import RAW, TYPED

MARKS, ROW = '"#marks"', '"#row"'
READ = "read "  # beside a column: whether its value is written otherwise than the list has it
SUSPICIOUS = 63  # the bit of a row that breaks some rule, in a first look


@dataclass(frozen=True)
class Loaded:
    """A part in DuckDB as `typed.<table>`. Bit n of a row's marks is set where `checks[n]` holds.

    `hits` counts the rows of each check that holds for any row; row ids are positions in the file. After a
    first look it counts styles only, and `suspicious` says that some row breaks some rule. `repeated`: keys
    that are there twice. `beside`: unknown columns, whose text stands beside the others for the guard.
    `writings`: of columns with values that are written otherwise than the format has them.
    """

    table: Table
    part: Part
    columns: tuple[Column, ...]
    checks: tuple[Check, ...]
    rows: int
    hits: dict[int, int]
    suspicious: bool = False
    repeated: Repeated | None = None
    beside: tuple[str, ...] = ()
    writings: Mapping[str, Writings] = dataclasses.field(default_factory=dict)

    @property
    def kept(self) -> int:
        """How many rows are stored: of a whole row that is there twice only one."""
        return self.rows - (self.repeated.count if self.repeated else 0)

    @property
    def typed(self) -> str:
        """The typed table in SQL."""
        return f"{TYPED}.{name(self.table.name)}"

    def marked(self, rule: str) -> bool:
        """Whether any row has the mark of this rule, in whatever column."""
        return any(self.checks[bit].rule == rule for bit in self.hits)


def load(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    reporting_date: date | None,
    thorough: bool = False,
    writings: Mapping[str, Writings] | None = None,
) -> Loaded:
    """Convert and mark all rows of a part. Raises duckdb.Error where the text isn't sound rows.

    A first look only asks of each row whether it breaks any rule. `thorough`, which takes half as long again,
    takes blanks off the values and marks each rule.
    """
    table, writings = tables()[part.table], writings or {}
    present = frozenset(part.present)
    trim = thorough and not part.trimmed
    columns = tuple(
        column(table, field, field.name in present, trim, writings.get(field.name)) for field in table.fields
    )
    checks = (
        *(check for each in columns for check in each.checks),
        *row_checks(table, present, reporting_date),
    )
    marks = _marks(checks, thorough)
    means = {column: [each for each in by if by[each]] for column, by in writings.items()}
    otherwise = {column: is_one_of(stripped(column), each) for column, each in means.items() if each}
    beside = tuple(column for column in unknown(part) if column not in special_columns(part))
    texts = "".join(f", {name(column)}" for column in beside)
    read = "".join(f", {name(f'{READ}{column}')}" for column in otherwise)
    reads = "".join(f", {each} as {name(f'{READ}{column}')}" for column, each in otherwise.items())
    connection.execute(
        f"create or replace table {TYPED}.{name(table.name)} as "
        f"select {', '.join(name(each.field.name) for each in columns)}, {marks} as {MARKS}{texts}{read} "
        f"from (select *, {', '.join(f'{each.typed} as {name(each.field.name)}' for each in columns)} from ("
        f"select {', '.join(f'{each.raw} as {written(each.field.name)}' for each in columns)}{texts}{reads} "
        f"from {part.relation} where {filled(part.columns)}))"
    )
    rows, hits = _hits(connection, table, [*range(len(checks)), SUSPICIOUS])
    suspicious = bool(hits.pop(SUSPICIOUS, 0))
    return Loaded(table, part, columns, checks, rows, hits, suspicious, beside=beside, writings=writings)


def _marks(checks: Sequence[Check], thorough: bool) -> str:
    marked = [
        f"coalesce({check.condition}, false)::ubigint * {1 << bit}::ubigint"
        for bit, check in enumerate(checks)
        if check.style or thorough
    ]
    any_rule = " or ".join(f"({check.condition})" for check in checks if not check.style)
    if any_rule and not thorough:
        marked.append(f"coalesce({any_rule}, false)::ubigint * {1 << SUSPICIOUS}::ubigint")
    return " | ".join(marked or ["0::ubigint"])


def keep_text(connection: duckdb.DuckDBPyConnection, part: Part, rows: Sequence[int]) -> str:
    """The text of these rows (ascending) as a table, each with its position in `#row`. Only made where there
    are findings, and without the rows that nothing is said about.
    """
    kept = f"{RAW}.{name(part.table)}"
    connection.execute(
        f"create or replace table {kept} as select * from ("
        f"select row_number() over () - 1 as {ROW}, * from {part.relation} where {filled(part.columns)} "
        f"limit {rows[-1] + 1}) where {ROW} in (select unnest($rows))",
        {"rows": list(rows)},
    )
    return kept


def _hits(
    connection: duckdb.DuckDBPyConnection, table: Table, bits: Sequence[int]
) -> tuple[int, dict[int, int]]:
    typed = f"{TYPED}.{name(table.name)}"
    row = connection.execute(f"select count(*), bit_or({MARKS}) from {typed}").fetchone()
    rows, marks = row if row else (0, 0)
    set_bits = [bit for bit in bits if (marks or 0) >> bit & 1]
    if not set_bits:
        return rows, {}
    sums = ", ".join(f"count(*) filter ({MARKS} & {1 << bit}::ubigint <> 0)" for bit in set_bits)
    counts = connection.execute(f"select {sums} from {typed}").fetchone() or ()
    return rows, dict(zip(set_bits, counts, strict=True))
