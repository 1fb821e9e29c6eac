"""What is left of a whole beside its shown parts may not pin a withheld part down to few values. Pure.

A whole and its parts deviate by at most D each, so what is left is known to within D times their number.
Seldom the deviations fall so that the upper end of that is near zero: then the smallest part goes too.
Source: the criterion of integer feasibility, by which the interval of every small cell is at least five wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from data.disclosure.tables import Table
from data.foundation import areas, periods
from data.foundation.sql import literal

ROOM = 5


@dataclass(frozen=True)
class Family:
    """The rows of `parts` `where` are parts; those of equal `group` (column to SQL) are parts of one whole.

    The whole is the row of `relation` with the same `joined` columns, and the columns `wholes` (part to
    whole) hold the counts. Without `group` the parts stand in the row of their whole.
    """

    parts: str
    where: str
    relation: str
    wholes: dict[str, str]
    group: dict[str, str] = field(default_factory=dict)
    joined: tuple[str, ...] = ()


def families(table: Table) -> Iterator[Family]:
    """Every way in which rows of a released table are the parts of a shown whole."""
    every = {name: name for name in table.perturbed}
    own = f"released.{table.name}"

    def rows(parts: str, where: str, names: dict[str, str], **other: str) -> Family:
        return Family(parts, where, own, names, {key: key for key in table.key} | other, table.key)

    if "area_code" in table.key:
        nested = (
            f"(select own.*, part.parent_code, whole.area_level as level_above from {own} as own "
            "join staging.areas as part on part.area_code = own.area_code "
            "join staging.areas as whole on whole.area_code = part.parent_code)"
        )
        for level in areas.LEVELS[:-1]:
            yield rows(nested, f"level_above = '{level}'", every, area_code="parent_code")
    if "period" in table.key and table.flows:
        happen = {*table.flows, *(table.counts[name] for name in table.flows)}
        flows = {name: name for name in table.perturbed if name in happen}
        nested = (
            f"(select own.*, part.parent_period, part.period_grain as own_grain from {own} as own "
            "join staging.periods as part on part.period = own.period)"
        )
        for grain in list(periods.GRAINS)[:0:-1]:
            yield rows(nested, f"own_grain = '{grain}'", flows, period="parent_period")
    if table.total:
        column, value = table.total
        people = {table.counts[name] for name in table.counts if table.counts[name] != name}
        alone = {name: name for name in table.perturbed if name not in people}  # a person may be in several
        yield rows(own, f"{column} <> {literal(value)}", alone, **{column: literal(value)})
    for name, part in table.parts.items():
        if part.table and table.sparse:  # the categories of one breakdown
            group = {key: key for key in table.key[:3]}
            yield Family(own, "true", f"released.{part.table}", {name: part.whole}, group, table.key[:2])
    for whole, parts in table.divisions.items():
        yield Family(own, "true", own, dict.fromkeys(parts, whole))


def narrow(table: Table, family: Family, deviation: int) -> str:
    """The columns of `group`, and as `names` the counts of which too little room is left."""
    if not family.group:
        return _within(table, family, deviation)
    group = ", ".join(f"{sql} as {name}" for name, sql in family.group.items())
    sums = ", ".join(
        f"coalesce(sum({name}), 0) as added_{name}, count(*) filter ({name} > 0) as shown_{name}"
        for name in family.wholes
    )
    same = " and ".join(f"w.{name} is not distinct from g.{name}" for name in family.joined)
    left = {
        name: f"w.{whole} > 0 and shown_{name} > 0 "
        f"and w.{whole} - added_{name} + {deviation} * (shown_{name} + 1) < {ROOM}"
        for name, whole in family.wholes.items()
    }
    return (
        f"select {', '.join(f'g.{name}' for name in family.group)}, {_names(left)} as names from "
        f"(select {group}, {sums} from {family.parts} where {family.where} group by all) as g "
        f"join {family.relation} as w on {same} where {' or '.join(f'({each})' for each in left.values())}"
    )


def _within(table: Table, family: Family, deviation: int) -> str:
    """The same for parts in one row: the key of the row, and the smallest of its parts."""
    parts = tuple(family.wholes)
    (whole,) = set(family.wholes.values())
    shown = " + ".join(f"coalesce({part} > 0, false)::int" for part in parts)
    added = " + ".join(f"greatest({part}, 0)" for part in parts)
    least = f"least({', '.join(f'nullif({part}, 0)' for part in parts)})"
    smallest = " ".join(f"when {part} = {least} then {literal(part)}" for part in parts)
    return (
        f"select {', '.join(table.key)}, [case {smallest} end] as names from released.{table.name} "
        f"where {whole} > 0 and {added} > 0 and {whole} - ({added}) + {deviation} * ({shown} + 1) < {ROOM}"
    )


def smallest(table: Table, family: Family, name: str) -> str:
    """The key of the part that is to be withheld; the values of `group` are its parameters in their order."""
    same = " and ".join(
        f"{sql} is not distinct from ${at}" for at, sql in enumerate(family.group.values(), start=1)
    )
    key = ", ".join(table.key)
    return (
        f"select {key} from {family.parts} where {family.where} and {name} > 0 and {same} "
        f"order by {name}, {key} limit 1"
    )


def _names(left: dict[str, str]) -> str:
    return "[" + ", ".join(f"case when {sql} then {literal(name)} end" for name, sql in left.items()) + "]"
