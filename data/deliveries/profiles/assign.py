"""Which column of an office is which column of a table: the best pairs first, each column once."""

from collections.abc import Iterable

from data.deliveries.profiles import synonyms
from data.deliveries.profiles.evidence import Evidence, evidence
from data.deliveries.profiles.likeness import alike
from data.deliveries.profiles.seen import Seen
from data.deliveries.schema import Table, tables

ENOUGH = 0.6  # below this a pair is none
NAME = 1.5  # what a file's or sheet's name counts, in columns
MISSING = 0.4  # what a required column that nothing fits takes off, in columns

Pairs = dict[str, tuple[Seen, Evidence]]


def best_table(
    columns: list[Seen], names: Iterable[str], taken: Iterable[str] = ()
) -> tuple[str, Pairs] | None:
    """The table that these columns fit best, and the pairs; None if fewer than two of them fit.

    `names`: of the file and the sheet. `taken`: tables that something else was found for.
    """
    found = []
    for table in tables().values():
        pairs = assigned(columns, table)
        if table.name in set(taken) or len(pairs) < 2:
            continue
        named = max(alike(name, other) for name in names for other in synonyms.of_table(table.name))
        lacking = sum(field.required and field.name not in pairs for field in table.fields)
        total = sum(found.score for _, found in pairs.values()) + NAME * named - MISSING * lacking
        found.append((total, table.name, pairs))
    if not found:
        return None
    _, name, pairs = max(found, key=lambda each: each[0])
    return name, pairs


def assigned(columns: list[Seen], table: Table) -> Pairs:
    """Column of the format -> the column that it is read from, and why."""
    scored = [
        (evidence(each, table, field), each, field.name)
        for each in columns
        for field in table.fields
        if field.name != "format_version"
    ]
    pairs: Pairs = {}
    used: set[str] = set()
    for found, each, name in sorted(scored, key=lambda each: -each[0].score):
        if found.score >= ENOUGH and name not in pairs and each.heading not in used:
            pairs[name] = (each, found)
            used.add(each.heading)
    return {field.name: pairs[field.name] for field in table.fields if field.name in pairs}
