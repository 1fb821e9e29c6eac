"""How well a column of an office fits a column of the format, and by what that shows.

Its heading and its values are compared with what offices call tables, columns and values, which stands in
`format/synonyms.toml`. The best pairs come first, and each column is given away once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import duckdb
from rapidfuzz import fuzz

from data.deliveries.format.names import alike, column_synonyms, heading_key, written
from data.deliveries.format.profile import NUMBER
from data.deliveries.format.schema import Field, Table, tables
from data.deliveries.profiles.clues import area_names, sides
from data.deliveries.profiles.loading import accepted
from data.deliveries.profiles.tablepart import Source
from data.deliveries.profiles.values import ages
from data.deliveries.profiles.values.dates import DATE
from data.foundation.sql import identifier

MOST_VALUES = 200  # different ones that are looked at; a list of the format has fewer
NEARLY = 88  # of 100: two writings of one value
SEPARATORS = (",", ";", "/", "|", "+")
DIGITS_ONLY = re.compile(r"-?[\d.,' ]+( ?€)?")
GOALS = ("zielbereich", "zielstatus")  # what tells that `Ziel 1` is the first of several, though it is alone
FEW = 0.1  # of the values: a key that has fewer different ones names no row
WEIGHTS = {"list": 0.45, "register": 0.5, "date": 0.25}  # of the values; the rest is the heading's
ENOUGH = 0.6  # below this a pair is none
NAME = 1.5  # what a file's or sheet's name counts, in columns
NAMED_SIDE = 0.9  # how alike a heading is that says start or end, and nothing of another thing
AGES_NAMED = 0.6  # how alike the heading is under which numbers are ages
MISSING = 0.4  # what a required column that nothing fits takes off, in columns


@dataclass(frozen=True)
class Seen:
    """A column, or those whose headings differ by a number only. `numbers` is empty for a single column.

    `values` are the most frequent values and how often they occur, `distinct` is how many there are.
    """

    heading: str
    numbers: tuple[int, ...]
    values: dict[str, int]
    filled: int
    distinct: int


@dataclass(frozen=True)
class Evidence:
    """`score` 0 to 1. `heading`: how alike it is to `like`, a name of the column. `fits`: the share of values
    that have the type or are known, None where nothing can be said. `values`: the office's -> the format's.
    `years`: they are ages.
    """

    score: float
    heading: float
    like: str
    fits: float | None
    values: dict[str, str] = field(default_factory=dict)
    separator: str | None = None
    years: bool = False


Pairs = dict[str, tuple[Seen, Evidence]]


def seen(connection: duckdb.DuckDBPyConnection, source: Source) -> list[Seen]:
    """All columns with a heading, in the order of the file."""
    cells = {f"#{at}": cell.strip() for at, cell in enumerate(source.part.headings) if cell.strip()}
    templates = {column: _template(heading) for column, heading in cells.items()}
    twice = {text for text, number in templates.values() if number == 2}
    goals = any(number == 1 and _is_of_goals(text) for text, number in templates.values())
    grouped: dict[str, list[tuple[str, int]]] = {}
    for column, heading in cells.items():
        text, number = templates[column]
        repeats = number and (text in twice or (number == 1 and (twice or goals)))
        grouped.setdefault(text if repeats else heading, []).append((column, number if repeats else 0))
    return [_seen(connection, source, heading, columns) for heading, columns in grouped.items()]


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
        named = max(alike(name, other) for name in names for other in table_synonyms(table.name))
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
    # A column whose values are known is surely that one; any text may be a key.
    for found, each, name in sorted(scored, key=lambda s: (-s[0].score, not accepted(table.name, s[2]))):
        if found.score >= ENOUGH and name not in pairs and each.heading not in used:
            pairs[name] = (each, found)
            used.add(each.heading)
    return {field.name: pairs[field.name] for field in table.fields if field.name in pairs}


def evidence(seen: Seen, table: Table, column: Field) -> Evidence:
    """What speaks for reading this column of the office as that column of the format."""
    heading, like = _heading(seen.heading, column)
    if "x-list" in column.rules:
        fits, found, separator = max(
            (_known(_items(seen.values, sign), table, column, sign) for sign in SEPARATORS),
            key=lambda each: each[0] or 0.0,
        )
        return Evidence(_score(heading, fits, "list"), heading, like, fits, found, separator)
    if ages.are_groups(groups := accepted(table.name, column.name)):
        return _of_ages(seen, groups, value_synonyms(table.name, column.name), (heading, like))
    if "x-register" in column.rules:
        return _of_places(seen, table, column, (heading, like))
    if value_synonyms(table.name, column.name):
        fits, found, _ = _known(seen.values, table, column, None)
        return Evidence(_score(heading, fits, "list"), heading, like, fits, found)
    if (column.name,) == table.unique and seen.distinct < FEW * seen.filled:
        return Evidence(0.0, heading, like, 0.0)
    pattern = {"date": DATE, "number": DIGITS_ONLY, "integer": DIGITS_ONLY}.get(column.type)
    form = pattern or (re.compile(column.rules["pattern"]) if "pattern" in column.rules else None)
    fits = _share(seen.values, form)
    if column.type == "date":
        if sides.is_of_another(plain(seen.heading), table, column.name):
            return Evidence(0.0, heading, like, fits)
        if sides.of_case(plain(seen.heading)) == column.name:
            heading = max(heading, NAMED_SIDE)
    return Evidence(_score(heading, fits, column.type), heading, like, fits)


def _of_ages(seen: Seen, groups: Sequence[str], known: dict[str, str], named: tuple[float, str]) -> Evidence:
    """Age groups, in words or not, and ages in years among them."""
    in_years = {value: count for value, count in seen.values.items() if ages.group_of(value, groups)}
    found = {value: ours for value in seen.values if (ours := _nearest(value, known)) is not None}
    readable = sum(seen.values[value] for value in found.keys() | in_years.keys())
    fits = readable / sum(seen.values.values()) if seen.values else None
    renamed = {theirs: ours for theirs, ours in found.items() if theirs != ours}
    # Running numbers would be ages too, if the heading did not tell.
    told = bool(found) or named[0] >= AGES_NAMED
    score = _score(named[0], fits, "list") if told else 0.0
    return Evidence(score, *named, fits, renamed, years=bool(in_years))


def _of_places(seen: Seen, table: Table, column: Field, named: tuple[float, str]) -> Evidence:
    """Keys of areas, with their leading zero or without it, or names of areas."""
    known, level = value_synonyms(table.name, column.name), column.rules["x-register"]
    by_name = area_names.codes(seen.values, level)
    readable = [
        value for value in seen.values if value in by_name or heading_key(_with_zero(value, column)) in known
    ]
    fits = sum(seen.values[value] for value in readable) / sum(seen.values.values()) if seen.values else None
    found = area_names.with_neighbours(by_name, level)
    return Evidence(_score(named[0], fits, "register"), *named, fits, found)


def table_synonyms(table: str) -> tuple[str, ...]:
    """Names of files and sheets that hold this table."""
    return (table, *written()["tables"].get(table, ()))


@lru_cache(maxsize=256)
def value_synonyms(table: str, column: str) -> dict[str, str]:
    """Folded writing -> value of the format, for a column with a list; '' for what means not known."""
    known = accepted(table, column)
    if not known:
        return {}
    found = {heading_key(word): "" for word in (*tables()[table].missing, *written()["missing"]["words"])}
    for value in reversed(known):  # of two values with the same synonym the first of the list counts
        found.update((heading_key(each), value) for each in written()["values"].get(value, ()))
    found.update((heading_key(value), value) for value in reversed(known))
    return found


def _template(heading: str) -> tuple[str, int]:
    found = re.fullmatch(r"(.*?)(\d{1,2})(\D*)", heading)
    return (f"{found[1]}{NUMBER}{found[3]}", int(found[2])) if found else (heading, 0)


def _is_of_goals(template: str) -> bool:
    """Whether a heading without its number is one of a column that every goal has."""
    names = (name for each in GOALS for name in column_synonyms(tables()["ziele"].field(each)))
    return any(plain(template.replace(NUMBER, "")) == plain(name) for name in names)


def _seen(
    connection: duckdb.DuckDBPyConnection, source: Source, heading: str, columns: list[tuple[str, int]]
) -> Seen:
    rows = " union all ".join(
        f"select {identifier(column)} as v from {source.table}" for column, _ in columns
    )
    counted = connection.execute(f"select count(v), count(distinct v) from ({rows})").fetchone() or (0, 0)
    values = connection.execute(
        f"select v, count(*) as n from ({rows}) where v is not null group by v order by n desc, v "
        f"limit {MOST_VALUES}"
    ).fetchall()
    numbers = tuple(number for _, number in columns if number)
    return Seen(heading, numbers, dict(values), *counted)


def _score(heading: float, fits: float | None, kind: str) -> float:
    if fits is None:
        return heading * 0.9
    if kind in WEIGHTS and fits >= 0.5:
        return heading * (1 - WEIGHTS[kind]) + fits * WEIGHTS[kind]
    return heading if fits >= 0.9 else heading * (0.7 if kind == "list" else 0.3)


@lru_cache(maxsize=20_000)
def _likeness(one: str, other: str) -> float:
    return (0.65 * fuzz.token_sort_ratio(one, other) + 0.35 * fuzz.token_set_ratio(one, other)) / 100


def _heading(written: str, column: Field) -> tuple[float, str]:
    folded = plain(written.replace("{n}", ""))
    return max((_likeness(folded, plain(name)), name) for name in column_synonyms(column))


def plain(name: str) -> str:
    """A heading folded: its words of small letters and digits, a blank between them."""
    return re.sub(r"[^a-z0-9]+", " ", heading_key(name)).strip()


def _known(
    values: dict[str, int], table: Table, column: Field, separator: str | None
) -> tuple[float | None, dict[str, str], str | None]:
    """The share of values that are known, and those that are written otherwise than in the format."""
    known = value_synonyms(table.name, column.name)
    found = {value: ours for value in values if (ours := _nearest(value, known)) is not None}
    share = sum(values[value] for value in found) / sum(values.values()) if values else None
    return share, {theirs: ours for theirs, ours in found.items() if theirs != ours}, separator


def _nearest(value: str, known: dict[str, str]) -> str | None:
    if (exact := known.get(heading_key(value))) is not None:
        return exact
    if len(known) > 500 or len(value) < 4:  # of countries and area keys only exact ones
        return None
    best = max(known, key=lambda each: fuzz.ratio(heading_key(value), each))
    return known[best] if fuzz.ratio(heading_key(value), best) >= NEARLY else None


def _items(values: dict[str, int], separator: str) -> dict[str, int]:
    items: dict[str, int] = {}
    for value, count in values.items():
        for item in value.split(separator):
            items[item.strip()] = items.get(item.strip(), 0) + count
    return items


def _with_zero(value: str, column: Field) -> str:
    digits = column.rules.get("x-leading-zero")
    return f"0{value}" if digits and value.isdigit() and len(value) == digits - 1 else value


def _share(values: dict[str, int], form: re.Pattern[str] | None) -> float | None:
    if not values or form is None:
        return None
    return sum(count for value, count in values.items() if form.fullmatch(value)) / sum(values.values())
