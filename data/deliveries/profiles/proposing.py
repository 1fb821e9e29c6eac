"""Propose a profile for files that nobody has described yet, by the likeness of headings and values.

Some values of each column are shown while it is assigned, but none that could name a person.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

import duckdb

from data.deliveries.checking.workbench import clear, workbench
from data.deliveries.format.names import heading_key
from data.deliveries.format.parts import RAW
from data.deliveries.format.profile import NUMBER
from data.deliveries.format.schema import Table, tables
from data.deliveries.profiles.clues import splitting, totals
from data.deliveries.profiles.clues.paired import by_sides, with_other_side
from data.deliveries.profiles.evidence import Pairs, Seen, best_table, evidence, seen
from data.deliveries.profiles.examples import guarded
from data.deliveries.profiles.mapping import as_they_are
from data.deliveries.profiles.proposal import Proposal, ProposedColumn, ProposedTable, Reading
from data.deliveries.profiles.tablepart import Source, source
from data.deliveries.profiles.values.dates import patterns
from data.deliveries.reading.read import Received, read
from data.deliveries.reading.titles import Naming
from data.deliveries.store.incoming import incoming, receive
from data.deliveries.store.unusable import clearly
from data.foundation.errors import DashboardError
from data.foundation.languages import OPERATORS
from data.foundation.settings import Settings
from data.foundation.sql import identifier
from data.foundation.steps import Progress, Step, silent

ANYTHING = Naming(
    lambda file, sheet, header: RAW if header is None or header else None,
    lambda cells: sum(bool(re.search(r"[^\W\d_]{2}", cell)) for cell in cells),  # headings have letters
    as_they_are,
)
SURELY, KNOWN = 0.85, 0.5  # how alike a heading is that names the key; the share of its values that are one
EXAMPLES_SHOWN = 3  # values of a column that are enough to know it again


class NotReceivedError(DashboardError):
    """Nothing of the files that a profile is wanted for could be read. `args`: findings that say why."""

    exit_code = 3

    def __str__(self) -> str:
        found = [each for group in self.args[0] for each in group.findings]
        return "\n".join(f"{one.file}: {one.message[OPERATORS]} {one.remedy[OPERATORS]}" for one in found)


SeenSource = tuple[Source, list[Seen]]


def propose(path: Path, settings: Settings, progress: Progress = silent) -> Proposal:
    """A profile for the files at `path`, with a confidence and the evidence for each column.

    Nothing of them is kept. Files that can't be read are left out. Of files that the anonymity guard objects
    to no value is given as an example. Raises `NotReceivedError`, `StoreError`.
    """
    with (
        clearly(settings.store, path),
        incoming(settings.store) as new,
        workbench(memory_mb=settings.limits.memory_mb) as connection,
    ):
        clear(connection, new.scratch)
        _, files, said = receive(path, new, settings.limits)
        if said and not files:
            raise NotReceivedError(said)
        received = Received(
            new.original, files, new.scratch, lambda name: progress(Step("read", path.name, file=name))
        )
        parts, _ = read(connection, received, ANYTHING, settings.limits) if files else ([], [])
        looks = []
        for number, part in enumerate(part for part in parts if part.table == RAW):
            found, _ = source(connection, part, number)
            looks.append((found, seen(connection, found)))
        return _proposal(connection, path, looks)


def _proposal(connection: duckdb.DuckDBPyConnection, path: Path, looks: list[SeenSource]) -> Proposal:
    made: list[tuple[Source, ProposedTable]] = []
    fits_no_table = []
    joined: dict[str, tuple[str, ...]] = {}
    for found, columns in sorted(looks, key=lambda look: -len(look[1])):
        if any(_is_like(found, other) for other, _ in made):
            # A sheet for each month: of the second one another table would be made, and a wrong one.
            fits_no_table.append(found.part.recognised.place)
            continue
        names = [_stem(found.part.place.file), *([found.part.place.sheet] if found.part.place.sheet else [])]
        single = [each for each in columns if not each.numbers]
        best = best_table(single, names, [table.to for _, table in made])
        if best is None:
            fits_no_table.append(found.part.recognised.place)
            continue
        gone = totals.left_out(connection, found, tables()[best[0]], best[1])
        if gone.rows:
            columns = seen(connection, found)
            single = [each for each in columns if not each.numbers]
            best = best_table(single, names, [table.to for _, table in made]) or best
        table, pairs = best
        pairs = by_sides(connection, found, tables()[table], with_other_side(single, tables()[table], pairs))
        joined = joined or _joined(connection, found, single, table, pairs)
        one = _table(found, single, table, pairs, joined)
        if numbered := [each for each in columns if each.numbers]:
            taken = [one.to, *(each.to for _, each in made)]
            split, lacking = _repeated(connection, found, numbered, pairs, taken)
            left = _as_written(numbered) if split is None else ()
            one = replace(one, unknown=(*one.unknown, *left), lacking=lacking)
            made += [(found, _without(split, gone))] if split else []
        made.append((found, _without(one, gone)))
    order = list(tables())
    harmless, objections = guarded(connection, made)
    harmless.sort(key=lambda table: order.index(table.to))
    stem = re.sub(r"[^a-z0-9._-]+", "-", _stem(path.name).lower()).strip("-")[:40]
    return Proposal(stem if len(stem) > 1 else "profil", tuple(harmless), tuple(fits_no_table), objections)


def _is_like(one: Source, other: Source) -> bool:
    """Whether two sheets or files have the same headings, whatever their order."""
    first, second = ({heading_key(cell) for cell in each.part.headings} for each in (one, other))
    return first == second


def _without(table: ProposedTable, gone: totals.LeftOut) -> ProposedTable:
    return replace(table, leave_out=gone.words, sums=gone.sums, left_out=gone.rows)


def _table(
    found: Source, columns: list[Seen], table: str, pairs: Pairs, joined: dict[str, tuple[str, ...]]
) -> ProposedTable:
    proposed = _columns(pairs)
    headings = {each.heading for each in columns}
    for at, each in enumerate(proposed):
        if each.to in joined and set(joined[each.to]) <= headings:
            proposed[at] = ProposedColumn(each.to, joined[each.to], each.confidence, each.evidence)
    if table == "lieferung":
        proposed.append(ProposedColumn("format_version", (), 1.0, constant="1"))
    if made := _key_by_name(columns, tables()[table], pairs):
        proposed.append(made)
    used = {heading for each in proposed for heading in (*each.headings, *each.key)}
    rest = [each for each in columns if each.heading not in used]
    return ProposedTable(
        table,
        *_patterns(found),
        None,
        tuple(proposed),
        tuple(each.heading for each in rest if each.filled),
        _examples(columns),
        ignored=tuple(each.heading for each in rest if not each.filled),
        readings=_readings(columns, table),
    )


def _key_by_name(columns: list[Seen], table: Table, pairs: Pairs) -> ProposedColumn | None:
    """What the key is read from where a heading says it, but not all values have the form of one: a pseudonym
    is made of file numbers such as IM/2024/001; of a few notes among the keys the import speaks.
    """
    (key, *more) = table.unique or ("",)
    if not key or more or key in pairs:
        return None
    used = {each.heading for each, _ in pairs.values()}
    for each in columns:
        found = evidence(each, table, table.field(key))
        if each.heading in used or found.heading < SURELY or not each.filled or each.distinct < each.filled:
            continue
        if (found.fits or 0.0) >= KNOWN:
            return ProposedColumn(key, (each.heading,), found.heading * (found.fits or 0.0), found)
        return ProposedColumn(key, (), found.heading, found, key=(each.heading,))
    return None


def _repeated(
    connection: duckdb.DuckDBPyConnection,
    found: Source,
    numbered: list[Seen],
    of_case: Pairs,
    taken: Iterable[str],
) -> tuple[ProposedTable | None, tuple[str, ...]]:
    """Goals in columns: each number is a row, with the case's key and a key of its own. None where they make
    no sound rows, and the columns that these would need.
    """
    best = best_table(numbered, [" ".join(each.heading for each in numbered)], taken)
    if best is None or "fall_id" not in of_case:
        return None, ()
    table, pairs = best
    pairs = by_sides(connection, found, tables()[table], pairs)
    case = of_case["fall_id"][0].heading
    own = [ProposedColumn("fall_id", (case,), of_case["fall_id"][1].score)]
    (key,) = tables()[table].unique[:1]
    if key not in pairs and key != "fall_id":
        own.insert(0, ProposedColumn(key, (), 1.0, key=(case, NUMBER)))
    if lacking := splitting.lacking(tables()[table], pairs, [each.to for each in own]):
        return None, lacking
    used = {each.heading for each, _ in pairs.values()}
    unknown = tuple(each.heading for each in numbered if each.heading not in used)
    most = max(number for each in numbered for number in each.numbers)
    columns = (*own, *_columns(pairs))
    examples, readings = _examples(numbered), _readings(numbered, table)
    return ProposedTable(table, *_patterns(found), most, columns, unknown, examples, readings=readings), ()


def _as_written(numbered: Iterable[Seen]) -> tuple[str, ...]:
    return tuple(each.heading.replace(NUMBER, str(number)) for each in numbered for number in each.numbers)


def _examples(columns: Iterable[Seen]) -> dict[str, tuple[str, ...]]:
    return {each.heading: tuple(each.values)[:EXAMPLES_SHOWN] for each in columns}


def _readings(columns: Iterable[Seen], table: str) -> dict[str, dict[str, Reading]]:
    """Heading -> column of the format -> how it would be read, for whoever assigns another one by hand."""
    return {
        each.heading: {
            field.name: Reading(
                evidence(each, tables()[table], field), patterns(each.values) if field.type == "date" else ()
            )
            for field in tables()[table].fields
        }
        for each in columns
    }


def _columns(pairs: Pairs) -> list[ProposedColumn]:
    dates = {to: each for to, (each, _) in pairs.items() if _is_date(to)}
    ways = patterns(value for each in dates.values() for value in each.values)
    date, question = (ways[0], ()) if len(ways) == 1 else (None, ways)
    return [
        ProposedColumn(to, (each.heading,), round(found.score, 3), found)
        if to not in dates
        else ProposedColumn(to, (each.heading,), round(found.score, 3), found, date, question)
        for to, (each, found) in pairs.items()
    ]


def _joined(
    connection: duckdb.DuckDBPyConnection, found: Source, columns: list[Seen], table: str, pairs: Pairs
) -> dict[str, tuple[str, ...]]:
    """A key that only is one together with a second column: `fall_id` of an office and a number in it."""
    (key,) = tables()[table].unique[:1] or ("",)
    if key not in pairs or len(tables()[table].unique) > 1:
        return {}
    used = {each.heading for each, _ in pairs.values()}
    first = pairs[key][0]
    if first.distinct == first.filled:
        return {}
    for other in columns:
        both = (other.heading, first.heading)
        if other.heading in used or other.filled < first.filled:
            continue
        listed = ", ".join(identifier(str(found.column(heading))) for heading in both)
        asked = f"select count(*) = count(distinct ({listed})) from {found.table}"
        if (connection.execute(asked).fetchone() or (False,))[0]:
            return {key: both}
    return {}


def _is_date(column: str) -> bool:
    return any(field.name == column and field.type == "date" for t in tables().values() for field in t.fields)


def _patterns(found: Source) -> tuple[str, str | None]:
    """The file's and the sheet's name with `*` for what changes from delivery to delivery."""
    base = PurePosixPath(found.part.place.file).name
    return re.sub(r"\d+([-_.]\d+)*", "*", base), found.part.place.sheet


def _stem(file: str) -> str:
    return PurePosixPath(file).stem
