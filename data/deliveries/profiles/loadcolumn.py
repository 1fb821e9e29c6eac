"""One column under `[table.columns]` of a profile: a heading, or a table that says more."""

import re
from typing import Any

from data.deliveries.profiles import dates
from data.deliveries.profiles.accepted import accepted, missing
from data.deliveries.profiles.language import ColumnRule
from data.deliveries.profiles.problems import Problems
from data.deliveries.schema import Field, Table
from data.deliveries.wording import phrase

KEYS = ["column", "columns", "join", "constant", "key", "given", "values", "ignore", "date", "separator"]
ORIGINS = ("column", "columns", "constant", "key", "given")
GIVEN = ["sender", "reporting-date"]
TEXT, LIST, TABLE = "a-text", "a-list", "a-table"
SHAPES = {
    "column": (TEXT, 'column = "Spalte"'), "columns": (LIST, 'columns = ["Straße", "Ort"]'),
    "join": (TEXT, 'join = " "'), "constant": (TEXT, 'constant = "Landkreis"'),
    "key": (LIST, 'key = ["Fallnummer", "{n}"]'), "given": (TEXT, 'given = "sender"'),
    "values": (TABLE, 'values = { "m" = "männlich" }'), "ignore": (LIST, 'ignore = ["?"]'),
    "date": (TEXT, 'date = "MM/TT/JJJJ"'), "separator": (TEXT, 'separator = ";"'),
}  # fmt: skip
At = tuple[str | int, ...]


def column_rule(table: Table, name: str, written: Any, path: At, problems: Problems) -> ColumnRule | None:
    """The rule of one column of the table, or None where its problems were noted."""
    if name not in table.by_name():
        problems.unknown("unknown-column", path, name, list(table.by_name()), table.name)
        return None
    if isinstance(written, str) and written:
        return ColumnRule(name, problems.lines.of(*path), (written,))
    if not isinstance(written, dict):
        problems.add("wrong-type", path, name, phrase("a-column"), f'{name} = "Ihre Spalte"')
        return None
    before = len(problems.found)
    for key, value in written.items():
        if key not in KEYS:
            problems.unknown("unknown-key", (*path, key), key, KEYS)
        elif not _has_shape(value, SHAPES[key][0]):
            shape, example = SHAPES[key]
            problems.add("wrong-type", (*path, key), key, phrase(shape), example)
    if sum(key in written for key in ORIGINS) != 1:
        problems.add("one-origin", path, name)
    if len(problems.found) > before:
        return None
    field = table.field(name)
    _check(table, field, written, path, problems)
    columns = (written["column"],) if "column" in written else tuple(written.get("columns", ()))
    return ColumnRule(
        to=name,
        line=problems.lines.of(*path),
        columns=columns,
        join=written.get("join", " "),
        constant=written.get("constant"),
        key=tuple(written.get("key", ())),
        given=written.get("given"),
        values=written.get("values", {}),
        ignore=tuple(written.get("ignore", ())),
        date=written.get("date"),
        separator=written.get("separator", ","),
    )


def _check(table: Table, field: Field, written: dict[str, Any], path: At, problems: Problems) -> None:
    if "join" in written and "columns" not in written:
        problems.add("without", (*path, "join"), "join", "columns")
    for key in ("values", "ignore", "date", "separator"):
        if key in written and "column" not in written and "columns" not in written:
            problems.add("without", (*path, key), key, "column")
    if "given" in written and written["given"] not in GIVEN:
        problems.unknown("unknown-value", (*path, "given"), written["given"], GIVEN, "given")
    if "date" in written and field.type != "date":
        problems.add("no-date", (*path, "date"), field.name)
    elif "date" in written and not dates.sound(written["date"]):
        problems.add("date-pattern", (*path, "date"), written["date"])
    if "separator" in written and "x-list" not in field.rules:
        problems.add("no-list", (*path, "separator"), field.name)
    for theirs, ours in written.get("values", {}).items():
        _check_value(table, field, ours, (*path, "values", theirs), problems)
        if theirs in written.get("ignore", ()):
            problems.add("used-and-ignored", (*path, "values", theirs), theirs)
    if "constant" in written:
        _check_value(table, field, written["constant"], (*path, "constant"), problems)


def _check_value(table: Table, field: Field, value: str, path: At, problems: Problems) -> None:
    known, pattern = accepted(table.name, field.name), field.rules.get("pattern")
    if value in missing(table.name) or value in known:
        return
    if known:
        problems.unknown("unknown-value", path, value, list(known), field.name)
    elif pattern and not re.fullmatch(pattern, value):
        problems.add("unknown-value", path, value, field.name, pattern)


def _has_shape(value: Any, shape: str) -> bool:
    if shape == TEXT:
        return isinstance(value, str) and bool(value)
    if shape == LIST:
        return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
