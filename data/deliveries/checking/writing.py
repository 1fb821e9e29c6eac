"""How one file writes its values: decimal comma or point, which dates, and what stands for a listed value.

Rows that don't keep to the way of the rest are findings. A value that is written otherwise than the format
has it, and yet beyond doubt, is read as what it means, with a notice.
"""

import re
from collections.abc import Iterator

import duckdb

from data.deliveries.checking.columns import Writings, stripped
from data.deliveries.checking.forgiving import FORGIVEN, flags
from data.deliveries.checking.workbench import READ, Broken, Loaded, marked
from data.deliveries.format.schema import MISSING, Field, country_writings, value_list
from data.foundation.sql import folded, identifier, literals

DECIMALS = {"comma": "Dezimalkomma", "point": "Dezimalpunkt"}
DATES = {"date-german": "TT.MM.JJJJ", "date-iso": "JJJJ-MM-TT"}
# They are read as JJJJ-MM-TT, but a person sees them in whatever way their program shows dates.
REAL_DATES = DATES | {"date-iso": "Datumswerte"}
MAY_BE_READ_OTHERWISE = {
    "value-list",
    "date",
    "number",
    "integer",
    "boolean",
    "country",
    "list",
    "area-digits",
    "pattern",
}
UNSAID_COUNTRY = "999"  # the statistical offices' key for: not stated
MOST = 400  # writings of one column; more are no habit of an office
SHOWN = 20  # of them in one sentence
CODE = "[A-Z]{2,3}|[0-9]{3}"  # of a country, as ISO 3166, passports and the statistical offices have it
BEHIND = re.compile(rf"(.+?)(?: ?[(\[/]| [-–—] ?|, ?) ?({CODE}) ?[)\]]?")
BEFORE = re.compile(rf"({CODE})(?: ?[-–—/:,] ?| )(.+)")


def decimals(loaded: Loaded) -> str | None:
    """How decimals are written, None if no value shows it."""
    if loaded.part.recognised.kind != "CSV" and loaded.marked("point"):
        return None
    return _shown(loaded, DECIMALS)


def dates(loaded: Loaded) -> str | None:
    """How dates are written, None if there are none."""
    return _shown(loaded, REAL_DATES if loaded.part.real_dates else DATES)


def crosses(loaded: Loaded) -> bool:
    """Whether yes and no are written as a cross and an empty cell."""
    return loaded.marked("cross") and not loaded.marked("yes-no")


def undecided(loaded: Loaded) -> dict[str, int]:
    """Column -> the mark of its values that can be read in two ways: no rule can judge them."""
    if _text_file(loaded) and loaded.marked("comma"):  # in a workbook a comma says nothing about real numbers
        return {}
    return {check.column: mark for mark in loaded.hits if (check := loaded.checks[mark]).rule == "question"}


def broken(loaded: Loaded) -> Iterator[Broken]:
    """Values that can be read in two ways, and values in another writing than the rest of the file."""
    for mark in undecided(loaded).values():
        yield marked(loaded, mark, "thousands-or-decimals")
    if _text_file(loaded):
        yield from _minority(loaded, DECIMALS, "mixed-decimals")
        yield from _minority(loaded, DATES, "mixed-dates")


def writings(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> dict[str, Writings]:
    """Of each column with unread values: as written -> the listed value, None for a word for missing.

    Capitals, blanks, kinds of dashes and umlauts don't matter; a column's own `x-synonyms` say the rest. A
    profile that maps values of the column knows the office's own abbreviations, so they are not guessed at.
    """
    broken = {
        loaded.checks[mark].column
        for mark in loaded.hits
        if loaded.checks[mark].rule in MAY_BE_READ_OTHERWISE
    }
    meant = {field.name: _meant(loaded, field) for field in loaded.table.fields if field.name in broken}
    if not meant:
        return {}
    same = _folded(connection, {each for by in meant.values() for each in by})
    found = {column: _found(connection, loaded, column, words, same) for column, words in meant.items()}
    read = {column: _read(meant[column], each, same) for column, each in found.items()}
    for column, by in read.items():
        if "x-country" in loaded.table.field(column).rules:
            read[column] = {**by, **_with_code(connection, loaded, column, meant[column], same)}
    return {column: by for column, by in read.items() if by}


def notices(loaded: Loaded) -> Iterator[Broken]:
    """One notice of each column with values that are written otherwise than its list has them."""
    for column, by in loaded.writings.items():
        if read := [f"{written} → {meant}" for written, meant in sorted(by.items()) if meant]:
            rows = f"select rowid as row from {loaded.typed} where {identifier(f'{READ}{column}')}"
            yield Broken("synonym", column, rows, {"limit": " · ".join(read[:SHOWN])})


def refused(loaded: Loaded) -> frozenset[str]:
    """The columns with values that the strict reading refuses, and that may be read forgivingly."""
    checks = (loaded.checks[mark] for mark in loaded.hits)
    return frozenset(check.column for check in checks if check.rule in FORGIVEN) & {*loaded.part.present}


def forgiven(loaded: Loaded) -> Iterator[Broken]:
    """What was read forgivingly and has a value: a notice or a question of each column and way of writing."""
    said: dict[tuple[str, str], list[str]] = {}
    for reading in flags(loaded.steps):
        said.setdefault((reading.step.rule or "", reading.column), []).append(identifier(reading.flag))
    for (rule, column), flagged in said.items():
        read = f"({' or '.join(flagged)}) and {identifier(column)} is not null"
        yield Broken(rule, column, f"select rowid as row from {loaded.typed} where {read}")


def _text_file(loaded: Loaded) -> bool:
    return loaded.part.recognised.kind == "CSV"


def _shown(loaded: Loaded, ways: dict[str, str]) -> str | None:
    return " / ".join(shown for way, shown in ways.items() if loaded.marked(way)) or None


def _minority(loaded: Loaded, ways: dict[str, str], rule: str) -> Iterator[Broken]:
    rows = {way: [mark for mark in loaded.hits if loaded.checks[mark].rule == way] for way in ways}
    if not all(rows.values()):
        return
    rarer = min(ways, key=lambda way: sum(loaded.hits[mark] for mark in rows[way]))
    for mark in rows[rarer]:
        yield marked(loaded, mark, rule)


def _meant(loaded: Loaded, field: Field) -> dict[str, str | None]:
    """Every writing that is known, and what it means."""
    listed: dict[str, str | None] = {value: value for value in value_list(loaded.table, field) or ()}
    if "x-country" in field.rules:
        listed = country_writings() | {UNSAID_COUNTRY: None}
    short = {} if loaded.part.origin(field.name).known else field.rules.get("x-synonyms", {})
    missing = (word for word in (*loaded.table.missing, *MISSING) if word)
    return {**dict.fromkeys(missing), **listed, **short}


def _found(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, column: str, known: Writings, same: dict[str, str]
) -> dict[str, str]:
    """What stands in the column, is not read as it stands, and is the same as what is known if folded."""
    # Different values first: to fold one takes longer than to find that it was there before.
    values = f"select distinct {stripped(column)} as v from ({loaded.as_read(column)})"
    alike = f"{folded('v')} in ({literals(same[each] for each in known)})"
    rows = connection.execute(f"select v, {folded('v')} from ({values}) where {alike}").fetchall()
    as_it_stands = set(loaded.table.missing) | {each for each in known if known[each] == each}
    if "x-country" in loaded.table.field(column).rules:
        as_it_stands |= country_writings().keys()
    return {each: left for each, left in rows if each not in as_it_stands}


def _read(known: Writings, found: dict[str, str], same: dict[str, str]) -> Writings:
    """What was found and has one meaning alone. `found`, `same`: writing -> what is left of it if folded."""
    if len(found) > MOST:
        return {}
    may = {written: {known[each] for each in known if same[each] == left} for written, left in found.items()}
    return {written: meant.pop() for written, meant in may.items() if len(meant) == 1}


def _with_code(
    connection: duckdb.DuckDBPyConnection, loaded: Loaded, column: str, known: Writings, same: dict[str, str]
) -> Writings:
    """Countries that are written twice, `Syrien (SY)` or `SY - Syrien`, where both say the same one."""
    values = f"select distinct {stripped(column)} as v from ({loaded.as_read(column)})"
    asked = f"select v from ({values}) where regexp_matches(v, '{CODE}') limit {MOST + 1}"
    written = [value for (value,) in connection.execute(asked).fetchall()]
    twice = {value: pair for value in written for pair in [_name_and_code(value)] if pair}
    if not twice or len(written) > MOST:
        return {}
    folded_names = _folded(connection, {name for name, _ in twice.values()})
    meant = {same[each]: known[each] for each in known}
    return {
        value: known[code]
        for value, (name, code) in twice.items()
        if known.get(code) and meant.get(folded_names[name]) == known[code]
    }


def _name_and_code(value: str) -> tuple[str, str] | None:
    for form, name, code in ((BEHIND, 1, 2), (BEFORE, 2, 1)):
        if found := form.fullmatch(value):
            return found[name], found[code]
    return None


def _folded(connection: duckdb.DuckDBPyConnection, words: set[str]) -> dict[str, str]:
    """Each word, and what DuckDB makes of it, as in the question about the file."""
    asked = f"select w, {folded('w')} from (select unnest($words) as w)"
    return dict(connection.execute(asked, {"words": sorted(words)}).fetchall())
