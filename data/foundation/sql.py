"""SQL that lies in files beside its modules, and names and texts from outside, quoted for DuckDB."""

from collections.abc import Iterable
from pathlib import Path


def beside(module: str, name: str) -> str:
    """The statement `<name>.sql` beside a module (its `__file__`), or in a folder there."""
    return (Path(module).parent / f"{name}.sql").read_text(encoding="utf-8")


def identifier(text: str) -> str:
    """A column or table name as an SQL identifier."""
    return '"' + text.replace('"', '""') + '"'


def literal(value: str) -> str:
    """A value as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def literals(values: Iterable[str]) -> str:
    """Several values as the inside of an IN list."""
    return ", ".join(literal(value) for value in values)


def is_one_of(expression: str, values: Iterable[str]) -> str:
    """SQL: the expression equals one of a few texts. (DuckDB makes a join of IN, which is slower here.)"""
    return "(" + " or ".join(f"{expression} = {literal(value)}" for value in values) + ")"


def folded(expression: str) -> str:
    """SQL: a text without capitals, blanks, umlauts and kinds of dashes, to tell what is the same."""
    same = f"translate(lower(nfc_normalize({expression})), '–—‑‐‒―─−－ \t\u00a0\u2009\u202f', '---------')"
    for umlaut, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        same = f"replace({same}, '{umlaut}', '{plain}')"
    return same


def cleaned_text(column_name: str) -> str:
    """The name under which a column's cleaned text stands beside its typed value."""
    return identifier(f"{column_name} text")
