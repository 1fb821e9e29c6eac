"""The comment on top of an SQL file, read as a contract: `-- name: value`, continued on deeper lines."""

import re
from collections.abc import Collection

_CONTINUED = re.compile(r"^--\s{5,}(\S.*)$")


def read(sql: str, names: Collection[str]) -> dict[str, str]:
    """The values of these names in the comment that the statement begins with."""
    line_of = re.compile(rf"^-- ({'|'.join(names)}):\s+(.*)$")
    header: dict[str, str] = {}
    name = ""
    for line in sql.splitlines():
        if found := line_of.match(line):
            name = found[1]
            header[name] = found[2].strip()
        elif name and (more := _CONTINUED.match(line)):
            header[name] += " " + more[1].strip()
        elif not line.startswith("--"):
            break
    return header


def title(sql: str) -> str:
    """The sentence before the first empty comment line."""
    words: list[str] = []
    for line in sql.splitlines():
        if line.strip() == "--" or not line.startswith("--"):
            break
        words.append(line.removeprefix("--").strip())
    return " ".join(words)


def listed(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())
