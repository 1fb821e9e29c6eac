"""The SQL layers: reads `queries/<layer>`, puts it in order, and loads what it builds on.

Among that are two lists: who answers for which area, and the groupings that the office keeps.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from data.deliveries.format import schema, sender
from data.deliveries.groupings import stock
from data.deliveries.store.deliveries import LISTED, Stored
from data.engines import Engine
from data.foundation import areas, land
from data.foundation.sql import literal, literals
from data.questions import sql_header

QUERIES = Path(__file__).parents[2] / "queries"


def read(layer: str) -> dict[str, str]:
    """Name and SQL of every model of a layer; one that reads another of its layer comes after it."""
    models = {
        path.stem: land.filled(path.read_text(encoding="utf-8"))
        for path in sorted((QUERIES / layer).glob("*.sql"))
    }
    reads = {
        name: {found for found in re.findall(rf"\b{layer}\.(\w+)", sql) if found in models and found != name}
        for name, sql in models.items()
    }
    return {name: models[name] for name in TopologicalSorter(reads).static_order()}


def is_view(sql: str) -> bool:
    """Whether a mart is worked out of others when it is asked for: `view: yes` stands in its header."""
    return sql_header.read(sql, ("view",)) == {"view": "yes"}


def create(place: str, sql: str, content: str = "") -> str:
    """The statement that makes a model at this place, as a view or as a table; that is of `content`, if it is
    given.
    """
    kind, made_of = ("view", sql) if is_view(sql) else ("table", content or sql)
    return f"create {kind} {place} as {made_of}"


def fingerprint() -> str:
    """Changes with any SQL of the layers: a warehouse of another one may lack what pages ask for."""
    layers = ("staging", "marts")
    files = sorted(
        [*QUERIES.glob("*.sql"), *(file for name in layers for file in (QUERIES / name).glob("*.sql"))]
    )
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]


def macros(*, keyed: bool = False, wide: bool = False) -> list[str]:
    """Statements that make what the layers share; `keyed` for a release, whose counts carry the sum of their
    record keys, `wide` for an engine that shifts no number of 128 bits.

    Which levels stand above the Kreise, and which from these upward, follows from their order in `areas`.
    """
    files = ["macros", *(["macros_keyed_wide" if wide else "macros_keyed"] if keyed else [])]
    upward = areas.LEVELS[: areas.LEVELS.index(areas.KREIS) + 1]
    return [(QUERIES / f"{name}.sql").read_text(encoding="utf-8") for name in files] + [
        f"create macro {name}(area_level) as area_level in ({literals(levels)})"
        for name, levels in (("is_from_kreis", upward), ("is_above_kreis", upward[:-1]))
    ]


def load_macros(connection: duckdb.DuckDBPyConnection, *, keyed: bool = False) -> None:
    """Make the `macros` in a database."""
    for statement in macros(keyed=keyed):
        connection.execute(statement)


def work_out(connection: duckdb.DuckDBPyConnection, engine: Engine, layer: str, name: str, sql: str) -> None:
    """Let an engine work out a model of a layer; it stands at `<layer>.<name>`. Raises EngineError."""
    if layer == "staging":
        engine.stage(name, sql)
    elif is_view(sql):
        connection.execute(create(f"{layer}.{name}", sql))
    else:
        engine.mart(f"{layer}.{name}", sql)


def load_reference(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The register of areas, the phases, the tree of goal areas and the published funds, as text."""
    for name in ("areas", "phases", "goal_areas", "published_funds"):
        path = literal(str(folder / f"{name}.csv"))
        connection.execute(
            f"create table reference.{name} as "
            f"from read_csv({path}, all_varchar = true, header = true, delim = ',', quote = '\"')"
        )


def load_deliveries(connection: duckdb.DuckDBPyConnection, stored: Mapping[str, Sequence[Stored]]) -> None:
    """One view per export table over the stored Parquet files, with sender and reporting date.

    That date is of the table: a single one that is newer makes no other newer. `reference.columns_present`
    has the columns that each sender's files had, and as of when: what a file lacks as a whole is unknown
    there, and no row tells that. The official lists of municipalities are of no sender: they are
    `reference.official_inhabitants`.
    """
    _load_official(connection, stored.get(LISTED, ()))
    stored = {name: tables for name, tables in stored.items() if name != LISTED}
    _load_senders(connection, [one for tables in stored.values() for one in tables])
    connection.execute(
        "create table reference.columns_present "
        "(table_name varchar, sender varchar, column_name varchar, reporting_date date)"
    )
    present = [
        (name, one.sender, column, one.reporting_date)
        for name, tables in stored.items()
        for one in tables
        for column in one.present.get(name, ())
    ]
    _insert(connection, "columns_present", present or [(None, None, None, None)])
    for name, table in schema.tables().items():
        if name == "lieferung":
            continue
        files = [(one, one.tables[name]) for one in stored.get(name, ()) if name in one.tables]
        connection.execute(
            f"create table reference.{name}_files (file varchar, sender varchar, reporting_date date)"
        )
        if not files:
            columns = ", ".join(f"{field.name} {field.sql_type}" for field in table.fields)
            more = "sender varchar, reporting_date date, weight hugeint"
            connection.execute(f"create table deliveries.{name} ({columns}, {more})")
            continue
        listed = [(str(path), one.sender, one.reporting_date) for one, path in files]
        _insert(connection, f"{name}_files", listed)
        # By name, because a delivery of an older version of the format lacks what came later.
        paths = literals(str(path) for _, path in files)
        read = f"read_parquet([{paths}], filename = true, union_by_name = true)"
        stored_columns = {row[0] for row in connection.execute(f"describe from {read}").fetchall()}
        later = "".join(
            f"null::{field.sql_type} as {field.name}, "
            for field in table.fields
            if field.name not in stored_columns
        )
        connection.execute(
            f"create view deliveries.{name} as "
            f"select rows.* exclude (filename), {later}files.sender, files.reporting_date, 1 as weight "
            f"from {read} as rows "
            f"join reference.{name}_files as files on files.file = rows.filename"
        )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """All rows by one statement: a statement for each takes a thousand times as long."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    values = ", ".join("unnest(?)" for _ in columns)
    connection.execute(f"insert into reference.{table} select {values}", columns)


def _load_official(connection: duckdb.DuckDBPyConnection, lists: Sequence[Stored]) -> None:
    """One row per municipality and official list: its key, inhabitants, their census and their date."""
    columns = "area_code varchar, inhabitants bigint, census varchar, counted_on date, synthetic boolean"
    connection.execute(f"create table reference.official_inhabitants ({columns})")
    for one in lists:
        connection.execute(
            "insert into reference.official_inhabitants "
            f"select area_code, inhabitants, census, counted_on, {one.synthetic} "
            f"from read_parquet({literal(str(one.tables[LISTED]))})"
        )


def _load_senders(connection: duckdb.DuckDBPyConnection, standing: Sequence[Stored]) -> None:
    """One row per sender with what its newest delivery says of it."""
    newest: dict[str, Stored] = {}
    synthetic: dict[str, set[bool]] = {}
    for one in standing:
        if one.sender not in newest or one.reporting_date > newest[one.sender].reporting_date:
            newest[one.sender] = one
        synthetic.setdefault(one.sender, set()).add(one.synthetic)
    connection.execute(
        "create table reference.deliveries (sender varchar, sender_name varchar, sender_kind varchar, "
        "reporting_date date, rhythm_months integer, software varchar, synthetic boolean, "
        "only_synthetic boolean, accepted_at timestamp)"
    )
    connection.executemany(
        "insert into reference.deliveries values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                one.sender,
                one.sender_name,
                one.sender_kind,
                one.reporting_date,
                one.rhythm_months,
                one.software,
                # A single table beside others can be made up while they are not.
                any(synthetic[one.sender]),
                all(synthetic[one.sender]),
                one.accepted_at,
            )
            for one in newest.values()
        ],
    )


def load_responsible(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Make `reference.responsible` of the list at `path`, else of the program's own, which is empty.

    Raises ResponsibleListError.
    """
    connection.execute("create table reference.responsible (area_code varchar, sender varchar, since date)")
    if rows := sender.responsible_lines(path or sender.RESPONSIBLE):
        connection.executemany("insert into reference.responsible values (?, ?, ?)", rows)


def load_groupings(connection: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Make `reference.groupings` of the list at `path`; it is empty where none is kept.

    Raises GroupingListError.
    """
    connection.execute(
        "create table reference.groupings "
        "(group_code varchar, grouping_name varchar, group_name varchar, area_code varchar)"
    )
    if path and (lines := stock.lines(path)):
        connection.executemany(
            "insert into reference.groupings values (?, ?, ?, ?)",
            [(line.group_code, line.grouping, line.name, line.area_code) for line in lines],
        )
