"""The export format as `datapackage.json` states it: tables, fields, rules, value lists; typed and frozen.

Countries of origin are a value list that is none of the file: every accepted writing and its code.
"""

import csv
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global

from data.foundation import land
from data.foundation.languages import DEFAULT, Texts
from data.foundation.sql import identifier

FILE = Path(__file__).parent / "datapackage.json"
TITLE = "x-title-"  # and a language: the title of a column in another one than the official
# Said of what is not known, in words and signs that no office means as a value. Dashes are folded into one.
MISSING = (
    "keine Angabe", "keine Angaben", "ohne Angaben", "nicht bekannt", "nicht erfasst", "nicht angegeben",
    "n. a.", "n/a", "n/v", "#N/A", "#NV", "--", "---", "----", "NULL", "none", "(leer)", "k.A", "unbek.", "?",
    "k. Angabe", "nicht erhoben", "weiß nicht", "./.", "-/-",
)  # fmt: skip
# Official and usual names beside those of CLDR (list of states for official use, Federal Foreign Office), and
# the keys of the statistical offices (Staats- und Gebietssystematik). Keys of states that are no more are not
# among them: nobody knows which of the later ones is meant. The last two are of people whom no country calls
# its own, or of whom it is not settled: categories of their own.
COUNTRIES = Path(__file__).parent / "countries.csv"
# What stands for the apostrophe in a name (Côte d'Ivoire): on a keyboard, in print, an accent typed for it.
SIGNS = "'\u2019\u00b4`"
APOSTROPHES = str.maketrans(dict.fromkeys(SIGNS, "'"))
# Codes of CLDR that are no country of ISO 3166-1 (XK, Kosovo, is in common use and stays).
NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})


@dataclass(frozen=True)
class Field:
    """One column. `titles` by language; `rules` has the constraints of Table Schema and the `x-` properties,
    by name.
    """

    name: str
    type: str
    titles: Texts
    rules: dict[str, Any]

    @property
    def required(self) -> bool:
        """Whether every row needs a value."""
        return bool(self.rules.get("required"))

    @property
    def is_booking(self) -> bool:
        """Whether it is an id as accounting writes it, with blanks, slashes and dots."""
        return "x-booking" in self.rules

    @property
    def sql_type(self) -> str:
        """The column's type in Parquet."""
        if self.type == "number":
            return f"decimal({self.rules['x-precision']}, {self.rules['x-scale']})"
        return {"date": "date", "integer": "bigint", "boolean": "boolean"}.get(self.type, "varchar")


@dataclass(frozen=True)
class Table:
    """One table of the format. `unique` is its key (empty: none), `parents` column -> (table, column)."""

    name: str
    missing: tuple[str, ...]
    fields: tuple[Field, ...]
    unique: tuple[str, ...]
    parents: dict[str, tuple[str, str]]
    rules: dict[str, Any]

    def field(self, name: str) -> Field:
        """The field of that name; raises KeyError."""
        return self.by_name()[name]

    def by_name(self) -> dict[str, Field]:
        """All fields by name, in the order of the format."""
        return {field.name: field for field in self.fields}


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """Every table of the export format by name, in its order: a parent stands before its children."""
    package = json.loads(FILE.read_text(encoding="utf-8"))
    return {resource["name"]: _table(resource) for resource in package["resources"]}


def enum_type(table: str, field: str) -> str:
    """The DuckDB type of a value list."""
    return identifier(f"{table}.{field}")


def value_list(table: Table, field: Field) -> list[str] | None:
    """The values that an enumerated column may have, or None."""
    if "x-value-of" in field.rules:
        return sorted({value for values in values_by(field, table).values() for value in values})
    values = field.rules.get("enum")
    return list(values) if values else None


def values_by(field: Field, table: Table) -> dict[str, list[str]]:
    """For a column whose list depends on another one: value of that one -> allowed values here."""
    rule = field.rules["x-value-of"]
    others = tables()[rule["table"]]
    return {other: others.field(other).rules["enum"] for other in table.field(rule["by"]).rules["enum"]}


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    key = schema.get("primaryKey") or schema.get("x-unique") or []
    return Table(
        name=resource["name"],
        missing=tuple(schema["missingValues"]),
        fields=tuple(_field(field) for field in schema["fields"]),
        unique=(key,) if isinstance(key, str) else tuple(key),
        parents={
            link["fields"]: (link["reference"]["resource"], link["reference"]["fields"])
            for link in schema.get("foreignKeys", [])
        },
        rules={name: rule for name, rule in schema.items() if name.startswith("x-")},
    )


def _field(field: dict[str, Any]) -> Field:
    extras = {name: rule for name, rule in field.items() if name.startswith("x-") or name.endswith("Values")}
    if "x-of-land" in field:
        extras["enum"] = [each.name for each in land.own().programmes]
    return Field(
        name=field["name"],
        type=field["type"],
        titles={DEFAULT: field["title"]}
        | {name.removeprefix(TITLE): text for name, text in extras.items() if name.startswith(TITLE)},
        rules={**field.get("constraints", {}), **extras},
    )


@lru_cache(maxsize=1)
def country_writings() -> dict[str, str]:
    """Accepted writing (code or German name) -> alpha-2 code, `staatenlos` or `ungeklärt`."""
    names = Locale("de").territories
    codes = {code: code for code in sorted(names) if _is_country(code)}
    known = {**codes, **{names[code]: code for code in codes}, **_of_passports(codes), **_others()}
    plain = {name.translate(APOSTROPHES): code for name, code in known.items()}
    return {name.replace("'", sign): code for name, code in plain.items() for sign in SIGNS} | known


def _of_passports(codes: Collection[str]) -> dict[str, str]:
    """Alpha-3 code, as passports bear it -> alpha-2 code; of states that became several there is none."""
    aliases = get_global("territory_aliases")
    three = {code: now for code, now in aliases.items() if len(code) == 3 and code.isalpha()}
    return {code: now[0] for code, now in sorted(three.items()) if len(now) == 1 and now[0] in codes}


def _others() -> dict[str, str]:
    with COUNTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    found = {row["key"]: row["code"] for row in rows if row["key"]}
    return found | {name: row["code"] for row in rows for name in row["names"].split("|") if name}


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
