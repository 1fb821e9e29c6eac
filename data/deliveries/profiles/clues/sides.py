"""Which of two dates is the start and which the end: by what headings say, and by the values themselves.

Columns of the format that have a side are those of which one may not be before the other.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import duckdb

from data.deliveries.format.schema import Table, tables
from data.deliveries.profiles.tablepart import Source
from data.foundation.sql import identifier

START, END = "start", "end"
# Folded words of headings. Those of four letters and more count within a word too: Fallbeginn, Zugangsdatum.
WORDS = {
    START: (
        "von", "seit", "ab", "beginn", "beginnt", "begonnen", "anfang", "start", "zugang", "eintritt",
        "aufnahme", "aufgenommen", "angelegt", "anlage", "eroeffnet", "eroeffnung", "erst", "neuzugang",
        "since", "from", "begin", "began", "opened", "opening", "created", "intake", "first",
    ),
    END: (
        "bis", "ende", "endet", "beendet", "beendigung", "schluss", "abschluss", "abgeschlossen", "abgang",
        "stop", "stopp",
        "austritt", "geschlossen", "schliessung", "letzt", "enddatum", "until", "till", "to", "end", "ended",
        "closed", "closing", "exit", "last",
    ),
}  # fmt: skip
WITHIN = 4
ENDING = re.compile(r"^(e[mnrs]?|s)")  # erste(r) Kontakt, Zugang(s)datum
# What else a heading of the start or end of counselling may say: it is of nothing else then.
OF_A_CASE = frozenset(
    {
        "", "am", "an", "der", "des", "dem", "die", "in", "im", "on", "of", "the", "date", "datum", "tag",
        "akte", "begleitung", "beratung", "betreuung", "counselling", "case", "client", "contact", "fall",
        "falls", "file", "gespraech", "integrationsmanagement", "klient", "klienten", "kontakt", "kontakts",
        "support", "termin",
    }
)  # fmt: skip
CASE_SIDES = {START: "aufnahme_am", END: "beendet_am"}
OTHER = {"aufnahme_am": "beendet_am", "beendet_am": "aufnahme_am"}
MOST_READ = 0.9  # of the values, that something can be said about their order
WAYS = ("%d.%m.%Y", "%Y-%m-%d")
Told = Mapping[str, tuple[str, str | None]]  # column of the format -> heading, and the side that it says


def side(heading: str) -> str | None:
    """What a folded heading says of itself; None where it says nothing, or both."""
    said = {
        word_side for word in heading.split() for word_side in WORDS if _rest(word, word_side) is not None
    }
    return said.pop() if len(said) == 1 else None


def of_case(heading: str) -> str | None:
    """The column of a case whose side a folded heading names, and nothing else beside it."""
    said = side(heading)
    if said is None:
        return None
    rest = [each if (each := _rest(word, said)) is not None else word for word in heading.split()]
    return CASE_SIDES[said] if OF_A_CASE.issuperset(rest) else None


def says_nothing(heading: str) -> bool:
    """Whether a folded heading is about a case, a date of it perhaps, and names no side."""
    return side(heading) is None and OF_A_CASE.issuperset(heading.split())


def is_of_another(heading: str, table: Table, column: str) -> bool:
    """Whether a folded heading says that its dates are none of this column: they are of the other side, or
    of the case itself while this is the date of something in it.
    """
    own = {to: side for pair in _pairs(table.name) for to, side in zip(pair, (END, START), strict=True)}
    said = side(heading)
    if said and own.get(column, said) != said:
        return True
    cases = OTHER.keys() <= table.by_name().keys()
    return cases and column not in OTHER and says_nothing(heading)


def told_apart(
    connection: duckdb.DuckDBPyConnection, source: Source, table: Table, told: Told
) -> dict[str, str | None]:
    """Which heading each of the `told` columns is to be read from after a look at their values.

    An end is never before its start, and an open case lacks it. Where the values say the opposite, two
    headings that say nothing change places; one that does not say its side is read as nothing (None), and so
    are two whose headings say the opposite of their values.
    """
    changed: dict[str, str | None] = {}
    for end, start in _pairs(table.name):
        if end not in told or start not in told:
            continue
        (late, late_says), (early, early_says) = told[end], told[start]
        silent = late_says is None and early_says is None
        if not _reversed(connection, source, early, late, also_by_gaps=silent):
            continue
        if silent:
            changed |= {start: late, end: early}
        else:
            changed |= {to: None for to, says in ((start, early_says), (end, late_says)) if not says} or {
                start: None,
                end: None,
            }
    return changed


@lru_cache(maxsize=16)
def _pairs(table: str) -> tuple[tuple[str, str], ...]:
    """Of each column that may not be before another one: itself and that one."""
    return tuple(
        (field.name, each["column"])
        for field in tables()[table].fields
        for each in field.rules.get("x-not-before", ())
        if not each.get("days")
    )


def _rest(word: str, said: str) -> str | None:
    """What is left of a word without the side that it names; None if it names none."""
    for name in WORDS[said]:
        if word == name:
            return ""
        if len(name) < WITHIN:
            continue
        if word.startswith(name):
            return ENDING.sub("", word.removeprefix(name), count=1)
        if word.endswith(name):
            return word.removesuffix(name).removesuffix("s")
    return None


def _reversed(
    connection: duckdb.DuckDBPyConnection, source: Source, early: str, late: str, also_by_gaps: bool
) -> bool:
    """Whether the values say that `early` is the later one of the two."""
    read = ", ".join(f"try_strptime({{}}, '{way}')" for way in WAYS)
    first, second = (identifier(str(source.column(each))) for each in (early, late))
    filled, dates, both, before, gaps = connection.execute(
        f"with days as (select {first} as a, {second} as b, "
        f"coalesce({read.replace('{}', first)}) as early, coalesce({read.replace('{}', second)}) as late "
        f"from {source.table}) "
        "select count(a) + count(b), count(early) + count(late), count(early + (late - early)), "
        "count(*) filter (late < early), count(b) - count(a) from days"
    ).fetchone() or (0, 0, 0, 0, 0)
    if not filled or dates < MOST_READ * filled:
        return False
    if before * 2 > both:
        return True
    return bool(also_by_gaps and not before and gaps > 0)
