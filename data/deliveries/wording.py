"""Findings in words: severity, message and remedy of every rule come from `rules/*.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.deliveries.findings import Finding, Group

FOLDER = Path(__file__).parent / "rules"
SHOWN = 80  # characters of a value that a message repeats
TEXTS = ("message_de", "message_en", "remedy_de", "remedy_en")


@dataclass(frozen=True)
class Place:
    """Where a finding is: the file as its sender names it, and the sheet of a workbook."""

    file: str
    sheet: str | None = None


@lru_cache(maxsize=1)
def rules() -> dict[str, dict[str, str]]:
    """Every rule by name: severity, message_de, message_en, remedy_de, remedy_en."""
    return {
        rule: texts
        for file in sorted(FOLDER.glob("*.toml"))
        for rule, texts in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def finding(
    rule: str,
    place: Place,
    *,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    wording: dict[str, str] | None = None,
) -> Finding:
    """One finding in both languages. `wording` fills the placeholders that are no place, column or value;
    what it has for `limit_de` stands for `limit` in German alone.
    """
    shown = None if value is None else _shown(value)
    fills = {"column": column, "value": shown or "", "file": place.file, **(wording or {})}
    texts = {key: rules()[rule][key].format_map(_in(key[-3:], fills)) for key in TEXTS}
    return Finding(
        severity=rules()[rule]["severity"],
        rule=rule,
        file=place.file,
        sheet=place.sheet,
        line=line,
        column=column,
        value=shown,
        **texts,
    )


def _in(language: str, fills: Mapping[str, str | None]) -> dict[str, str | None]:
    """The fillings for `_de` or `_en`: those of the language stand before those of both."""
    own = {name.removesuffix(language): fill for name, fill in fills.items() if name.endswith(language)}
    return {**fills, **own}


def group(
    rule: str,
    place: Place,
    *,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    wording: dict[str, str] | None = None,
) -> Group:
    """A single finding as a group of its own, for what is said about a file or a header."""
    only = finding(rule, place, line=line, column=column, value=value, wording=wording)
    return Group(rule, only.severity, place.file, place.sheet, column, 1, None, (only,))


def _shown(value: str) -> str:
    clean = "".join(sign if sign.isprintable() else " " for sign in value)
    return clean if len(clean) <= SHOWN else clean[: SHOWN - 1] + "…"
