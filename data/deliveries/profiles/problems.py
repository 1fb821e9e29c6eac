"""What is wrong with a profile: the line, what is wrong there, what to write instead. In every language.

The standard library's reader of TOML gives values, but not their place, so a parser finds the lines.
"""

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from data.deliveries.format.names import nearest
from data.foundation import languages
from data.foundation.errors import DashboardError
from data.foundation.languages import OPERATORS, Fill, Texts

KeyPath = tuple[str | int, ...]
FILE = Path(__file__).parent / "problems.toml"


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


class WrongProfileError(DashboardError):
    """A profile that can't be used. `problems` names every line that is wrong."""

    exit_code = 3

    def __init__(self, label: str, problems: list[Problem]) -> None:
        super().__init__(label, problems)
        self.label = label
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(f"{self.label}, {each}" for each in self.problems)


class Lines:
    """Where the keys of a sound TOML file stand: `("table", 0, "to")` is `to` of the first `[[table]]`."""

    def __init__(self, text: str) -> None:
        self._lines: dict[KeyPath, int] = {}
        self._elements: dict[KeyPath, int] = {}
        for node in _parser().parse(text.encode("utf-8")).root_node.named_children:
            self._section(node)

    def of(self, *path: str | int) -> int:
        """The line of a key, or of the nearest one around it; 1 where nothing of it is in the file."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _section(self, node: Node) -> None:
        if node.type == "pair":
            self._pair((), node)
        if node.type not in ("table", "table_array_element"):
            return
        key, *pairs = (child for child in node.named_children if child.type != "comment")
        path = self._inside(_keys(key)[:-1])
        path = (*path, _keys(key)[-1])
        if node.type == "table_array_element":
            self._elements[path] = self._elements.get(path, -1) + 1
            path = (*path, self._elements[path])
        self._lines.setdefault(path, _line(node))
        for pair in pairs:
            self._pair(path, pair)

    def _inside(self, keys: list[str]) -> KeyPath:
        """The path that a header's keys lead to: of an array of tables, the last element so far."""
        path: KeyPath = ()
        for key in keys:
            path = (*path, key)
            if path in self._elements:
                path = (*path, self._elements[path])
        return path

    def _pair(self, around: KeyPath, node: Node) -> None:
        if node.type != "pair":
            return
        key, value = node.named_children[0], node.named_children[-1]
        path = around
        for each in _keys(key):
            path = (*path, each)
            self._lines.setdefault(path, _line(key))
        self._value(path, value)

    def _value(self, path: KeyPath, node: Node) -> None:
        if node.type == "inline_table":
            for pair in node.named_children:
                self._pair(path, pair)
        elif node.type == "array":
            for number, element in enumerate(c for c in node.named_children if c.type != "comment"):
                self._lines[(*path, number)] = _line(element)
                self._value((*path, number), element)


class Problems:
    """Collects what is wrong while a profile is read, so that all of it is told at once."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.every: list[Problem] = []

    def add(self, rule: str, path: KeyPath, word: str = "", other: Fill = "", near: str = "") -> None:
        """Note a problem with what stands at `path`."""
        self.every.append(problem(rule, self.lines.of(*path), word=word, other=other, near=near))

    def unknown(self, rule: str, path: KeyPath, word: str, known: list[str], other: str = "") -> None:
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


def _line(node: Node) -> int:
    return int(node.start_point[0]) + 1


def _keys(node: Node) -> list[str]:
    """The parts of a key as the standard library understands them: bare, quoted or dotted."""
    inside: Any = tomllib.loads(f"{(node.text or b'').decode()} = 0")
    keys = []
    while isinstance(inside, dict):
        ((key, inside),) = inside.items()
        keys.append(key)
    return keys


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser(Language(tree_sitter_toml.language()))


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
