"""From rows that break a rule to findings: exact count, first rows, value and line as in the file.

The rows themselves, as they stand in the file, are collected too: to be shown and repaired.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import duckdb

from data.deliveries.checking.load import ROW, Loaded, has_mark, keep_text, numbered_text
from data.deliveries.format.findings import (
    LISTED_PER_RULE,
    VALUES_PER_RULE,
    FaultyRows,
    Group,
    finding,
    rules,
    shown_value,
)
from data.deliveries.format.parts import Part, wording
from data.foundation.languages import Wording

MOST_ROWS = 5_000  # of one file; more are not repaired by hand


@dataclass(frozen=True)
class Broken:
    """A rule that some rows break. `rows` is SQL that yields their row ids as `row`.

    `value` is SQL over the text columns for the value to show; without it, the column's text is shown.
    """

    rule: str
    column: str
    rows: str
    wording: Wording = field(default_factory=dict)


@dataclass(frozen=True)
class _Hit:
    broken: Broken
    count: int
    rows: tuple[int, ...]


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
    text_of_rows = keep_text(connection, loaded.part, rows)
    lines = dict(zip(rows, loaded.part.lines(rows), strict=True))
    return [_group(connection, loaded, hit, text_of_rows, lines) for hit in hits]


def faulty_rows(
    connection: duckdb.DuckDBPyConnection, loaded: Iterable[Loaded], groups: Sequence[Group]
) -> tuple[FaultyRows, ...]:
    """Of each file or sheet the rows that any finding is about, in the order of the file."""
    return tuple(rows for each in loaded if (rows := _of(connection, each, groups)))


def _but_said(loaded: Loaded, broken: Broken) -> Broken:
    """Without the rows whose cell shows an error, or would have: that has been said already."""
    said, other = loaded.part.without_value, broken.wording.get("other")
    rows = {*said.get(broken.column, ()), *(said.get(other, ()) if isinstance(other, str) else ())}
    if not rows:
        return broken
    listed = ", ".join(map(str, sorted(rows)))
    return replace(broken, rows=f"select row from ({broken.rows}) where row not in ({listed})")


def _hit(connection: duckdb.DuckDBPyConnection, broken: Broken) -> _Hit | None:
    counted = connection.execute(f"select count(*) from ({broken.rows})").fetchone()
    if not counted or not counted[0]:
        return None
    first = connection.execute(
        f"select row from ({broken.rows}) order by row limit {LISTED_PER_RULE}"
    ).fetchall()
    return _Hit(broken, int(counted[0]), tuple(row for (row,) in first))


def _group(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, hit: _Hit, text_of_rows: str, lines: dict[int, int]
) -> Group:
    part, broken = loaded.part, hit.broken
    origin = part.origin(broken.column)
    rule = origin.rule(broken.rule)
    found = connection.execute(
        f"select {origin.value}, {origin.number} from (select unnest($rows) as row) as b "
        f"join {text_of_rows} as r on r.{ROW} = b.row order by b.row",
        {"rows": list(hit.rows)},
    ).fetchall()
    values = Counter(shown_value(value) for value, _ in found if value is not None)
    if hit.count > len(hit.rows):
        values = _every_value(connection, part, origin.value, broken.rows)
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
        values=tuple(values.most_common(VALUES_PER_RULE)),
        different=len(values),
    )


def _every_value(connection: duckdb.DuckDBPyConnection, part: Part, value: str, rows: str) -> Counter[str]:
    """Each value that breaks a rule and the number of its rows, where these are more than are listed."""
    counted = connection.execute(
        f"select {value} as v, count(*) from ({numbered_text(part)}) as r "
        f"where {ROW} in (select row from ({rows})) group by v having v is not null"
    ).fetchall()
    values: Counter[str] = Counter()
    for written, count in counted:
        values[shown_value(written)] += count
    return values


def _of(connection: duckdb.DuckDBPyConnection, loaded: Loaded, groups: Sequence[Group]) -> FaultyRows | None:
    part, place = loaded.part, loaded.part.place
    wanted = sorted(
        {
            row
            for group in groups
            if (group.file, group.sheet, group.table) == (place.file, place.sheet, part.table)
            for row in group.rows
        }
    )[:MOST_ROWS]
    if not wanted:
        return None
    # What a profile has mapped is shown as its sender wrote it, under the sender's own headings.
    origins = [part.origin(column) for column in (part.origins or part.columns)]
    shown = {
        origin.heading: origin.value for origin in origins
    }  # a column may be read twice, as key and value
    listed = ", ".join(shown.values())
    rows = connection.execute(
        f"select {listed} from {keep_text(connection, part, wanted)} as r order by r.{ROW}"
    ).fetchall()
    cells = tuple(zip(part.lines(wanted), rows, strict=True))
    return FaultyRows(place.file, place.sheet, tuple(shown), cells)
