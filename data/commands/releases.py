"""The part of `status` about releases."""

from pathlib import Path
from typing import Any

from data.deliveries.unusable import clearly


def status(store: Path) -> dict[str, Any]:
    """`release`: the one that serves, or None; `releases`: all, oldest first, also under an embargo."""
    from data.releases import manifest, shelf

    with clearly(store):
        every = [manifest.read(shelf.manifest(store, entry.name)) for entry in shelf.entries(store)]
        names = [entry.name for entry in shelf.open_to_readers(store)]
    told = [
        {
            "name": made.name,
            "created_at": made.created_at,
            "serves_from": made.serves_from,
            "series": made.series,
            "as_of": made.as_of,
            "deliveries": len(made.deliveries),
            "revised": sum(made.revised.values()),
            "note": made.note,
            "sha256": made.sha256,
        }
        for made in every
    ]
    serving = next((each for each in told if names and each["name"] == names[-1]), None)
    return {"release": serving, "releases": told}


def lines(state: dict[str, Any]) -> list[str]:
    """As text, one line per release, the one that serves marked."""
    told = []
    for each in state["releases"]:
        mark = "serves" if each == state["release"] else f"from {each['serves_from'][:16]} UTC"
        note = f", note: {each['note']}" if each["note"] else ""
        made = f"made {each['created_at'][:16]} UTC"
        told.append(f"release: {each['name']}, {mark}, {made}, {each['sha256'][:12]}{note}")
    return told or ["release: none"]
