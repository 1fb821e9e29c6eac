"""Every whole of the list with its parts, and what is left of it after the parts that are shown.

`families` has one row per withheld cell and whole: relation, the cell, rest (the whole less its shown
parts), shown and withheld (how many parts), and the whole, as a figure and as a cell. `rests` has the whole
less one shown part: a group that stands in no table, but that two shown cells tell of. `complete` has the
wholes all of whose parts are shown, and `members` those parts. `nearly_all` counts the parts of at least T
that are all of their whole, or all but a few, shown or not: what there would be to tell. `lies_in` tells in
how many shown wholes a withheld cell lies.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from data.foundation.sql import literal, literals
from data.redteam.attacker import opened
from data.redteam.attacker.door import Listed
from data.redteam.attacker.likelihood import T
from data.redteam.attacker.opened import Opened

FEW = 2
OTHER = {"what": "c.what", "area": "c.area", "period": "c.period", "sub": "c.sub", "label": "c.label"}


@dataclass(frozen=True)
class Relation:
    """How cells are parts of others: which ones, what the key of the whole has else, a further join.

    `among`: where wholes stand at all. It follows from the rest, and looking for them there alone is quicker.
    """

    name: str
    where: str
    whole: dict[str, str]
    join: str = field(default="")
    among: str = field(default="true")


def load(found: Opened) -> None:
    """Make the tables."""
    connection = found.connection
    connection.execute(
        "create table families "
        "(relation varchar, id bigint, rest bigint, shown bigint, withheld bigint, whole bigint, "
        "whole_id bigint)"
    )
    connection.execute(
        "create table complete (family varchar, whole bigint, whole_y bigint, added bigint, shown bigint)"
    )
    connection.execute("create table members (family varchar, id bigint, y bigint)")
    connection.execute("create table rests (relation varchar, id bigint, rest bigint, n bigint)")
    connection.execute("create table nearly_all (relation varchar, n bigint, pairs bigint)")
    for nth, each in enumerate(_partitions(found)):
        connection.execute(f"create or replace temp table parts as {_parts(each)}")
        connection.execute(f"create or replace temp table known as {_known(f'{each.name} {nth}')}")
        connection.execute(
            f"insert into families select {literal(each.name)}, id, whole_y - added, shown, withheld, "
            "whole_y, whole from parts join known using (whole, own_sub) "
            "where y = 0 and withheld between 1 and 20"
        )
        connection.execute(
            "insert into complete select name, whole, whole_y, added, shown from known where withheld = 0"
        )
        connection.execute(
            "insert into members select name, id, y from parts join known using (whole, own_sub) "
            "where withheld = 0 and y > 0"
        )
    for each in _wholes(found):
        connection.execute(
            f"insert into rests select {literal(each.name)}, c.rowid, p.y - c.y, p.n - c.n from cells as c "
            f"join cells as p on {_same(each.whole)} where {each.where} and c.y > 0 and p.y > 0"
        )
        connection.execute(
            f"insert into nearly_all select {literal(each.name)}, p.n - c.n, count(*) from cells as c "
            f"join cells as p on {_same(each.whole)} where {each.where} and c.n >= {T} "
            f"and p.n - c.n <= {FEW} "
            "group by p.n - c.n"
        )
    connection.execute("create table lies_in as select id, count(*) as wholes from families group by id")


def _same(parent: dict[str, str]) -> str:
    return " and ".join(f"p.{name} is not distinct from {is_}" for name, is_ in (OTHER | parent).items())


def _parts(of: Relation) -> str:
    """The parts of shown wholes: of the others, which are many, nothing is left to tell of."""
    return (
        "select c.rowid as id, c.y, c.sub as own_sub, p.rowid as whole, p.y as y_of_whole "
        f"from cells as c {of.join} "
        f"join cells as p on {_same(of.whole)} where {of.where} and p.y > 0 and {of.among}"
    )


def _known(name: str) -> str:
    """The families, each by a name of its own; what nobody delivered counts nowhere."""
    return (
        f"select whole, own_sub, concat_ws(' ', {literal(name)}, whole, own_sub) as name, "
        "any_value(y_of_whole) as whole_y, coalesce(sum(y), 0) as added, "
        "count(*) filter (y > 0) as shown, count(*) filter (y = 0) as withheld from parts group by all"
    )


def _partitions(found: Opened) -> Iterator[Relation]:
    """Which cells are the parts of which whole, without rest; each is named by what the whole is."""
    for whole, part in found.rows("select distinct level, part_level from area_parts order by all"):
        join = f"join area_parts as nest on nest.part = c.area and nest.level = {literal(whole)}"
        among = f"p.level = {literal(whole)}"
        yield Relation(whole, f"c.level = {literal(part)}", {"area": "nest.whole"}, join, among)
    for whats, levels in found.rows(
        "select list(what order by what), levels from (select what, "
        "list(distinct level order by level) as levels from cells where level <> '' group by what) "
        "group by levels order by all"
    ):
        opened.mixed(found.connection, levels)
        join = "join mixed_parts as nest on nest.part = c.area"
        yield Relation("mixed", f"c.what in ({_named(whats)})", {"area": "nest.whole"}, join)
    flows = _named(f"{table.name}.{name}" for table in found.tables.values() for name in table.flows)
    for whole, part in found.rows(
        "select distinct time_above.grain, times.grain from time_above join times using (period) order by all"
    ):
        join = f"join time_above as nest on nest.period = c.period and nest.grain = {literal(whole)}"
        where = f"c.grain = {literal(part)} and c.what in ({flows})"
        yield Relation(whole, where, {"period": "nest.whole"}, join, f"p.grain = {literal(whole)}")
    for table in found.tables.values():
        yield from _in_total(table)
    for table in (each for each in found.tables.values() if "breakdown" in each.key):
        for count, ((other, whole, _), *_) in table.wholes.items():
            key = {"what": f"'{other}.{whole}'", "sub": "''", "label": "''"}
            yield Relation("breakdown", f"c.what = '{table.name}.{count}'", key)


def _wholes(found: Opened) -> Iterator[Relation]:
    """Parts of wholes as the headers declare them, by their kind, and totals."""
    for table in found.tables.values():
        for part, wholes in table.wholes.items():
            for other, whole, kind in wholes if part in table.counts else ():
                elsewhere = {"sub": "''", "label": "''"} if other else {}
                key = {"what": f"'{other or table.name}.{whole}'"} | elsewhere
                yield Relation(kind, f"c.what = '{table.name}.{part}'", key)
        yield from _in_total(table)


def _in_total(table: Listed) -> Iterator[Relation]:
    """The parts of the total of a table, and of the values between: each whole with what lies next in it."""
    if not table.total:
        return
    rows = _named(f"{table.name}.{name}" for name in table.counts)
    if not table.tree:
        value = literal(table.total[1])
        yield Relation("total", f"c.what in ({rows}) and c.label <> {value}", {"label": value})
    for whole in dict.fromkeys(filter(None, table.tree.values())):
        parts = _named(value for value, parent in table.tree.items() if parent == whole)
        relation = "total" if whole == table.total[1] else "theme"
        yield Relation(relation, f"c.what in ({rows}) and c.label in ({parts})", {"label": literal(whole)})


def _named(names: object) -> str:
    return literals(sorted(set(names)))  # type: ignore[call-overload]
