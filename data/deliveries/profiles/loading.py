"""From the text of a profile to a `Profile`, or to everything that is wrong with it, line by line."""

import re
import tomllib
from pathlib import Path
from typing import Any

from data.deliveries.profiles.language import Profile, TableRule
from data.deliveries.profiles.lines import Lines
from data.deliveries.profiles.loadtable import table_rule
from data.deliveries.profiles.problems import Problem, Problems, ProfileWrong, problem
from data.deliveries.wording import phrase

NAME = re.compile(r"[a-z0-9._-]{2,40}")
KEYS = ["name", "title", "table"]


def load(text: str, shown: str) -> Profile:
    """The profile that a TOML text holds. `shown` is its file as errors name it. Raises `ProfileWrong`."""
    profile, problems = read(text, shown)
    if profile is None:
        raise ProfileWrong(shown, problems)
    return profile


def load_file(path: Path) -> Profile:
    """The profile in a file. Raises `ProfileWrong`, also where the file isn't UTF-8."""
    try:
        return load(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError:
        raise ProfileWrong(path.name, [problem("syntax", 1, other="UTF-8?")]) from None


def check(text: str, shown: str = "profile.toml") -> list[Problem]:
    """Everything that is wrong with a profile, in the order of its lines; empty if it can be used."""
    return read(text, shown)[1]


def read(text: str, shown: str) -> tuple[Profile | None, list[Problem]]:
    """The profile, or None and its problems."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        return None, [problem("syntax", line, other=re.sub(r" \(at .*", "", str(error)))]
    problems = Problems(Lines(text))
    tables = _tables(written, problems)
    if not isinstance(name := written.get("name"), str) or not NAME.fullmatch(name):
        problems.add("no-name", ("name",))
    title = written.get("title", str(name))
    if not isinstance(title, str):
        problems.add("wrong-type", ("title",), "title", phrase("a-text"), 'title = "…"')
    if problems.found:
        return None, sorted(problems.found, key=lambda each: each.line)
    return Profile(str(name), str(title), tables, text, shown), []


def _tables(written: dict[str, Any], problems: Problems) -> tuple[TableRule, ...]:
    for key in written.keys() - set(KEYS):
        problems.unknown("unknown-key", (key,), key, KEYS)
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
