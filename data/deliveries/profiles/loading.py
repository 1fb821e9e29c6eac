"""From the text of a profile to a `Profile`, or to everything that is wrong with it, line by line."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.deliveries.format.findings import phrase
from data.deliveries.format.profile import NUMBER, ColumnRule, Profile, TableRule
from data.deliveries.format.schema import Field, Table, country_writings, tables, value_list
from data.deliveries.profiles.problems import KeyPath, Lines, Problem, Problems, WrongProfileError, problem
from data.deliveries.profiles.values import ages, dates
from data.foundation import areas

COLUMN_KEYS = [
    "column",
    "columns",
    "join",
    "constant",
    "key",
    "given",
    "values",
    "ignore",
    "date",
    "separator",
    "years",
]
ORIGINS = ("column", "columns", "constant", "key", "given")
GIVEN = ["sender", "reporting-date"]
TEXT, LIST, TABLE, YES = "a-text", "a-list", "a-table", "a-yes"
SHAPES = {
    "column": (TEXT, 'column = "Spalte"'), "columns": (LIST, 'columns = ["Straße", "Ort"]'),
    "join": (TEXT, 'join = " "'), "constant": (TEXT, 'constant = "Landkreis"'),
    "key": (LIST, 'key = ["Fallnummer", "{n}"]'), "given": (TEXT, 'given = "sender"'),
    "values": (TABLE, 'values = { "m" = "männlich" }'), "ignore": (LIST, 'ignore = ["?"]'),
    "date": (TEXT, 'date = "MM/TT/JJJJ"'), "separator": (TEXT, 'separator = ";"'),
    "years": (YES, "years = true"),
}  # fmt: skip
TABLE_KEYS = ["to", "file", "sheet", "ignore", "leave_out", "sums", "repeat", "columns"]
LEAVE_OUT = 'leave_out = { "Fall-Nr." = ["Gesamt"] }'
MOST_REPEATED = 99  # columns that repeat
PROFILE_NAME = re.compile(r"[a-z0-9._-]{2,40}")
PROFILE_KEYS = ["name", "title", "table"]


def load(text: str, label: str) -> Profile:
    """The profile in a TOML text. `label` is its file as errors name it. Raises `WrongProfileError`."""
    profile, problems = read(text, label)
    if profile is None:
        raise WrongProfileError(label, problems)
    return profile


def load_file(path: Path) -> Profile:
    """The profile in a file. Raises `WrongProfileError`, also where the file isn't UTF-8."""
    try:
        return load(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise WrongProfileError(path.name, [problem("syntax", 1, other="UTF-8?")]) from None


def check(text: str, label: str = "profile.toml") -> list[Problem]:
    """Everything that is wrong with a profile, in the order of its lines; empty if it can be used."""
    return read(text, label)[1]


def read(text: str, label: str) -> tuple[Profile | None, list[Problem]]:
    """The profile, or None and its problems."""
    try:
        written = tomllib.loads(text)
    except RecursionError:
        return None, [problem("syntax", 1, other="Nested too deeply")]
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        return None, [problem("syntax", line, other=re.sub(r" \(at .*", "", str(error)))]
    problems = Problems(Lines(text))
    tables = _tables(written, problems)
    if not isinstance(name := written.get("name"), str) or not PROFILE_NAME.fullmatch(name):
        problems.add("no-name", ("name",))
    title = written.get("title", str(name))
    if not isinstance(title, str):
        problems.add("wrong-type", ("title",), "title", phrase("a-text"), 'title = "…"')
    if problems.every:
        return None, sorted(problems.every, key=lambda each: each.line)
    return Profile(str(name), str(title), tables, text, label), []


def table_rule(written: dict[str, Any], at: int, problems: Problems) -> TableRule | None:
    """The rule of the table at this place, or None where its problems were noted."""
    before, path = len(problems.every), ("table", at)
    for key in written.keys() - set(TABLE_KEYS):
        problems.unknown("unknown-key", (*path, key), key, TABLE_KEYS)
    to = written.get("to")
    if to not in tables():
        problems.unknown("unknown-table", (*path, "to"), str(to or ""), list(tables()))
        return None
    for key in ("file", "sheet"):
        if not isinstance(written.get(key, "*"), str):
            problems.add("wrong-type", (*path, key), key, phrase("a-text"), f'{key} = "Export*"')
    ignore = written.get("ignore", [])
    if not _texts(ignore):
        problems.add("wrong-type", (*path, "ignore"), "ignore", phrase("a-list"), 'ignore = ["Lfd. Nr."]')
        ignore = []
    repeat = written.get("repeat")
    if repeat is not None and (type(repeat) is not int or not 1 <= repeat <= MOST_REPEATED):
        problems.add("wrong-type", (*path, "repeat"), "repeat", f"1–{MOST_REPEATED}", "repeat = 5")
        repeat = 1
    left_out = written.get("leave_out", {})
    if not _words(left_out):
        problems.add("wrong-type", (*path, "leave_out"), "leave_out", phrase("words-by-column"), LEAVE_OUT)
        left_out = {}
    if not isinstance(sums := written.get("sums", False), bool):
        problems.add("wrong-type", (*path, "sums"), "sums", phrase("a-yes"), "sums = true")
    columns = written.get("columns", {})
    if not isinstance(columns, dict):
        problems.add("wrong-type", (*path, "columns"), "columns", "[table.columns]", "[table.columns]")
        return None
    rules = [
        rule
        for name, each in columns.items()
        if (rule := column_rule(tables()[to], name, each, (*path, "columns", name), problems))
    ]
    file, sheet = str(written.get("file", "*")), str(written.get("sheet", "*"))
    words = {heading: tuple(listed) for heading, listed in left_out.items()}
    line = problems.lines.of(*path)
    table = TableRule(to, line, tuple(rules), file, sheet, tuple(ignore), repeat, words, sums is True)
    _as_a_whole(table, set(columns), path, problems)
    return table if len(problems.every) == before else None


def column_rule(
    table: Table, name: str, written: Any, path: KeyPath, problems: Problems
) -> ColumnRule | None:
    """The rule of one column of the table, or None where its problems were noted."""
    if name not in table.by_name():
        problems.unknown("unknown-column", path, name, list(table.by_name()), table.name)
        return None
    if isinstance(written, str) and written:
        return ColumnRule(name, problems.lines.of(*path), (written,))
    if not isinstance(written, dict):
        problems.add("wrong-type", path, name, phrase("a-column"), f'{name} = "Ihre Spalte"')
        return None
    before = len(problems.every)
    for key, value in written.items():
        if key not in COLUMN_KEYS:
            problems.unknown("unknown-key", (*path, key), key, COLUMN_KEYS)
        elif not _has_shape(value, SHAPES[key][0]):
            shape, example = SHAPES[key]
            problems.add("wrong-type", (*path, key), key, phrase(shape), example)
    if sum(key in written for key in ORIGINS) != 1:
        problems.add("one-origin", path, name)
    if len(problems.every) > before:
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
        years=written.get("years", False),
    )


@lru_cache(maxsize=256)
def accepted(table: str, column: str) -> tuple[str, ...]:
    """The values, without words for missing; empty for a column of dates, numbers or free choice."""
    return _values(tables()[table], tables()[table].field(column))


def missing(table: str) -> tuple[str, ...]:
    """What means that nothing is known: empty, and words like `k. A.`."""
    return tables()[table].missing


def _values(table: Table, field: Field) -> tuple[str, ...]:
    rules = field.rules
    if values := value_list(table, field):
        return tuple(values)
    if field.type == "boolean":
        return (*rules["trueValues"], *rules["falseValues"])
    if "x-country" in rules:
        return tuple(country_writings())
    if "x-list" in rules:
        return tuple(rules["x-list"]["items"])
    if "x-register" in rules:
        return tuple(area.code for area in areas.register().values() if area.level == rules["x-register"])
    return ()


def _check(table: Table, field: Field, written: dict[str, Any], path: KeyPath, problems: Problems) -> None:
    if "join" in written and "columns" not in written:
        problems.add("without", (*path, "join"), "join", "columns")
    for key in ("values", "ignore", "date", "separator", "years"):
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
    if "years" in written and not ages.are_groups(accepted(table.name, field.name)):
        problems.add("no-ages", (*path, "years"), field.name)
    for theirs, ours in written.get("values", {}).items():
        _check_value(table, field, ours, (*path, "values", theirs), problems)
        if theirs in written.get("ignore", ()):
            problems.add("used-and-ignored", (*path, "values", theirs), theirs)
    if "constant" in written:
        _check_value(table, field, written["constant"], (*path, "constant"), problems)


def _check_value(table: Table, field: Field, value: str, path: KeyPath, problems: Problems) -> None:
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
    if shape == YES:
        return isinstance(value, bool)
    if shape == LIST:
        return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


def _as_a_whole(table: TableRule, assigned: set[str], path: KeyPath, problems: Problems) -> None:
    for field in tables()[table.to].fields:
        if field.required and field.name not in assigned:
            problems.add("required-column", path, field.name, table.to)
    if not table.reads_a_file and table.to != "lieferung" and len(table.columns) == len(assigned):
        problems.add("no-source", path, table.to)
    used = {heading: rule for rule in table.columns for heading in rule.headings}
    for at, heading in enumerate(table.ignore):
        if heading in used:
            problems.add("used-and-ignored", (*path, "ignore", at), heading)
    numbered = [heading for heading in (*used, *table.ignore) if NUMBER in heading]
    if table.repeat and not numbered:
        problems.add("repeat-without-number", (*path, "repeat"))
    if not table.repeat:
        for rule in table.columns:
            if any(NUMBER in part for part in (*rule.columns, *rule.key)):
                word = next(part for part in (*rule.columns, *rule.key) if NUMBER in part)
                problems.add("number-without-repeat", (*path, "columns", rule.to), word)


def _words(value: Any) -> bool:
    """Whether these are words by column, none of them without a letter or digit: that would be every row."""
    return isinstance(value, dict) and all(
        NUMBER not in heading and _texts(listed) and listed and all(re.search(r"\w", word) for word in listed)
        for heading, listed in value.items()
    )


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _tables(written: dict[str, Any], problems: Problems) -> tuple[TableRule, ...]:
    for key in written.keys() - set(PROFILE_KEYS):
        problems.unknown("unknown-key", (key,), key, PROFILE_KEYS)
    tables = written.get("table", [])
    if not tables or not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        problems.add("no-table", ("table",))
        return ()
    rules = [rule for at, each in enumerate(tables) if (rule := table_rule(each, at, problems))]
    first: dict[str, int] = {}
    for at, each in enumerate(tables):
        to = str(each.get("to"))
        if to in first:
            problems.add("table-twice", ("table", at), to, str(problems.lines.of("table", first[to])))
        first.setdefault(to, at)
    return tuple(rules)
