"""A delivery beside those in the store: cases that others have too or answer for, ids that mean other cases
than the last time, sums far from the last ones, tables and columns that are gone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import duckdb

from data.deliveries.checking.check import collect
from data.deliveries.checking.columns import EMPTY
from data.deliveries.checking.workbench import Broken, Loaded
from data.deliveries.format import sender
from data.deliveries.format.findings import Group, Place, group, phrase
from data.deliveries.format.sender import Sender
from data.deliveries.handin.comparison import is_far
from data.deliveries.store import deliveries
from data.deliveries.store.deliveries import Stored
from data.foundation.settings import Settings
from data.foundation.sql import identifier, literal, literals

FEW = 30  # rows below which a third more says nothing
IN_BOTH = 5  # ids that both stocks have; fewer say nothing of how they were numbered
LONG = 8  # characters of an id; shorter ones are running numbers, which everybody has


def against(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    head: Sender,
    loaded: Sequence[Loaded],
    whole: Place,
) -> list[Group]:
    """What is odd about a delivery beside what is stored of other senders, and of the same one.

    `whole` is where what is not there is said to be missing: the delivery.
    """
    last = _last(settings, head)
    current = deliveries.current_tables(settings)
    own = deliveries.of_sender(current, head.sender)
    groups = list(_gone(own, head, loaded, whole)) if head.complete else []
    emptied = {(each.file, each.sheet) for each in groups if each.rule == "table-emptied"}
    for each in loaded:
        groups += _columns_gone(connection, own, head, each)
        others = [stored for stored in current[each.table.name] if stored.sender != head.sender]
        for key in each.table.rules.get("x-odd-if-elsewhere", []):
            groups += _elsewhere(connection, head, each, key, others)
        groups += _answered_elsewhere(connection, settings, head, each)
        groups += collect(connection, each, _renumbered(connection, own, head, each))
        if last and each.table.name in last.tables:
            groups += _far(connection, each, last)
        place = each.part.place
        if not each.rows and (place.file, place.sheet) not in emptied:
            groups.append(group("header-only", place, wording={"other": each.table.name}))
    return groups


def _last(settings: Settings, head: Sender) -> Stored | None:
    before = [
        stored
        for stored in deliveries.all_deliveries(settings)
        if stored.sender == head.sender
        and stored.complete
        and stored.state != "taken_back"
        and stored.reporting_date <= head.reporting_date
    ]
    return before[-1] if before else None


def _gone(own: Mapping[str, Stored], head: Sender, loaded: Sequence[Loaded], whole: Place) -> Iterator[Group]:
    """Tables that stand for the sender with rows, and that this whole stock lacks, or has without a row."""
    now = {each.table.name: each for each in loaded}
    for table, stored in own.items():
        rows = stored.rows[table]
        if not rows or stored.reporting_date > head.reporting_date:
            continue
        if table not in now:
            yield group("table-gone", whole, wording={"other": table, "limit": rows})
        elif not now[table].rows_stored:
            yield group("table-emptied", now[table].part.place, wording={"other": table, "limit": rows})


def _columns_gone(
    connection: duckdb.DuckDBPyConnection, own: Mapping[str, Stored], head: Sender, loaded: Loaded
) -> Iterator[Group]:
    """Columns in which values stand for the sender, and that this table lacks, or has without a value."""
    stored = own.get(loaded.table.name)
    if stored is None or not loaded.rows_stored or stored.reporting_date > head.reporting_date:
        return
    standing = f"read_parquet({literal(str(stored.tables[loaded.table.name]))})"
    columns = [each.name for each in loaded.table.fields if each.name in stored.present[loaded.table.name]]
    crosses = {each.name for each in loaded.table.fields if each.type == "boolean"}
    before = _filled(connection, {column: identifier(column) for column in columns}, standing)
    # As checked, an empty cell of a column of crosses has a number of its own.
    cells = {
        column: f"nullif({identifier(column)}, {EMPTY})" if column in crosses else identifier(column)
        for column in columns
    }
    now = _filled(connection, cells, loaded.typed)
    present = {*loaded.part.present}
    for column in columns:
        if before[column] < IN_BOTH or now[column]:
            continue
        if column not in present:
            missing, line = f"{loaded.table.name}.{column}", loaded.part.header_line
            wording = {"other": missing, "limit": str(before[column])}
            yield group("column-gone", loaded.part.place, line=line, wording=wording)
        elif loaded.rows_stored >= IN_BOTH:
            heading = loaded.part.origin(column).heading
            yield group(
                "column-emptied", loaded.part.place, column=heading, wording={"limit": before[column]}
            )


def _filled(connection: duckdb.DuckDBPyConnection, cells: Mapping[str, str], source: str) -> dict[str, int]:
    """By column in how many rows its cell, an expression of SQL, has a value."""
    if not cells:
        return {}
    counted = ", ".join(f"count({cell})" for cell in cells.values())
    (numbers,) = connection.execute(f"select {counted} from {source}").fetchall()
    return dict(zip(cells, numbers, strict=True))


def _elsewhere(
    connection: duckdb.DuckDBPyConnection, head: Sender, loaded: Loaded, key: str, others: list[Stored]
) -> Iterator[Group]:
    """Ids that stand in the stocks of others too: who they are is for those who run the program."""
    if not others:
        return
    names = {
        str(stored.tables[loaded.table.name]): f"{stored.sender_name} ({stored.sender})" for stored in others
    }
    theirs = (
        f"select {identifier(key)} as id, filename from read_parquet([{literals(names)}], filename = true)"
    )
    both = (
        f"from {loaded.typed} c join ({theirs}) o on o.id = c.{identifier(key)} where length(o.id) >= {LONG}"
    )
    rows = f"select distinct c.rowid as row {both}"
    for each in collect(connection, loaded, [Broken("case-elsewhere", key, rows)]):
        counted = connection.execute(
            f"select filename, count(distinct c.rowid) {both} group by filename order by filename"
        ).fetchall()
        said = "; ".join(f"{names[file]}: {count:,}" for file, count in counted)
        yield replace(each, for_operators=f"Ids of {head.name} ({head.sender}) that others have too: {said}.")


def _answered_elsewhere(
    connection: duckdb.DuckDBPyConnection, settings: Settings, head: Sender, loaded: Loaded
) -> Iterator[Group]:
    """Cases of municipalities for which another sender answers by the list: those that were open since.

    The sender is told of "another office"; both names are for those who run the program.
    """
    rule = loaded.table.rules.get("x-odd-if-answered-elsewhere")
    listed: list[sender.Line] = []
    with suppress(sender.ResponsibleListError):  # `build` names the line; whoever hands in can't mend it
        listed = sender.responsible_lines(settings.responsible or sender.RESPONSIBLE) if rule else []
    others = {
        area: found
        for area, found in sender.responsible_on(listed, head.reporting_date).items()
        if head.sender not in found.senders
    }
    if not rule or not others:
        return
    area, end = identifier(rule["area"]), identifier(rule["end"])
    since = ", ".join(f"({literal(code)}, date '{found.since}')" for code, found in others.items())
    rows = (
        f"select c.rowid as row from {loaded.typed} c "
        f"join (values {since}) as o(code, since) on o.code = c.{area} "
        f"where c.{end} is null or c.{end} >= o.since"
    )
    names = {stored.sender: stored.sender_name for stored in deliveries.all_deliveries(settings)}
    for each in collect(connection, loaded, [Broken("answered-elsewhere", rule["area"], rows)]):
        counted = connection.execute(
            f"select {area}, count(*) from {loaded.typed} where rowid in (from ({rows})) "
            f"group by {area} order by {area}"
        ).fetchall()
        said = [f"{code} ({count:,}): {_named(others[code].senders, names)}" for code, count in counted]
        whose = f"Cases of {head.name} ({head.sender}) where another sender answers"
        yield replace(each, for_operators=f"{whose}: {'; '.join(said)}.")


def _named(senders: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(f"{names[each]} ({each})" if each in names else each for each in senders)


def _renumbered(
    connection: duckdb.DuckDBPyConnection, own: Mapping[str, Stored], head: Sender, loaded: Loaded
) -> Iterator[Broken]:
    """Ids that mean another case than in the stock that stands, where these are many; or a whole stock of
    which hardly an id is known there.
    """
    rule = loaded.table.rules.get("x-odd-if-renumbered")
    stored = own.get(loaded.table.name)
    if not rule or stored is None:
        return
    key = identifier(rule["key"])
    standing = f"read_parquet({literal(str(stored.tables[loaded.table.name]))})"
    same = [each for each in rule["same"] if each in loaded.part.present]
    other = " or ".join(f"l.{identifier(each)} <> c.{identifier(each)}" for each in same)
    both = f"from {loaded.typed} c join {standing} l on l.{key} = c.{key}"
    asked = f"select count(*), count(*) filter ({other or 'false'}) {both}"
    ((kept, differing),) = connection.execute(asked).fetchall()
    if kept >= IN_BOTH and is_far(Decimal(kept - differing), Decimal(kept)):
        wording = {"limit": kept, "other": differing}
        yield Broken("renumbered", rule["key"], f"select c.rowid as row {both} where {other}", wording)
    least = min(loaded.rows_stored, stored.rows[loaded.table.name])
    if head.complete and least >= FEW and kept * 2 < least:
        new = f"select c.rowid as row from {loaded.typed} c anti join {standing} l on l.{key} = c.{key}"
        wording = {"limit": stored.rows[loaded.table.name], "other": kept}
        yield Broken("ids-unknown", rule["key"], new, wording)


def _far(connection: duckdb.DuckDBPyConnection, loaded: Loaded, last: Stored) -> Iterator[Group]:
    file = f"read_parquet({literal(str(last.tables[loaded.table.name]))})"
    for of in loaded.table.rules.get("x-odd-if-far", []):
        amount = "count(*)" if of == "rows" else f"coalesce(sum({identifier(of)}), 0)"
        sums = [f"select {amount}, count(*) from {source}" for source in (loaded.typed, file)]
        (now, rows), (then, rows_then) = (connection.execute(each).fetchall()[0] for each in sums)
        if rows and max(rows, rows_then) >= FEW and is_far(Decimal(now), Decimal(then)):
            shown = {
                "other": phrase("sum-of", table=loaded.table.name, of=phrase("rows") if of == "rows" else of),
                "value": now,
                "limit": then,
            }
            yield group("far-from-last", loaded.part.place, value=f"{now:,}", wording=shown)
