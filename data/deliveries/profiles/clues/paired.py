"""Starts and ends among the columns of a proposal, looked at together."""

from dataclasses import replace

import duckdb

from data.deliveries.format.profile import NUMBER
from data.deliveries.format.schema import Table
from data.deliveries.profiles.clues import sides
from data.deliveries.profiles.evidence import ENOUGH, Pairs, Seen, evidence, plain
from data.deliveries.profiles.tablepart import Source


def by_sides(connection: duckdb.DuckDBPyConnection, found: Source, table: Table, pairs: Pairs) -> Pairs:
    """The pairs after a look at the values of starts and ends, which may change places or fall out."""
    written = {to: _first(each) for to, (each, _) in pairs.items()}
    told = {to: (heading, sides.side(plain(pairs[to][0].heading))) for to, heading in written.items()}
    by_heading = {written[to]: pair for to, pair in pairs.items()}
    changed = sides.told_apart(connection, found, table, told)
    read = {to: changed.get(to, heading) for to, heading in written.items()}
    return {to: by_heading[heading] for to, heading in read.items() if heading}


def _first(seen: Seen) -> str:
    """The heading as it is written; of columns with numbers that of the first one."""
    return seen.heading.replace(NUMBER, str(seen.numbers[0])) if seen.numbers else seen.heading


def with_other_side(columns: list[Seen], table: Table, pairs: Pairs) -> Pairs:
    """The pairs with the only other date of a case, where one is read and neither says which side it is."""
    for to, other in sides.OTHER.items():
        if to not in pairs or other in pairs or not sides.says_nothing(plain(pairs[to][0].heading)):
            continue
        used = {each.heading for each, _ in pairs.values()}
        rest = [
            (each, found)
            for each in columns
            if each.heading not in used and sides.says_nothing(plain(each.heading))
            if (found := evidence(each, table, table.field(other))).fits == 1
        ]
        if len(rest) == 1:
            return {**pairs, other: (rest[0][0], replace(rest[0][1], score=ENOUGH))}
    return pairs
