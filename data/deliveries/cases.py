"""New, gone and changed cases between two deliveries of a sender: counts only, no case is named."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.deliveries.figures import rows_of
from data.sql import name


@dataclass(frozen=True)
class CaseChanges:
    """How many case ids are new, gone, changed in any column that both deliveries have, or the same."""

    new: int
    gone: int
    changed: int
    same: int


def case_changes(
    connection: duckdb.DuckDBPyConnection,
    tables: tuple[Mapping[str, Path], Mapping[str, Path]],
    columns: Sequence[str],
) -> CaseChanges:
    """Compare the cases of two deliveries by their id; a delivery without cases has none."""
    before, after = (
        rows_of(each["faelle"]) if "faelle" in each else "(select null::varchar as fall_id where false)"
        for each in tables
    )
    both = all("faelle" in each for each in tables)
    compared = [column for column in columns if column != "fall_id"] if both else []
    differs = " or ".join(f"b.{name(each)} is distinct from a.{name(each)}" for each in compared) or "false"
    row = connection.execute(
        "select count(*) filter (b.fall_id is null), count(*) filter (a.fall_id is null), "
        f"count(*) filter (b.fall_id is not null and a.fall_id is not null and ({differs})), "
        f"count(*) filter (b.fall_id is not null and a.fall_id is not null and not ({differs})) "
        f"from {before} as b full join {after} as a on a.fall_id = b.fall_id"
    ).fetchone()
    return CaseChanges(*(row or (0, 0, 0, 0)))
