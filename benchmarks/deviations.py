"""What giving a cell its deviation costs, beside DuckDB counting the records of the same cells."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.measured import compared, in_turns
from benchmarks.promises import Figure, Promise
from data.foundation.parameters import Parameters
from data.releases import protect
from data.releases.secrets import Keys

CELLS = 5_000_000
RECORDS = 10  # of each cell
KEYS = Keys(b"a" * 32, b"b" * 32)
PROMISES = (Promise("deviations", f"deviating {CELLS:,} cells", "DuckDB counting them", below=3),)


def figures(folder: Path, cells: int = CELLS) -> Iterator[Figure]:
    """Counting and deviating in turns, in memory."""
    with duckdb.connect() as connection:
        connection.execute(
            f"create table records as select hash(i) % {cells} as cell, hash(i, 1) % 4294967296 as key "
            f"from range({cells * RECORDS}) as records(i)"
        )

        def count() -> None:
            connection.execute(
                "create or replace table probe as select cell, "
                "(count(*) << 32 | (sum(key) % 4294967296)::bigint) as number from records group by cell"
            )

        def deviate() -> None:
            packed = connection.execute("select number from probe").fetchnumpy()["number"]
            protect.deviated(packed[:, None], KEYS.k2, Parameters())

        counting, deviating = in_turns(count, deviate, rounds=2)
    yield compared("deviations", deviating, counting)
