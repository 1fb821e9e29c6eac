"""The DuckDB connection on which a delivery is checked, and each part of it on there as a typed table, marked
for the rules a row breaks: one scan of the text.

It knows the value lists as types, and has one schema per delivery. Keys that are there twice are looked for
in a typed table. A whole row that is there twice is odd and stored once; all else is a fault.
"""

import dataclasses
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data.deliveries.checking.columns import Check, Column, Writings, column, row_checks, stripped
from data.deliveries.checking.forgiving import Step, flags, layered
from data.deliveries.format.parts import Part
from data.deliveries.format.schema import Table, country_writings, enum_type, tables, value_list
from data.deliveries.personal.kinds import special_columns, unknown
from data.foundation import areas
from data.foundation.languages import Wording
from data.foundation.limits import Limits
from data.foundation.sql import cleaned_text, identifier, is_one_of, literal, literals

TYPED, RAW = "typed", "raw"
LARGE_BYTES = 100 * 2**20
PACKED = 10  # times smaller than unpacked, about
ROW = '"#row"'
READ = "read "  # beside a column: whether its value is written otherwise than the list has it
Steps = Mapping[str, tuple[Step, ...]]  # column -> how values are read that the strict reading refuses
# A row's marks are bits of words: a column for each check takes four times the memory and half as long again.
IN_A_WORD = 63  # marks of checks; the last bit of a word is never one of them
SUSPICIOUS = 1 << IN_A_WORD  # in the first word, after a first look: the row breaks some rule


@dataclass(frozen=True)
class Repeated:
    """SQL that yields row ids as `row`: `rows` stand further up too, `keys` have the key of another row."""

    rows: str
    count: int
    keys: str


@dataclass(frozen=True)
class Loaded:
    """A part in DuckDB as `typed.<table>`. A row has mark n where `checks[n]` holds; `has_mark` asks for it.

    `hits` counts the rows of each check that holds for any row; row ids are positions in the file. After a
    first look it counts styles only, and `suspicious` says that some row breaks some rule. `repeated`: keys
    that are there twice. `beside`: unknown columns, whose text stands beside the others for the guard.
    `writings`: of columns with values that are written otherwise than the format has them; `steps`: of
    columns that were read forgivingly.
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
    steps: Steps = dataclasses.field(default_factory=dict)
    reporting_date: date | None = None

    @property
    def rows_stored(self) -> int:
        """How many rows are stored: of a whole row that is there twice only one."""
        return self.rows - (self.repeated.count if self.repeated else 0)

    def as_read(self, column: str) -> str:
        """A query for the text of one column: as written, or as it was read forgivingly.

        Of that column alone: with all of them each question would take as long as there are columns.
        """
        rows = f"select {identifier(column)} from {self.part.relation} where {self.part.filled}"
        return layered(rows, {column: self.steps[column]}) if column in self.steps else rows

    @property
    def typed(self) -> str:
        """The typed table in SQL."""
        return f"{TYPED}.{identifier(self.table.name)}"

    def marked(self, rule: str) -> bool:
        """Whether any row has the mark of this rule, in whatever column."""
        return any(self.checks[mark].rule == rule for mark in self.hits)


@dataclass(frozen=True)
class Broken:
    """A rule that some rows break. `rows` is SQL that yields their row ids as `row`.

    `value` is SQL over the text columns for the value to show; without it, the column's text is shown.
    """

    rule: str
    column: str
    rows: str
    wording: Wording = dataclasses.field(default_factory=dict)


def workbench(threads: int | None = None, memory_mb: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in memory that knows every value list of the export format and the register of areas.

    What a limit of memory leaves no room for goes to the delivery's scratch folder.
    """
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
    connection.execute("set enable_progress_bar = false")  # stdout is for results
    if memory_mb:
        connection.execute(f"set memory_limit = '{memory_mb}MiB'")
    if threads:
        connection.execute(f"set threads = {threads}")
    for type_name, values in _types().items():
        connection.execute(f"create type {type_name} as enum ({literals(values)})")
    return connection


@contextmanager
def on_workbench(
    connection: duckdb.DuckDBPyConnection | None, path: Path, limits: Limits
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The workbench of the caller; without one, or for a large delivery, one that is closed afterwards."""
    if connection and not is_large(path):
        yield connection
    else:
        with closing(workbench(memory_mb=limits.memory_mb)) as own:
            yield own


def clear(connection: duckdb.DuckDBPyConnection, spill: Path) -> None:
    """Forget the delivery before; what doesn't fit into memory goes to the folder `spill`."""
    views = "select view_name from duckdb_views() where temporary and not internal"
    for (view,) in connection.execute(views).fetchall():
        connection.unregister(view)
    connection.execute(f"set temp_directory = {literal(str(spill))}")
    for schema in (TYPED, RAW):
        connection.execute(f"drop schema if exists {schema} cascade; create schema {schema}")


def is_large(path: Path) -> bool:
    """Whether a delivery gets a workbench of its own: DuckDB can't change the folder it once wrote to. One
    that may not be looked at is none: that is told when it is received.
    """
    try:
        files = path.rglob("*") if path.is_dir() else [path]
        sizes = (file.stat().st_size for file in files if file.is_file())
        return sum(sizes) * (PACKED if path.is_file() and zipfile.is_zipfile(path) else 1) > LARGE_BYTES
    except OSError:
        return False


def marked(loaded: Loaded, mark: int, rule: str | None = None, but: int | None = None) -> Broken:
    """The rows with this mark but not with another one, under the check's own rule or another one."""
    check = loaded.checks[mark]
    rows = f"select rowid as row from {loaded.typed} where {has_mark([mark])}"
    if but is not None:
        rows += f" and not {has_mark([but])}"
    return Broken(rule or check.rule, check.column, rows, check.wording)


def load(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    reporting_date: date | None,
    thorough: bool = False,
    writings: Mapping[str, Writings] | None = None,
    steps: Steps | None = None,
) -> Loaded:
    """Convert and mark all rows of a part. Raises duckdb.Error where the text isn't sound rows.

    A first look only asks of each row whether it breaks any rule. `thorough`, which takes half as long again,
    takes blanks off the values and marks each rule.
    """
    table, writings, steps = tables()[part.table], writings or {}, steps or {}
    present = frozenset(part.present)
    trim = thorough and not part.trimmed
    columns = tuple(
        column(table, field, field.name in present, trim, writings.get(field.name)) for field in table.fields
    )
    checks = (
        *(check for each in columns for check in each.checks),
        *row_checks(table, present, reporting_date),
    )
    marks = ", ".join(f"{marks} as {_word(at)}" for at, marks in enumerate(_marks(checks, thorough)))
    means = {column: [each for each in by if by[each]] for column, by in writings.items()}
    otherwise = {column: is_one_of(stripped(column), each) for column, each in means.items() if each}
    beside = tuple(column for column in unknown(part) if column not in special_columns(part))
    texts = "".join(f", {identifier(column)}" for column in beside)
    flagged = dict.fromkeys(each.flag for each in flags(steps)) if steps else {}
    said = "".join(f", {identifier(name)}" for name in flagged)
    read = "".join(f", {identifier(f'{READ}{column}')}" for column in otherwise) + said
    reads = "".join(f", {each} as {identifier(f'{READ}{column}')}" for column, each in otherwise.items())
    reads += said
    typed = ", ".join(f"{each.typed} as {identifier(each.field.name)}" for each in columns)
    cleaned = ", ".join(f"{each.raw} as {cleaned_text(each.field.name)}" for each in columns)
    connection.execute(
        f"create or replace table {TYPED}.{identifier(table.name)} as "
        f"select {', '.join(identifier(each.field.name) for each in columns)}, {marks}{texts}{read} "
        f"from (select *, {typed} from (select {cleaned}{texts}{reads} "
        f"from ({_rows(part, steps)})))"
    )
    rows, hits, suspicious = _hits(connection, table, len(checks))
    found = Loaded(table, part, columns, checks, rows, hits, suspicious, beside=beside)
    return dataclasses.replace(found, writings=writings, steps=steps, reporting_date=reporting_date)


def has_mark(marks: Iterable[int], row: str = "") -> str:
    """SQL: the row of a typed table has any of these marks. `row` is the table's alias, with its point."""
    words: dict[int, int] = {}
    for mark in marks:
        word, bit = divmod(mark, IN_A_WORD)
        words[word] = words.get(word, 0) | 1 << bit
    any_of = " or ".join(f"{row}{_word(at)} & {bits}::ubigint <> 0" for at, bits in words.items())
    return f"({any_of or 'false'})"


def keep_text(connection: duckdb.DuckDBPyConnection, part: Part, rows: Sequence[int]) -> str:
    """The text of these rows (ascending) as a table, each with its position in `#row`. Only made where there
    are findings, and without the rows that nothing is said about.
    """
    kept = f"{RAW}.{identifier(part.table)}"
    connection.execute(
        f"create or replace table {kept} as select * from ({numbered_text(part)} limit {rows[-1] + 1}) "
        f"where {ROW} in (select unnest($rows))",
        {"rows": list(rows)},
    )
    return kept


def numbered_text(part: Part) -> str:
    """A query for the text of all rows, each with its position in `#row`."""
    return f"select row_number() over () - 1 as {ROW}, * from {part.relation} where {part.filled}"


def repeated(connection: duckdb.DuckDBPyConnection, table: Table, typed: str) -> Repeated | None:
    """What is there twice in a table with a key, or None."""
    key = [identifier(column) for column in table.unique]
    if not key or _ascending(connection, key, typed):
        return None
    needed = [identifier(column) for column in table.unique if table.field(column).required]
    complete = " and ".join(f"{column} is not null" for column in needed)
    twice = f"select {', '.join(key)} from {typed} where {complete} group by all having count(*) > 1"
    if not connection.execute(f"select 1 from ({twice}) limit 1").fetchone():
        return None
    whole = ", ".join(identifier(field.name) for field in table.fields)
    numbered = (
        f"select rowid as row, row_number() over (partition by {whole} order by rowid) as copy, "
        f"row_number() over (partition by {', '.join(key)} order by rowid) as nth "
        f"from {typed} where {complete}"
    )
    rows = f"select row from ({numbered}) where copy > 1"
    ((count,),) = connection.execute(f"select count(*) from ({rows})").fetchall()
    return Repeated(rows, int(count), f"select row from ({numbered}) where copy = 1 and nth > 1")


def _ascending(connection: duckdb.DuckDBPyConnection, key: list[str], typed: str) -> bool:
    # In most exports each key is greater than the one before: one look instead of a hash table of all keys.
    if len(key) > 1:
        return False
    steps = f"select {key[0]} > lag({key[0]}) over () as up from {typed}"
    ((every,),) = connection.execute(f"select count(*) filter (up) + 1 >= count(*) from ({steps})").fetchall()
    return bool(every)


def _rows(part: Part, steps: Steps) -> str:
    rows = f"select * from {part.relation} where {part.filled}"
    return layered(rows, steps) if steps else rows


def _word(at: int) -> str:
    return identifier(f"#marks {at}")


def _words(checks: int) -> range:
    return range(max(-(-checks // IN_A_WORD), 1))


def _marks(checks: Sequence[Check], thorough: bool) -> list[str]:
    """The SQL of each word of a row, as many as the checks need."""
    words: list[list[str]] = [[] for _ in _words(len(checks))]
    for mark, check in enumerate(checks):
        if check.style or thorough:
            word, bit = divmod(mark, IN_A_WORD)
            words[word].append(_mark(check.condition, 1 << bit))
    any_rule = " or ".join(f"({check.condition})" for check in checks if not check.style)
    if any_rule and not thorough:
        words[0].append(_mark(any_rule, SUSPICIOUS))
    return [" | ".join(word or ["0::ubigint"]) for word in words]


def _mark(condition: str, bit: int) -> str:
    """The bit where the condition holds. A branch is looked at row by row; a product costs every row more."""
    return f"case when {condition} then {bit}::ubigint else 0::ubigint end"


def _hits(
    connection: duckdb.DuckDBPyConnection, table: Table, checks: int
) -> tuple[int, dict[int, int], bool]:
    """How many rows there are, how many have each mark that any row has, and whether any is suspicious."""
    typed = f"{TYPED}.{identifier(table.name)}"
    words = ", ".join(f"coalesce(bit_or({_word(at)}), 0)" for at in _words(checks))
    ((rows, *bits),) = connection.execute(f"select count(*), {words} from {typed}").fetchall()
    suspicious = bool(bits[0] & SUSPICIOUS)
    marks = [mark for mark in range(checks) if bits[mark // IN_A_WORD] >> mark % IN_A_WORD & 1]
    if not marks:
        return rows, {}, suspicious
    sums = ", ".join(f"count(*) filter ({has_mark([mark])})" for mark in marks)
    (counts,) = connection.execute(f"select {sums} from {typed}").fetchall()
    return rows, dict(zip(marks, counts, strict=True)), suspicious


def _types() -> dict[str, list[str]]:
    lists = {
        enum_type(table.name, field.name): values
        for table in tables().values()
        for field in table.fields
        if (values := value_list(table, field))
    }
    register = areas.register().values()
    return {
        **lists,
        identifier("country"): list(country_writings()),
        identifier("gemeinde"): [area.code for area in register if area.level == "gemeinde"],
        identifier("kreis"): [area.code for area in register if area.level == "kreis"],
    }
