"""From rows that break a rule to findings: exact count, first rows, value and line as in the file."""

from dataclasses import dataclass, field

import duckdb

from data.deliveries.findings import KEPT_PER_RULE, Group
from data.deliveries.load import MARKS, Loaded, keep_text
from data.deliveries.origin import wording
from data.deliveries.wording import finding, rules


@dataclass(frozen=True)
class Broken:
    """A rule that some rows break. `rows` is SQL that yields their row ids as `row`.

    `value` is SQL over the text columns for the value to show; without it, the column's text is shown.
    """

    rule: str
    column: str
    rows: str
    wording: dict[str, str] = field(default_factory=dict)


def marked(loaded: Loaded, bit: int, rule: str | None = None) -> Broken:
    """The rows with this mark, under the check's own rule or another one."""
    check = loaded.checks[bit]
    rows = f"select rowid as row from {loaded.typed} where {MARKS} & {1 << bit}::ubigint <> 0"
    return Broken(rule or check.rule, check.column, rows, check.wording)


def collect(connection: duckdb.DuckDBPyConnection, loaded: Loaded, broken: Broken) -> Group | None:
    """The findings of one rule, or None if no row breaks it."""
    counted = connection.execute(f"select count(*) from ({broken.rows})").fetchone()
    count = int(counted[0]) if counted else 0
    if not count:
        return None
    part = loaded.part
    kept = keep_text(connection, part)
    origin = part.origin(broken.column)
    rule = origin.rule(broken.rule)
    found = connection.execute(
        f"select b.row, {origin.value}, {origin.number} "
        f"from ({broken.rows} order by row limit {KEPT_PER_RULE}) as b "
        f"join {kept} as r on r.rowid = b.row order by b.row"
    ).fetchall()
    lines = part.lines([row for row, *_ in found])
    return Group(
        rule=rule,
        severity=rules()[rule]["severity"],
        file=part.place.file,
        sheet=part.place.sheet,
        column=origin.heading,
        count=count,
        of_rows=loaded.rows,
        findings=tuple(
            finding(
                rule,
                part.place,
                line=line,
                column=origin.named(number),
                value=value,
                wording=wording(part.origins, origin, broken.wording, number),
            )
            for line, (_, value, number) in zip(lines, found, strict=True)
        ),
        rows=tuple(row for row, *_ in found),
    )
