"""Look at a delivery: the headings of its files, what stands round their tables, then every column that no
rule proves harmless. What stands round a table, titles, notes, signatures, is looked at in pieces, as prose.

For every kind of personal detail SQL picks the values of its form, and Python confirms what is left.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import duckdb
import pyarrow as pa

from data.deliveries.checking.workbench import Loaded
from data.deliveries.format.findings import LISTED_PER_RULE, Finding, Group, Place, finding, group, rules
from data.deliveries.format.margins import Row
from data.deliveries.format.parts import RAW, Part
from data.deliveries.format.schema import MISSING
from data.deliveries.guard.pseudonyms import derived
from data.deliveries.guard.suspects import SAMPLE, SOME, Hit, Picked, Suspect, few, many, some, suspects
from data.deliveries.personal.kinds import (
    HEADING,
    KINDS,
    RULE,
    Column,
    Look,
    announced_kind,
    heading_faults,
    in_text,
    is_of_accounts,
    says_nothing,
    sender_name,
    special_columns,
)
from data.foundation.languages import Wording
from data.foundation.sql import folded, literal, literals

UNPROVEN = frozenset({"reference", "reference-unchecked", "parent-missing"})  # not of a key that was seen
NO_ROWS = frozenset({"no-record", "total-inside", "profile-no-record"})  # notes within a table are prose, too
EMPTY, FREE_TEXT = "empty-text", "free-text"
# What is written where there is nothing to remark: the words for missing, and some more.
NOTHING = (*MISSING, "-", "k. A.", "o. A.", "ohne Angabe", "unbekannt", "keine", "keiner", "nichts", "none")
FLAGGED = '"guard"."flagged"'
COUNTED_EXACTLY = 100_000  # rows; the number of different values among more is estimated
OUTSIDE = "guard-outside"
BETWEEN = re.compile(r"[:;|,()/\t\n]|\s-\s|\s{2,}|\s[–—]\s")
ACCOUNT = "[0-9]{5,9}"  # the shortest numbers of mobiles have ten digits
MOST_ANSWERS = 5_000  # different values of a column that only counts, dates and answers yes or no
MOST = 2_000  # characters of a cell that are taken apart


def look(
    connection: duckdb.DuckDBPyConnection,
    loaded: Sequence[Loaded],
    beside: Iterable[Part] = (),
    checked: Sequence[Group] = (),
) -> list[Group]:
    """What the guard finds: faults, and a notice for each column that is dropped unread.

    `beside`: what no table takes, so that all columns that aren't `present` are unknown. `checked`: what the
    rules of the format found. Says column, kind and line, never what stands there.
    """
    looked_at = [*((each.part, each) for each in loaded), *((part, None) for part in beside)]
    named = [said for part, _ in looked_at for said in heading_faults(part)]
    outside: dict[Place, dict[Row, None]] = {}  # once, though a profile makes several tables of one file
    for part, _ in looked_at:
        outside.setdefault(part.place, {}).update(dict.fromkeys(part.outside))
    for each in checked:
        if each.rule in NO_ROWS:
            told = ((found.line, (found.value,)) for found in each.findings if found.line and found.value)
            outside.setdefault(Place(each.file, each.sheet), {}).update(dict.fromkeys(told))
    groups = [said for place, rows in outside.items() for said in outside_faults(place, rows)]
    orphaned = {(each.file, each.sheet) for each in checked if each.rule in UNPROVEN}
    connection.execute("create schema if not exists guard")
    try:
        every = [
            suspect
            for number, (part, typed) in enumerate(looked_at)
            for suspect in suspects(
                connection, part, typed, f'"guard"."text {number}"', special_columns(part)
            )
            if (part.place.file, part.place.sheet) in orphaned or not _refers(suspect, typed)
        ]
        said_of = (_unless_harmless(connection, said, every) for said in named)
        groups = [*(said for said in said_of if said), *groups]
        found: list[tuple[Suspect, str]] = []
        for suspect, kind, rows in chain(_scan(connection, every), derived(connection, every, found)):
            groups.append(_group(connection, suspect, f"{RULE}{kind}", rows))
            found.append((suspect, kind))
        return groups
    finally:
        connection.execute("drop schema guard cascade")


def _unless_harmless(
    connection: duckdb.DuckDBPyConnection, said: Group, every: Sequence[Suspect]
) -> Group | None:
    """A column named like one for free text is a notice as long as nothing, or a word for that, is in it.

    Spreadsheets of offices end with one. One named like a name or an address has no business there at all,
    unless none of its values can be one: then nothing is said of its heading.
    """
    place = Place(said.file, said.sheet)
    meant = [
        suspect.values
        for suspect in every
        if said.rule == HEADING
        if suspect.kind is Column.OTHER and suspect.part.place == place
        if sender_name(suspect.part, suspect.column) == said.column
    ]
    if not meant:
        return said
    nothing = f"select {folded('w')} from (select unnest([{literals(NOTHING)}]) as w)"
    some = f"where {folded('v')} not in ({nothing}) limit {MOST_ANSWERS + 1}"
    filled = [
        value
        for values in meant
        for (value,) in connection.execute(f"select distinct v from ({values}) {some}").fetchall()
    ]
    if not filled and announced_kind(said.column or "") == FREE_TEXT:
        return group(EMPTY, place, line=said.findings[0].line, column=said.column)
    return None if len(filled) <= MOST_ANSWERS and says_nothing(said.column or "", filled) else said


def _scan(connection: duckdb.DuckDBPyConnection, suspects: Sequence[Suspect]) -> Iterator[Hit]:
    """Each kind that is found in each column. Every hit is to be used before the next one is asked for."""
    for kind in Column:
        if alike := [suspect for suspect in suspects if suspect.kind is kind]:
            yield from _alike(connection, alike, {name: by[kind] for name, by in KINDS.items() if kind in by})


def unmapped(read: list[Part], mapped: list[Part]) -> Iterator[Part]:
    """The files that a profile maps, for those of their columns that it takes nothing from."""
    for part in (part for part in read if part.table == RAW):
        used = {column for each in mapped if each.place == part.place for column in each.columns}
        yield replace(part, present=tuple(column for column in part.columns if column in used))


def _alike(
    connection: duckdb.DuckDBPyConnection, suspects: list[Suspect], kinds: dict[str, tuple[Look, ...]]
) -> Iterator[Hit]:
    looks = [look for of_kind in kinds.values() for look in of_kind]
    in_memory = few(connection, suspects, [look.form for look in looks])
    for at, suspect in enumerate(suspects):
        large = in_memory is None
        picked: Picked = (
            many(connection, suspect, [look.form for look in looks if not look.common])
            if in_memory is None
            else in_memory[at]
        )
        for kind, of_kind in kinds.items():
            found = {
                value
                for look in of_kind
                for value in (
                    _found_often(connection, suspect, look)
                    if look.common and large
                    else _found(connection, suspect.values, look, picked)
                )
            }
            if found and not (kind == "telephone" and _is_of_accounts(connection, suspect)):
                _flag(connection, found)
                yield (
                    suspect,
                    kind,
                    f"select row from ({suspect.values}) where v in (select v from {FLAGGED})",
                )


def _found(connection: duckdb.DuckDBPyConnection, values: str, look: Look, picked: Picked) -> list[str]:
    sample = picked.sample(look.form)
    found = [value for value in sample if look.confirm(value)]
    if not found or len({look.counted(value) for value in found}) < look.least:
        return []
    candidates = picked.count(look.form)
    if len(found) * candidates / len(sample) < look.share * _different(connection, values, look):
        return []
    if candidates > len(sample):
        return [value for value in picked.every(look.form) if look.confirm(value)]
    return found


def _found_often(connection: duckdb.DuckDBPyConnection, suspect: Suspect, look: Look) -> list[str]:
    """All values of a kind if a sample of a large column has the share."""
    if not _found(connection, f"from {SOME}", look, some(connection, suspect)):
        return []
    return [value for value in many(connection, suspect, [look.form]).every(look.form) if look.confirm(value)]


def _different(connection: duckdb.DuckDBPyConnection, values: str, look: Look) -> int:
    """How many different values there are among which the kind has to have its share."""
    if not look.among:
        return 0
    ((rows,),) = connection.execute(f"select count(*) from ({values})").fetchall()
    matches = f"regexp_matches(v, {literal(look.among)})"
    if rows <= COUNTED_EXACTLY:
        question = f"select count(distinct v) from ({values}) where {matches}"
        ((number,),) = connection.execute(question).fetchall()
        return int(number)
    sampled = f"({values}) using sample reservoir({SAMPLE} rows) repeatable (1)"
    question = f"select avg({matches}::int), (select approx_count_distinct(v) from ({values})) from {sampled}"
    ((part, different),) = connection.execute(question).fetchall()
    return int(part * different)


def _is_of_accounts(connection: duckdb.DuckDBPyConnection, suspect: Suspect) -> bool:
    """Whether a column is called one of accounts or keys, and holds numbers of one length, and short ones."""
    if suspect.kind is not Column.OTHER or not is_of_accounts(sender_name(suspect.part, suspect.column)):
        return False
    alike = f"bool_and(regexp_full_match(v, '{ACCOUNT}')), count(distinct length(v))"
    ((alike, lengths),) = connection.execute(f"select {alike} from ({suspect.values})").fetchall()
    return bool(alike) and lengths == 1


def _flag(connection: duckdb.DuckDBPyConnection, found: set[str]) -> None:
    connection.register("guard flagged", pa.table({"v": pa.array(sorted(found), pa.string())}))
    connection.execute(f'create or replace table {FLAGGED} as from "guard flagged"')
    connection.unregister("guard flagged")


def _refers(suspect: Suspect, typed: Loaded | None) -> bool:
    """Whether every value is one of another table's key: that was looked at there, or when it was stored."""
    return suspect.kind is Column.PSEUDONYM and typed is not None and suspect.column in typed.table.parents


def _group(connection: duckdb.DuckDBPyConnection, suspect: Suspect, rule: str, rows: str) -> Group:
    part, column = suspect.part, sender_name(suspect.part, suspect.column)
    ((count,),) = connection.execute(f"select count(*) from ({rows})").fetchall()
    first = connection.execute(f"from ({rows}) order by row limit {LISTED_PER_RULE}").fetchall()
    lines = part.lines([row for (row,) in first])
    return Group(
        rule=rule,
        severity=rules()[rule].severity,
        file=part.place.file,
        sheet=part.place.sheet,
        column=column,
        count=count,
        of_rows=None,
        findings=tuple(_findings(part, rule, column, lines)),
    )


def _findings(part: Part, rule: str, column: str, lines: list[int]) -> Iterator[Finding]:
    for line in lines:
        yield finding(rule, part.place, line=line, column=column)


def outside_faults(place: Place, rows: Iterable[Row]) -> Iterator[Group]:
    """A fault for each kind of personal details in a row above or below the table, without the details."""
    for line, cells in rows:
        for kind in dict.fromkeys(kind for text in _pieces(cells) for kind in in_text(text, Column.LABEL)):
            wording: Wording = {"other": str(line), "kind": rules()[f"{RULE}{kind}"].kind}
            yield group(OUTSIDE, place, line=line, wording=wording)


def _pieces(cells: tuple[str, ...]) -> Iterator[str]:
    """Each cell, all of them together, what stands between signs, and each two words of that."""
    filled = [cell.strip()[:MOST] for cell in cells if cell.strip()]
    yield from filled
    yield " ".join(filled)
    for piece in (piece.strip() for cell in filled for piece in BETWEEN.split(cell)):
        yield piece
        words = piece.split()
        yield from (" ".join(words[at : at + 2]) for at in range(len(words) - 1) if len(words) > 2)
