"""A Spark Connect server works out the layers: Sail, Spark, or a managed one.

What reads deliveries is worked out there, from the Parquet files where they lie; what reads none is as small
as the list of areas, so DuckDB works it out and its rows are sent. Only marts come back, as Arrow.
"""

import os
import shutil
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from data.engines import dialect
from data.engines.failures import EngineError, NotInstalledError
from data.foundation.sql import literal

ONE = 2**62  # the weight of a unit without its record key
ADDED = ("sender", "reporting_date", "weight")  # what no file has
# Staging that checks and releases read afterwards: a row for each area or booking, none for a person.
READ_AFTERWARDS = frozenset({"answering", "bookings"})
TRIES = 3  # of a call that did not get through: a second in all


class Connected:
    """See `data.engines.Engine`. One session, whose views end with it."""

    def __init__(self, session: Any, database: duckdb.DuckDBPyConnection, scratch: Path) -> None:
        self._session, self._database, self._scratch = session, database, scratch
        self._macros: dict[str, dialect.Macro] = {}
        self._there: set[str] = set()  # names of tables that the server knows
        self._sent: set[str] = set()  # those of them whose rows stand in the database too

    @classmethod
    @contextmanager
    def to(cls, server: str, database: duckdb.DuckDBPyConnection, scratch: Path) -> Iterator["Connected"]:
        """Connect, and leave nothing behind. Raises EngineError."""
        scratch.mkdir()
        session = None
        try:
            session = _session(server)
            yield cls(session, database, scratch)
        except _errors() as error:
            raise EngineError(server, error) from None
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
            if session is not None:
                with suppress(*_errors()):
                    session.client.close()

    def tables(self, macros: Sequence[str], units: Mapping[str, str]) -> None:
        """The Parquet files of each table become one view, with sender, reporting date and weight."""
        self._macros = dialect.macros(macros)
        listed = self._database.execute(
            "select table_name from information_schema.tables where table_schema = 'reference'"
        ).fetchall()
        with_files = {name.removesuffix("_files") for (name,) in listed if name.endswith("_files")}
        for name in sorted(with_files):
            self._delivered(name, units.get(name) if (f"{name}_keys",) in listed else None)

    def stage(self, name: str, sql: str) -> None:
        """Work out `staging.<name>`, there if it reads deliveries."""
        place = f"staging.{name}"
        if not self._reads_deliveries(sql):
            self._database.execute(f"create table {place} as {sql}")
            return
        self._shape(place, sql)
        self._keep(dialect.view("staging", name), self._query(sql))
        self._there.add(place)
        if name in READ_AFTERWARDS:
            self._take(place, f"select * from {dialect.view('staging', name)}")

    def mart(self, place: str, sql: str) -> None:
        """Work out a mart at `place`."""
        if not self._reads_deliveries(sql):
            self._database.execute(f"create table {place} as {sql}")
            return
        self._shape(place, sql)
        self._take(place, self._query(sql))

    def _reads_deliveries(self, sql: str) -> bool:
        return any(
            schema == "deliveries" or f"{schema}.{name}" in self._there for schema, name in dialect.reads(sql)
        )

    def _shape(self, place: str, sql: str) -> None:
        """An empty table with the columns and types that DuckDB gives this statement."""
        self._database.execute(f"create table {place} as select * from (\n{sql}\n) limit 0")

    def _query(self, sql: str) -> str:
        """The statement as the server understands it; what it reads of ours is sent first."""
        for schema, name in sorted(dialect.reads(sql)):
            table = f"{schema}.{name}"
            if schema != "deliveries" and table not in self._there | self._sent:
                self._send(dialect.view(schema, name), f"from {table}")
                self._sent.add(table)
        return dialect.spark(sql, self._macros)

    def _send(self, view: str, query: str) -> None:
        """Rows of the database become a view there."""
        rows = self._database.sql(query).to_arrow_table()
        if rows.num_rows:
            sent = self._session.createDataFrame(rows)
        else:  # of which the client can't tell types
            sent = self._session.createDataFrame([], _columns(self._types(query)))
        sent.createOrReplaceTempView(view)

    def _types(self, query: str) -> dict[str, str]:
        """The columns of a query of the database, with their types there."""
        described = self._database.execute(f"describe {query}").fetchall()
        return {column: dialect.kind(kind) for column, kind, *_ in described}

    def _keep(self, view: str, query: str) -> None:
        """Work it out once, for all that read it."""
        folder = str(self._scratch / view)
        kept = self._session.sql(query)
        kept.write.parquet(folder)
        if any(Path(folder).glob("*.parquet")):
            kept = self._session.read.parquet(folder)
        # Of no rows there may be no file that tells its columns: then the statement stands for them.
        kept.createOrReplaceTempView(view)

    def _take(self, place: str, query: str) -> None:
        taken = self._session.sql(query).toArrow()
        if taken.num_rows:
            self._database.register("taken", taken)
            self._database.execute(f"insert into {place} from taken")
            self._database.unregister("taken")

    def _delivered(self, name: str, unit: str | None) -> None:
        columns = {
            column: kind
            for column, kind in self._types(f"from deliveries.{name}").items()
            if column not in ADDED
        }
        number = "row_number() over (order by file)::int - 1 as file_no"
        files = f"from (select *, {number} from reference.{name}_files)"
        folder = self._scratch / name
        # The number of a file is a column of its rows, as a folder tells it; the files are not copied.
        for file, number in self._database.sql(f"select file, file_no {files}").fetchall():
            (inside := folder / f"file_no={number}").mkdir(parents=True)
            os.link(file, inside / "rows.parquet")
        schema = _columns(columns | {"file_no": "INT"})
        if folder.exists():
            rows = self._session.read.schema(schema).parquet(str(folder))
        else:
            rows = self._session.createDataFrame([], schema)
        rows.createOrReplaceTempView(f"rows_{name}")
        self._send(f"files_{name}", f"select sender, reporting_date, file_no {files}")
        weight, keys = "1", ""
        if unit:
            weight, keys = f"cast({ONE} as {dialect.WIDE}) + keys.key", self._keys(name, unit)
        listed = ", ".join(f"rows.{column}" for column in columns)
        self._session.sql(
            f"select {listed}, files.sender, files.reporting_date, {weight} as weight "
            f"from rows_{name} as rows join files_{name} as files on files.file_no = rows.file_no{keys}"
        ).createOrReplaceTempView(dialect.view("deliveries", name))

    def _keys(self, name: str, unit: str) -> str:
        """Let the server have the record keys of a table; how its rows find theirs."""
        path = self._scratch / f"keys_{name}.parquet"
        self._database.execute(f"copy reference.{name}_keys to {literal(str(path))} (format parquet)")
        self._session.read.parquet(str(path)).createOrReplaceTempView(f"keys_{name}")
        return (
            f" join keys_{name} as keys on keys.sender = files.sender and keys.id = {dialect.spark(unit, {})}"
        )


def _columns(types: Mapping[str, str]) -> str:
    return ", ".join(f"{column} {kind}" for column, kind in types.items())


def _session(server: str) -> Any:
    try:
        from pyspark.sql import SparkSession
        from pyspark.sql.connect.client.retries import DefaultPolicy
    except ImportError:
        raise NotInstalledError from None
    # What is wrong is said once, and by us; some of it would come after the end of a session.
    warnings.filterwarnings("ignore", module="pyspark")
    session = SparkSession.builder.remote(server).create()
    session.client.set_retry_policies(
        [DefaultPolicy(max_retries=TRIES, initial_backoff=100, max_backoff=500)]
    )
    session.sql("select 1").toArrow()
    return session


def _errors() -> tuple[type[Exception], ...]:
    """How the client says that something went wrong there, or on the way."""
    try:
        import grpc
        from pyspark.errors import PySparkException
    except ImportError:
        return ()
    return PySparkException, grpc.RpcError
