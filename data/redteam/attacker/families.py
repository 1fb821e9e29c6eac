"""Every whole of the list with its parts, and what is left of it after the parts that are shown.

`families` has one row per withheld cell and whole: relation, the cell, rest (the whole less its shown
parts), shown and withheld (how many parts), n. `rests` has the whole less one shown part: a group that
stands in no table, but that two shown cells tell of. `complete` has the wholes all of whose parts are
shown, and `members` those parts.
"""

from itertools import pairwise

from data.foundation import areas, periods
from data.foundation.sql import literal, literals
from data.redteam.attacker.lists import Listed
from data.redteam.attacker.opened import Opened

OTHER = {"what": "c.what", "area": "c.area", "period": "c.period", "sub": "c.sub", "label": "c.label"}


def load(found: Opened) -> None:
    """Make both tables."""
    connection = found.connection
    connection.execute(
        "create table families "
        "(relation varchar, id bigint, rest bigint, shown bigint, withheld bigint, whole bigint)"
    )
    connection.execute(
        "create table complete (family varchar, whole bigint, whole_y bigint, added bigint, shown bigint)"
    )
    connection.execute("create table members (family varchar, id bigint, y bigint)")
    connection.execute("create table rests (relation varchar, id bigint, rest bigint, n bigint)")
    for relation, where, parent in _partitions(found):
        connection.execute(f"create or replace temp table parts as {_parts(where, parent)}")
        connection.execute(f"create or replace temp table known as {_known(relation)}")
        connection.execute(
            f"insert into families select {literal(relation)}, id, whole_y - added, shown, withheld, whole_y "
            "from parts join known using (whole, own_sub) where y = 0 and withheld between 1 and 20"
        )
        connection.execute(
            "insert into complete select name, whole, whole_y, added, shown from known where withheld = 0"
        )
        connection.execute(
            "insert into members select name, id, y from parts join known using (whole, own_sub) "
            "where withheld = 0 and y > 0"
        )
    for relation, where, parent in _wholes(found):
        connection.execute(
            f"insert into rests select {literal(relation)}, c.rowid, p.y - c.y, p.n - c.n from cells as c "
            f"join cells as p on {_same(parent)} where {where} and c.y > 0 and p.y > 0"
        )


def _same(parent: dict[str, str]) -> str:
    return " and ".join(f"p.{name} is not distinct from {is_}" for name, is_ in (OTHER | parent).items())


def _parts(where: str, parent: dict[str, str]) -> str:
    """The parts of shown wholes: of the others, which are many, nothing is left to tell of."""
    return (
        "select c.rowid as id, c.y, c.sub as own_sub, p.rowid as whole, p.y as y_of_whole from cells as c "
        "left join places using (area) left join times using (period) "
        f"join cells as p on {_same(parent)} where {where} and p.y > 0"
    )


def _known(relation: str) -> str:
    """The families; what nobody delivered counts nowhere."""
    return (
        f"select whole, own_sub, concat_ws(' ', {literal(relation)}, whole, own_sub) as name, "
        "any_value(y_of_whole) as whole_y, coalesce(sum(y), 0) as added, "
        "count(*) filter (y > 0) as shown, count(*) filter (y = 0) as withheld from parts group by all"
    )


def _partitions(found: Opened) -> list[tuple[str, str, dict[str, str]]]:
    """Relation, which cells are parts, and the key of their whole; the parts make the whole without rest."""
    made = []
    # Parts of all levels together: a Kreis is its associations and the municipalities that are in none. In a
    # table without associations all municipalities are the parts of their Kreis.
    for with_them, parent in ((True, "places.parent"), (False, "places.larger")):
        listed = _named(
            f"{table.name}.{name}"
            for table in found.tables.values()
            for name in table.counts
            if (areas.ASSOCIATION in table.levels) is with_them
        )
        made.append(("area", f"c.what in ({listed})", {"area": parent}))
    flows = _named(f"{table.name}.{name}" for table in found.tables.values() for name in table.flows)
    for longer, grain in pairwise(periods.GRAINS):
        made.append((longer, f"c.grain = '{grain}' and c.what in ({flows})", {"period": "times.parent"}))
    for table in found.tables.values():
        made += _in_total(table)
    for table in (each for each in found.tables.values() if "breakdown" in each.key):
        for count, ((other, whole, _), *_) in table.wholes.items():
            key = {"what": f"'{other}.{whole}'", "sub": "''", "label": "''"}
            made.append(("breakdown", f"c.what = '{table.name}.{count}'", key))
    return made


def _wholes(found: Opened) -> list[tuple[str, str, dict[str, str]]]:
    """Parts of wholes as the headers declare them, by their kind, and totals."""
    made = []
    for table in found.tables.values():
        for part, wholes in table.wholes.items():
            for other, whole, kind in wholes if part in table.counts else ():
                elsewhere = {"sub": "''", "label": "''"} if other else {}
                key = {"what": f"'{other or table.name}.{whole}'"} | elsewhere
                made.append((kind, f"c.what = '{table.name}.{part}'", key))
        made += _in_total(table)
    return made


def _in_total(table: Listed) -> list[tuple[str, str, dict[str, str]]]:
    """The parts of the total of a table, and of the values between: each whole with what lies next in it."""
    if not table.total:
        return []
    rows = _named(f"{table.name}.{name}" for name in table.counts)
    if not table.tree:
        value = literal(table.total[1])
        return [("total", f"c.what in ({rows}) and c.label <> {value}", {"label": value})]
    made = []
    for whole in dict.fromkeys(filter(None, table.tree.values())):
        parts = _named(value for value, parent in table.tree.items() if parent == whole)
        relation = "total" if whole == table.total[1] else "theme"
        made.append((relation, f"c.what in ({rows}) and c.label in ({parts})", {"label": literal(whole)}))
    return made


def _named(names: object) -> str:
    return literals(sorted(set(names)))  # type: ignore[call-overload]
