"""Attack 12, a check: what else gets out? Columns and bytes of the file, off-list and malformed requests."""

import json
import tempfile
from typing import Any

from data.foundation import land
from data.redteam.attacker import door
from data.redteam.attacker.door import Public
from data.redteam.attacker.likelihood import T
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import entry

SECRET_COLUMNS = {
    "n",
    "u",
    "v",
    "key",
    "key_sum",
    "record_key",
    "weight",
    "packed",
    "person",
    "case_no",
    "case_id",
}
SECRET_WORDS = (b"fall_id", b"ziel_id", b"record_key", b"key_sum", b"perturbed", b"release-keys", b"weight")
REFUSED = (
    ("goals/plans", "area_code=08'; drop table marts.cases; --"),
    ("goals/plans", "area_code=08' or '1'='1"),
    ("goals/plans", "area_code=08", "period=2024' union select 1"),
    ("goals/plans", "area_code=08111000,08425072"),
    ("goals/plans", "level=strasse"),
    ("goals/plans", "area_code=08", "edition=../../warehouse"),
    ("goals/../../marts/cases",),
    ("../deliveries/faelle",),
    ("marts.cases",),
    ("goals/plans", "origin=SY"),
    ("goals/plans", "area_code=08", "--audience", "internal"),
)


def attack(found: Opened, public: Public) -> dict[str, Any]:
    """Passes if only dimensions and published values are in the file, and nothing off the list gets out."""
    leaks = [*_columns(found), *_bytes(found)]
    internal = [(name, "area_code=08") for name in door.questions("internal")]
    requests = [*internal, *_requests(found)]
    for arguments, answer in zip(requests, public(requests), strict=True):
        request = " ".join(arguments)
        refused = arguments in REFUSED or arguments in internal
        if refused and (answer.code == 0 or answer.out):
            leaks.append(f"answered: {request}")
        if not refused and (answer.code != 0 or _numbers(answer.out)):
            leaks.append(f"numbers off the list: {request}")
        if (
            isinstance(answer.code, str)
            or "Traceback" in answer.err
            or tempfile.gettempdir() in answer.err + answer.out
        ):
            leaks.append(f"an error that tells too much: {request}")
    return entry(12, "leakage", not leaks, requests=len(requests), leaks=len(leaks), first=leaks[:10])


def _columns(found: Opened) -> list[str]:
    leaks = [
        f"{schema}.{table}.{column}"
        for schema, table, column in found.rows(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where database_name = 'r' and not internal"
        )
        if schema != "marts" or column in SECRET_COLUMNS
    ]
    for kind in ("views", "indexes", "sequences"):
        leaks += [
            kind
            for _ in found.rows(
                f"select 1 from duckdb_{kind}() where database_name = 'r' "
                + ("and not internal" if kind == "views" else "")
            )
        ]
    for table in found.tables.values():
        counts = list(table.counts)
        told = ", ".join(
            f"count(*) filter ({count} <> 0 and {count} < {T}), count(*) filter ({count} = 0)"
            for count in counts
        )
        (row,) = found.rows(f"select {told} from r.marts.{table.name}")
        for count, small, zero in zip(counts, row[::2], row[1::2], strict=True):
            leaks += [f"{table.name}.{count} below {T}"] if small else []
            leaks += [f"{table.name}.{count} keeps withheld rows"] if table.sparse and zero else []
    return leaks


def _bytes(found: Opened) -> list[str]:
    content = found.release.read_bytes()
    return [f"the word {word.decode()} in the file" for word in SECRET_WORDS if word in content]


def _requests(found: Opened) -> list[tuple[str, ...]]:
    """The refused ones, and what the list does not hold: months, details and curves of a municipality."""
    ((place,),) = found.rows(
        "select area_code from r.marts.cases where area_level = 'gemeinde' and area_code not in ("
        "select area from places join r.marts.areas on area_code = parent where area_kind = $town) "
        "group by 1 order by max(active_cases) desc nulls last limit 1",
        town=land.own().town,
    )
    ((month,),) = found.rows("select max(period) from r.marts.periods where period_grain = 'month'")
    off = [("caseload/people", f"period={month}"), ("goals/development", ""), ("goals/time_to_goal", "")]
    return [
        *REFUSED,
        *(
            tuple(each for each in (name, f"area_code={place}", choice, "--format", "json") if each)
            for name, choice in off
        ),
    ]


def _numbers(out: str) -> bool:
    """Whether an answer holds any count."""
    counts = ("active_cases", "all_cases", "persons", "at_risk", "attained", "ended", "attained_share")
    return any(isinstance(row.get(name), int | float) for row in json.loads(out)["rows"] for name in counts)
