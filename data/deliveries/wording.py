"""Findings in words: severity, message and remedy of every rule come from `rules/*.toml`."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data import languages
from data.deliveries.findings import Finding, Group
from data.languages import Fill, Texts, Wording

FOLDER = Path(__file__).parent / "rules"
PHRASES = Path(__file__).parent / "phrases.toml"
SHOWN = 80  # characters of a value that a message repeats


@dataclass(frozen=True)
class Rule:
    """What is said where a rule found something, by language. `kind` names a kind of personal details."""

    severity: str
    message: Texts
    remedy: Texts
    kind: Texts


@dataclass(frozen=True)
class Place:
    """Where a finding is: the file as its sender names it, and the sheet of a workbook."""

    file: str
    sheet: str | None = None


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by its name."""
    return {
        rule: Rule(
            severity=table["severity"],
            message=languages.texts(table, "message"),
            remedy=languages.texts(table, "remedy"),
            kind=languages.texts(table, "kind"),
        )
        for file in sorted(FOLDER.glob("*.toml"))
        for rule, table in tomllib.loads(file.read_text(encoding="utf-8")).items()
    }


def phrase(name: str, **fills: Fill) -> dict[str, str]:
    """A piece of a sentence, by language: what fills a placeholder and is no number or name."""
    return {language: languages.filled(text, language, fills) for language, text in _phrases()[name].items()}


def finding(
    rule: str,
    place: Place,
    *,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    wording: Wording | None = None,
) -> Finding:
    """One finding in every language. `wording` fills the placeholders that are no place, column or value,
    with one text for all languages, with a number that each writes in its way, or with a text of each.
    """
    shown = None if value is None else _shown(value)
    fills = {"column": column, "value": shown or "", "file": place.file, **(wording or {})}
    said = rules()[rule]
    return Finding(
        severity=said.severity,
        rule=rule,
        file=place.file,
        sheet=place.sheet,
        line=line,
        column=column,
        value=shown,
        message={name: languages.filled(text, name, fills) for name, text in said.message.items()},
        remedy={name: languages.filled(text, name, fills) for name, text in said.remedy.items()},
    )


def group(
    rule: str,
    place: Place,
    *,
    line: int | None = None,
    column: str | None = None,
    value: str | None = None,
    wording: Wording | None = None,
) -> Group:
    """A single finding as a group of its own, for what is said about a file or a header."""
    only = finding(rule, place, line=line, column=column, value=value, wording=wording)
    return Group(rule, only.severity, place.file, place.sheet, column, 1, None, (only,))


def _shown(value: str) -> str:
    clean = "".join(sign if sign.isprintable() else " " for sign in value)
    return clean if len(clean) <= SHOWN else clean[: SHOWN - 1] + "…"


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Texts]:
    tables: dict[str, Texts] = tomllib.loads(PHRASES.read_text(encoding="utf-8"))
    return tables
