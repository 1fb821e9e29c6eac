"""The line of every key of a TOML file. The standard library's reader gives values, but not their place."""

import tomllib
from functools import lru_cache
from typing import Any

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Path = tuple[str | int, ...]


class Lines:
    """Where the keys of a sound TOML file stand: `("table", 0, "to")` is `to` of the first `[[table]]`."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._elements: dict[Path, int] = {}
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

    def _inside(self, keys: list[str]) -> Path:
        """The path that a header's keys lead to: of an array of tables, the last element so far."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self._elements:
                path = (*path, self._elements[path])
        return path

    def _pair(self, around: Path, node: Node) -> None:
        if node.type != "pair":
            return
        key, value = node.named_children[0], node.named_children[-1]
        path = around
        for each in _keys(key):
            path = (*path, each)
            self._lines.setdefault(path, _line(key))
        self._value(path, value)

    def _value(self, path: Path, node: Node) -> None:
        if node.type == "inline_table":
            for pair in node.named_children:
                self._pair(path, pair)
        elif node.type == "array":
            for number, element in enumerate(c for c in node.named_children if c.type != "comment"):
                self._lines[(*path, number)] = _line(element)
                self._value((*path, number), element)


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
