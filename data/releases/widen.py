"""Withhold the few shown parts by which a withheld one could be told to within less than five."""

import duckdb

from data.disclosure import rests, rules
from data.disclosure.parameters import Parameters
from data.disclosure.rests import Family
from data.disclosure.tables import Table


def protect(connection: duckdb.DuckDBPyConnection, table: Table, parameters: Parameters) -> None:
    """Make `released.<table>` from `perturbed.<table>` by all rules, once more until no rest is too narrow.

    What is withheld here is withheld before the rules are applied, so whatever is part of it goes with it.
    """
    sql = rules.statement(table, f"perturbed.{table.name}", parameters.limit)
    connection.execute(f"create or replace table released.{table.name} as {sql}")
    while any(_withhold(connection, table, family, parameters) for family in rests.families(table)):
        connection.execute(f"create or replace table released.{table.name} as {sql}")


def _withhold(
    connection: duckdb.DuckDBPyConnection, table: Table, family: Family, parameters: Parameters
) -> bool:
    found = connection.execute(rests.narrow(table, family, parameters.deviation)).fetchall()
    same = " and ".join(f"{key} is not distinct from ${at}" for at, key in enumerate(table.key, start=1))
    for *where, names in found:
        for name in filter(None, names):
            key = tuple(where)
            if family.group:
                sql = rests.smallest(table, family, name)
                (key,) = connection.execute(sql, where).fetchall()
            connection.execute(f"update perturbed.{table.name} set {name} = 0 where {same}", key)
    return bool(found)
