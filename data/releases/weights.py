"""Every counted unit of a release gets its record key, as the weight that the SQL layers add up.

A weight is 2^62 + the record key: a sum of weights holds the count above bit 62 and the sum of keys below,
exactly, in any order, with any number of threads (DuckDB adds whole numbers of 64 bits up in 128).
"""

import duckdb
import pyarrow as pa

from data.disclosure import keys

UNITS = {
    "faelle": ("case", "fall_id"),
    "ziele": ("goal", "ziel_id"),
    "beratungen": ("consultation", "beratung_id"),
}
ONE = 2**62
AT_ONCE = 500_000


def load(connection: duckdb.DuckDBPyConnection, k1: bytes) -> None:
    """Replace the weight 1 of `deliveries.faelle`, `ziele` and `beratungen` by weights with record keys.

    K1 stays in Python; only the keys that are made with it reach the database, which is in memory.
    """
    for name, (unit, column) in UNITS.items():
        kind = connection.execute(
            "select table_type from information_schema.tables "
            "where table_schema = 'deliveries' and table_name = ?",
            [name],
        ).fetchone()
        if not kind or kind[0] != "VIEW":
            continue  # nobody delivers this table
        connection.execute(f"alter view deliveries.{name} rename to {name}_unkeyed")
        connection.execute(f"create table reference.{name}_keys (sender varchar, id varchar, key bigint)")
        for (sender,) in connection.execute(
            f"select distinct sender from deliveries.{name}_unkeyed order by sender"
        ).fetchall():
            _keyed(connection, name, unit, column, sender, k1)
        connection.execute(
            f"create view deliveries.{name} as "
            f"select rows.* replace ({ONE}::bigint + keys.key as weight) "
            f"from deliveries.{name}_unkeyed as rows "
            f"join reference.{name}_keys as keys on keys.sender = rows.sender and keys.id = rows.{column}"
        )


def _keyed(
    connection: duckdb.DuckDBPyConnection, name: str, unit: str, column: str, sender: str, k1: bytes
) -> None:
    ids = connection.execute(
        f"select distinct {column} as id from deliveries.{name}_unkeyed where sender = ?", [sender]
    )
    while batch := [row[0] for row in ids.fetchmany(AT_ONCE)]:
        made = pa.table({"id": batch, "key": keys.record_keys(k1, unit, sender, batch)})
        insert = connection.cursor()
        insert.register("made", made)
        insert.execute(f"insert into reference.{name}_keys select ?, id, key from made", [sender])
        insert.unregister("made")
