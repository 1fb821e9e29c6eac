"""What is wrong with a profile: the line, what is wrong there, what to write instead. In every language."""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from data import languages
from data.deliveries.profiles.likeness import nearest
from data.deliveries.profiles.lines import Lines
from data.errors import DashboardError
from data.languages import Fill, Texts

FILE = Path(__file__).parent / "problems.toml"
OPERATORS = "en"  # the language of the commands


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and the line of the profile in which it is."""

    rule: str
    line: int
    message: Texts = field(hash=False)
    remedy: Texts = field(hash=False)

    def as_json(self) -> dict[str, Any]:
        """As programs know it: rule, line, `message_de`, `message_en`, `remedy_de`, …"""
        texts = languages.flat("message", self.message) | languages.flat("remedy", self.remedy)
        return {"rule": self.rule, "line": self.line, **texts}

    def __str__(self) -> str:
        """One line for an operator."""
        return f"line {self.line}: {self.message[OPERATORS]} {self.remedy[OPERATORS]}"


class ProfileWrong(DashboardError):
    """A profile that can't be used. `problems` names every line that is wrong."""

    exit_code = 3

    def __init__(self, shown: str, problems: list[Problem]) -> None:
        super().__init__(shown, problems)
        self.shown = shown
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(f"{self.shown}, {each}" for each in self.problems)


class Problems:
    """Collects what is wrong while a profile is read, so that all of it is told at once."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.found: list[Problem] = []

    def add(
        self, rule: str, path: tuple[str | int, ...], word: str = "", other: Fill = "", near: str = ""
    ) -> None:
        """Note a problem with what stands at `path`."""
        self.found.append(problem(rule, self.lines.of(*path), word=word, other=other, near=near))

    def unknown(
        self, rule: str, path: tuple[str | int, ...], word: str, known: list[str], other: str = ""
    ) -> None:
        """Note a word that isn't among the known ones, with those most like it."""
        near = nearest(word, known) or known[:5]
        self.add(rule, path, word, other, " / ".join(f"'{each}'" for each in near))


def problem(rule: str, line: int, **fills: Fill) -> Problem:
    """One problem in words. `fills` are word, other, near: a text, or one of each language."""
    fills = {"word": "", "other": "", "near": "", **fills}
    message, remedy = (
        {
            language: languages.filled(text, language, fills)
            for language, text in languages.texts(_texts()[rule], what).items()
        }
        for what in ("message", "remedy")
    )
    return Problem(rule, line, message, remedy)


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
