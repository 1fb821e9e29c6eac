"""A whole release as one archive: every table as CSV, and what they are (a Frictionless data package).

https://specs.frictionlessdata.io/tabular-data-package/. Written in pieces, so that its size is no matter of
memory; the same bytes for the same release and language.
"""

import hashlib
import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from data import publish
from data.access.rights import PUBLIC
from data.disclosure.published import Edition
from data.questions import measures
from data.releases.afterwards import as_text
from data.releases.afterwards.as_text import Column, Given, Sort
from pages.files import description
from pages.files.packing import EARLIEST
from pages.text.words import Words

PACKAGE = "datapackage.json"
TEXTS = "machines"  # the file of texts
BANDS = 6
JSON = dict[str, Any]


def written(version: str, words: Words, to: Path) -> None:
    """Write the archive of a release. Raises NoFiguresError, DamagedFileError, OSError."""
    database, edition = publish.whole(version), publish.edition(PUBLIC, version)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        resources = []
        for given in as_text.of(database):
            digest, size = hashlib.sha256(), 0
            with archive.open(_entry(f"{given.name}.csv", edition.built_at), "w", force_zip64=True) as file:
                for piece in as_text.lines(database, given):
                    digest.update(piece)
                    size += len(piece)
                    file.write(piece)
            resources.append(_resource(given, size, digest.hexdigest(), words))
        told = json.dumps(_package(edition, resources, words), ensure_ascii=False, indent=1)
        with archive.open(_entry(PACKAGE, edition.built_at), "w") as file:
            file.write(f"{told}\n".encode())


def _entry(name: str, made: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, max(made.timetuple()[:6], EARLIEST.timetuple()[:6]))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _package(edition: Edition, resources: list[JSON], words: Words) -> JSON:
    day = words.date(edition.day)
    title = words.t(f"{TEXTS}.whole.title", heading=words.heading, version=edition.version)
    said = ["text", "withheld", "unknown", "sparse", "deviates"]
    parts = [words.t(f"{TEXTS}.whole.{each}", word=as_text.WITHHELD, as_of=day) for each in said]
    marks = [words.t("files.synthetic")] if edition.synthetic else []
    source = words.t("show.source.release", as_of=day, version=edition.version)
    return {
        "profile": "tabular-data-package",
        "name": f"integrationsmanagement-{edition.version.lower()}",
        "title": title,
        "description": "\n".join([*marks, *parts]),
        "version": edition.version,
        "created": f"{edition.built_at:%Y-%m-%dT%H:%M:%SZ}",
        "licenses": [
            {"name": "DL-DE-BY-2.0", "title": words.t("files.licence_name"), "path": description.LICENCE}
        ],
        "sources": [{"title": source}],
        "x-as-of": edition.day.isoformat(),
        "x-demonstration-data": edition.synthetic,
        "x-shown-from": edition.shown_from,
        "x-largest-deviation": edition.parameters.deviation if edition.parameters else 0,
        "x-measures": _measures(words),
        "resources": resources,
    }


def _measures(words: Words) -> list[JSON]:
    """Every measure as the pages define it, with what it is worked out from."""
    return [
        {"name": name, "unit": each.unit, "source": each.source}
        | {
            what: text
            for what in ("definition", "numerator", "denominator")
            if (text := each.text(what, words.lang))
        }
        | {"title": each.text("name", words.lang)}
        for name, each in measures.register().items()
    ]


def _resource(given: Given, size: int, digest: str, words: Words) -> JSON:
    schema: JSON = {
        "missingValues": ["", as_text.WITHHELD],
        "fields": [_field(column, words) for column in given.columns],
    }
    if given.key:
        schema["primaryKey"] = list(given.key)
    return {
        "profile": "tabular-data-resource",
        "name": given.name.replace("_", "-"),
        "path": f"{given.name}.csv",
        "title": _said(f"methods.table.{given.name}", words) or given.name,
        "description": as_text.about(given.name),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": as_text.END, "header": True},
        "schema": schema,
    }


def _field(column: Column, words: Words) -> JSON:
    described: JSON = {
        "name": column.name,
        "type": column.type,
        "title": _title(column, words),
        "description": _meaning(column, words),
        "x-sort": column.sort.value,
    }
    if column.type == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    if column.sort is Sort.BAND:
        described["constraints"] = {"minimum": 0, "maximum": BANDS}
    return described


def _title(column: Column, words: Words) -> str:
    if column.sort is Sort.BAND:
        of = column.name.removesuffix(as_text.BAND)
        return words.t(f"{TEXTS}.whole.band_of", of=_label(of, words))
    return _label(column.name, words)


def _label(name: str, words: Words) -> str:
    own = _said(f"{TEXTS}.column.{name}", words)
    return own or (words.label(name) if _known(name, words) else name)


def _known(name: str, words: Words) -> bool:
    return name in measures.register() or bool(_said(f"column.{name}", words))


def _meaning(column: Column, words: Words) -> str:
    measure = measures.register().get(column.name)
    definition = measure.text("definition", words.lang) if measure else ""
    of_sort = words.t(f"{TEXTS}.sort.{column.sort.value}", word=as_text.WITHHELD)
    return " ".join(filter(None, [definition, of_sort]))


def _said(key: str, words: Words) -> str:
    """A text that there may be; empty without one: a release may have columns of another program."""
    try:
        return words.t(key)
    except KeyError:
        return ""
