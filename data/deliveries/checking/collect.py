"""From rows that break a rule to findings: exact count, first rows, value and line as in the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import duckdb

from data.deliveries.findings import KEPT_PER_RULE, Group
from data.deliveries.load import ROW, Loaded, has_mark, keep_text
from data.deliveries.origin import wording
from data.deliveries.wording import finding, rules
from data.languages import Wording


@dataclass(frozen=True)
class Broken:
    """A rule that some rows break. `rows` is SQL that yields their row ids as `row`.

    `value` is SQL over the text columns for the value to show; without it, the column's text is shown.
    """

    rule: str
    column: str
    rows: str
    wording: Wording = field(default_factory=dict)


def marked(loaded: Loaded, mark: int, rule: str | None = None, but: int | None = None) -> Broken:
    """The rows with this mark but not with another one, under the check's own rule or another one."""
    check = loaded.checks[mark]
    rows = f"select rowid as row from {loaded.typed} where {has_mark([mark])}"
    if but is not None:
        rows += f" and not {has_mark([but])}"
    return Broken(rule or check.rule, check.column, rows, check.wording)


def collect(connection: duckdb.DuckDBPyConnection, loaded: Loaded, every: Iterable[Broken]) -> list[Group]:
    """The findings of each rule that any row breaks. The file is read once more for the rows in question."""
    hits = [hit for broken in every if (hit := _hit(connection, _but_said(loaded, broken)))]
    rows = sorted({row for hit in hits for row in hit.rows})
    if not rows:
        return []
    kept = keep_text(connection, loaded.part, rows)
    lines = dict(zip(rows, loaded.part.lines(rows), strict=True))
    return [_group(connection, loaded, hit, kept, lines) for hit in hits]


def _but_said(loaded: Loaded, broken: Broken) -> Broken:
    """Without the rows whose cell shows an error, or would have: that has been said already."""
    said, other = loaded.part.said, broken.wording.get("other")
    rows = {*said.get(broken.column, ()), *(said.get(other, ()) if isinstance(other, str) else ())}
    if not rows:
        return broken
    listed = ", ".join(map(str, sorted(rows)))
    return replace(broken, rows=f"select row from ({broken.rows}) where row not in ({listed})")


@dataclass(frozen=True)
class _Hit:
    broken: Broken
    count: int
    rows: tuple[int, ...]


def _hit(connection: duckdb.DuckDBPyConnection, broken: Broken) -> _Hit | None:
    counted = connection.execute(f"select count(*) from ({broken.rows})").fetchone()
    if not counted or not counted[0]:
        return None
    first = connection.execute(
        f"select row from ({broken.rows}) order by row limit {KEPT_PER_RULE}"
    ).fetchall()
    return _Hit(broken, int(counted[0]), tuple(row for (row,) in first))


def _group(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, hit: _Hit, kept: str, lines: dict[int, int]
) -> Group:
    part, broken = loaded.part, hit.broken
    origin = part.origin(broken.column)
    rule = origin.rule(broken.rule)
    found = connection.execute(
        f"select {origin.value}, {origin.number} from (select unnest($rows) as row) as b "
        f"join {kept} as r on r.{ROW} = b.row order by b.row",
        {"rows": list(hit.rows)},
    ).fetchall()
    return Group(
        rule=rule,
        severity=rules()[rule].severity,
        file=part.place.file,
        sheet=part.place.sheet,
        column=origin.heading,
        count=hit.count,
        of_rows=loaded.rows,
        findings=tuple(
            finding(
                rule,
                part.place,
                line=lines[row],
                column=origin.named(number),
                value=value,
                wording=wording(part.origins, origin, rule, broken.wording, number),
            )
            for row, (value, number) in zip(hit.rows, found, strict=True)
        ),
        rows=hit.rows,
        table=part.table,
    )
