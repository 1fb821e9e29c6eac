"""One `[[table]]` of a profile."""

from typing import Any

from data.deliveries.profiles.language import NUMBER, TableRule
from data.deliveries.profiles.loadcolumn import column_rule
from data.deliveries.profiles.problems import Problems
from data.deliveries.schema import tables
from data.deliveries.wording import phrase

KEYS = ["to", "file", "sheet", "ignore", "repeat", "columns"]
MOST = 99  # columns that repeat


def table_rule(written: dict[str, Any], at: int, problems: Problems) -> TableRule | None:
    """The rule of the table at this place, or None where its problems were noted."""
    before, path = len(problems.found), ("table", at)
    for key in written.keys() - set(KEYS):
        problems.unknown("unknown-key", (*path, key), key, KEYS)
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
    if repeat is not None and (type(repeat) is not int or not 1 <= repeat <= MOST):
        problems.add("wrong-type", (*path, "repeat"), "repeat", f"1–{MOST}", "repeat = 5")
        repeat = 1
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
    table = TableRule(to, problems.lines.of(*path), tuple(rules), file, sheet, tuple(ignore), repeat)
    _as_a_whole(table, set(columns), path, problems)
    return table if len(problems.found) == before else None


def _as_a_whole(
    table: TableRule, assigned: set[str], path: tuple[str | int, ...], problems: Problems
) -> None:
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


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)
