"""The table with its description, for people and for machines: a Frictionless tabular data package as ZIP.

https://specs.frictionlessdata.io/tabular-data-package/ (version 1). Properties that begin with x- say what it
has no word for: which column of which question a field is, so that every number can be asked again.
"""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from pages.files import comma, description
from pages.files import table as tables
from pages.files.figure import Figure
from pages.files.packing import packed
from pages.files.table import Field, Kind, State, Table, Value, meaning
from pages.text.words import Words

PACKAGE = "datapackage.json"
JSON = dict[str, Any]


def written(figure: Figure) -> bytes:
    """`<name>.csv`, `<name>.md` and `datapackage.json`; the same bytes each time for the same edition."""
    table = tables.of(figure)
    content = comma.of(table, figure.words)
    parts = {
        f"{figure.name}.csv": content,
        f"{figure.name}.md": description.markdown(figure, table).encode(),
        PACKAGE: f"{json.dumps(descriptor(figure, table, content), ensure_ascii=False, indent=2)}\n".encode(),
    }
    return packed(parts, figure.made)


def inline(figure: Figure) -> bytes:
    """The same package as one JSON, with the rows in it: numbers as numbers, null where there is none."""
    table, words = tables.of(figure), figure.words
    names = [field.name for field in table.fields]
    rows = [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows]
    fields = [_field(field, words, text=False) for field in table.fields]
    resource = _resource(figure) | {"schema": {"fields": fields}, "data": rows}
    return f"{json.dumps(_described(figure) | {'resources': [resource]}, ensure_ascii=False)}\n".encode()


def descriptor(figure: Figure, table: Table, content: bytes) -> JSON:
    """What `datapackage.json` says of a table and of the bytes of its CSV."""
    words = figure.words
    between, _ = comma.separators(words)
    file = {
        "path": f"{figure.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {
            "delimiter": between,
            "lineTerminator": comma.LINE_END,
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
            "header": True,
        },
        "schema": {
            "missingValues": [""],
            "fields": [_field(field, words) for field in table.fields],
        },
    }
    return _described(figure) | {"resources": [_resource(figure) | file]}


def _resource(figure: Figure) -> JSON:
    return {"profile": "tabular-data-resource", "name": figure.name.lower(), "title": figure.heading}


def _plain(value: Value) -> str | int | float | None:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _described(figure: Figure) -> JSON:
    words, edition = figure.words, figure.published.edition
    source = description.sections(figure)
    return {
        "profile": "tabular-data-package",
        "name": figure.name.lower(),
        "title": figure.heading,
        "description": "\n".join(f"{each.heading}: {' '.join(each.lines)}" for each in source),
        "version": edition.version,
        "created": f"{figure.made:%Y-%m-%dT%H:%M:%SZ}",
        "licenses": [
            {"name": "DL-DE-BY-2.0", "title": words.t("files.licence_name"), "path": description.LICENCE}
        ],
        "sources": [{"title": _source(figure)}],
        "x-citation": description.cited(figure),
        **({"x-cite-code": figure.code} if figure.code else {}),
        "x-as-of": description.as_of(figure.published).isoformat(),
        "x-demonstration-data": edition.synthetic,
        "x-not-for-publication": edition.internal,
        "x-question": _question(figure),
    }


def _field(field: Field, words: Words, *, text: bool = True) -> JSON:
    """`text`: its numbers are written as a spreadsheet reads them."""
    _, decimal = comma.separators(words)
    described: JSON = {
        "name": field.name,
        "title": field.name,
        "type": field.kind.value,
        "description": meaning(field, words),
    }
    if field.kind is Kind.NUMBER and text:
        described |= {"decimalChar": decimal, "bareNumber": True}
    if field.part == "state":
        listed = [words.t(f"files.state.{each.value}") for each in State]
        described["constraints"] = {"required": True, "enum": listed}
    named = {"x-column": field.column, "x-part": field.part, "x-unit": field.unit}
    return described | {name: text for name, text in named.items() if text}


def _source(figure: Figure) -> str:
    return description.source(figure.published, figure.words)


def _question(figure: Figure) -> JSON:
    published = figure.published
    asked = asdict(published.asked) if published.asked else {}
    return {
        "name": published.query,
        "filters": {name: value for name, value in asked.items() if value is not None},
        "only": {name: value for name, value in published.narrowed if isinstance(value, (str, int))},
    }
