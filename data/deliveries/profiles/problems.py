"""What is wrong with a profile: the line, what is wrong there, what to write instead. In both languages."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.deliveries.profiles.likeness import nearest
from data.deliveries.profiles.lines import Lines
from data.errors import DashboardError

FILE = Path(__file__).parent / "problems.toml"
Words = str | tuple[str, str]
TEXTS = ("message_de", "message_en", "remedy_de", "remedy_en")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and the line of the profile in which it is."""

    rule: str
    line: int
    message_de: str
    message_en: str
    remedy_de: str
    remedy_en: str


class ProfileWrong(DashboardError):
    """A profile that can't be used. `problems` names every line that is wrong."""

    exit_code = 3

    def __init__(self, shown: str, problems: list[Problem]) -> None:
        super().__init__(shown, problems)
        self.shown = shown
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(
            f"{self.shown}, line {each.line}: {each.message_en} {each.remedy_en}" for each in self.problems
        )


class Problems:
    """Collects what is wrong while a profile is read, so that all of it is told at once."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.found: list[Problem] = []

    def add(
        self, rule: str, path: tuple[str | int, ...], word: str = "", other: Words = "", near: str = ""
    ) -> None:
        """Note a problem with what stands at `path`."""
        self.found.append(problem(rule, self.lines.of(*path), word=word, other=other, near=near))

    def unknown(
        self, rule: str, path: tuple[str | int, ...], word: str, known: list[str], other: str = ""
    ) -> None:
        """Note a word that isn't among the known ones, with those most like it."""
        near = nearest(word, known) or known[:5]
        self.add(rule, path, word, other, " / ".join(f"'{each}'" for each in near))


def problem(rule: str, line: int, **fills: Any) -> Problem:
    """One problem in words. `fills` are word, other, near: a text, or a pair of German and English."""
    fills = {"word": "", "other": "", "near": "", **fills}
    words = [
        {key: fill[at] if isinstance(fill, tuple) else fill for key, fill in fills.items()} for at in (0, 1)
    ]
    return Problem(
        rule, line, **{key: _texts()[rule][key].format_map(words[key.endswith("_en")]) for key in TEXTS}
    )


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
