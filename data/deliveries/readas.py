"""Values written otherwise than the format has them, and yet beyond doubt: which is read as which."""

from collections.abc import Iterator

import duckdb

from data.deliveries.collect import Broken
from data.deliveries.columns import Writings, stripped
from data.deliveries.csvfile import filled
from data.deliveries.load import READ, Loaded
from data.deliveries.parts import Part
from data.deliveries.schema import Field
from data.deliveries.valuelists import value_list
from data.sql import folded, name, texts

UNREAD = {"value-list", "date", "number", "integer", "boolean", "country", "list", "area-digits", "pattern"}
MOST = 100  # writings of one column; more are no habit of an office


def writings(connection: duckdb.DuckDBPyConnection, loaded: Loaded) -> dict[str, Writings]:
    """Of each column with unread values: as written -> the listed value, None for a word for missing.

    Capitals, blanks, kinds of dashes and umlauts don't matter; a column's own `x-synonyms` say the rest. A
    profile that maps values of the column knows the office's own abbreviations, so they are not guessed at.
    """
    broken = {loaded.checks[mark].column for mark in loaded.hits if loaded.checks[mark].rule in UNREAD}
    meant = {field.name: _meant(loaded, field) for field in loaded.table.fields if field.name in broken}
    if not meant:
        return {}
    same = _folded(connection, {each for by in meant.values() for each in by})
    found = {column: _found(connection, loaded.part, column, words, same) for column, words in meant.items()}
    return {column: by for column, each in found.items() if (by := _read(meant[column], each, same))}


def said(loaded: Loaded) -> Iterator[Broken]:
    """One notice of each column with values that are written otherwise than its list has them."""
    for column, by in loaded.writings.items():
        if read := " · ".join(f"{written} → {meant}" for written, meant in sorted(by.items()) if meant):
            rows = f"select rowid as row from {loaded.typed} where {name(f'{READ}{column}')}"
            yield Broken("synonym", column, rows, {"limit": read})


def _meant(loaded: Loaded, field: Field) -> dict[str, str | None]:
    """Every writing that is known, and what it means."""
    listed = {value: value for value in value_list(loaded.table, field) or ()}
    short = {} if loaded.part.origin(field.name).known else field.rules.get("x-synonyms", {})
    return {**dict.fromkeys(word for word in loaded.table.missing if word), **listed, **short}


def _found(
    connection: duckdb.DuckDBPyConnection, part: Part, column: str, known: Writings, same: dict[str, str]
) -> dict[str, str]:
    """What stands in the column, is not read as it stands, and is the same as what is known if folded."""
    # Different values first: to fold one takes longer than to find that it was there before.
    values = f"select distinct {stripped(column)} as v from {part.relation} where {filled(part.columns)}"
    alike = f"{folded('v')} in ({texts(same[each] for each in known)})"
    rows = connection.execute(f"select v, {folded('v')} from ({values}) where {alike}").fetchall()
    return {each: left for each, left in rows if each not in known or known[each] not in (None, each)}


def _read(known: Writings, found: dict[str, str], same: dict[str, str]) -> Writings:
    """What was found and has one meaning alone. `found`, `same`: writing -> what is left of it if folded."""
    if len(found) > MOST:
        return {}
    may = {written: {known[each] for each in known if same[each] == left} for written, left in found.items()}
    return {written: meant.pop() for written, meant in may.items() if len(meant) == 1}


def _folded(connection: duckdb.DuckDBPyConnection, words: set[str]) -> dict[str, str]:
    """Each word, and what DuckDB makes of it, as in the question about the file."""
    asked = f"select w, {folded('w')} from (select unnest($words) as w)"
    return dict(connection.execute(asked, {"words": sorted(words)}).fetchall())
