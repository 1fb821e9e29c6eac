"""`python -m data status`: what is stored, from whom, as of when, and which figures serve."""

import argparse
import json
from datetime import date
from typing import Any

from data.deliveries.store.unusable import clearly
from data.foundation import settings
from data.foundation.settings import Settings
from data.warehouse import versions


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("status", help="what is stored, from whom, as of when")
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the state of the store; always 0."""
    state = status(settings.from_environment())
    print(json.dumps(state, ensure_ascii=False, indent=2) if args.json else _table(state))
    return 0


def status(settings: Settings) -> dict[str, Any]:
    """`kind` (`demonstration`, `real`, `mixed`, `undecided`), `deliveries` (sender, reporting_date, state,
    sha256, rows per table …), `official_lists` of municipalities,
    `waiting` for somebody to say yes on the page, `warehouse`, `release` (the one that
    serves), `releases` (all).
    """
    from data.deliveries.handin import uploads
    from data.deliveries.store import deliveries, kind
    from data.deliveries.store.unusable import clearly

    serving = versions.current(settings.store)
    with clearly(settings.store):
        every = deliveries.all_deliveries(settings)
        lists = deliveries.official_lists(settings)
        found = kind.described(settings)
    return {
        "kind": found,
        "deliveries": [
            {
                "sender": stored.sender,
                "sender_name": stored.sender_name,
                "reporting_date": stored.reporting_date.isoformat(),
                "state": stored.state,
                "synthetic": stored.synthetic,
                "accepted_at": stored.accepted_at.isoformat(),
                "handed_in_by": stored.handed_in_by,
                "confirmed": stored.confirmed,
                "counts": stored.counts,
                "sha256": stored.sha256,
                "rows": stored.rows,
            }
            for stored in every
        ],
        "official_lists": [
            {
                "counted_on": stored.reporting_date.isoformat(),
                "census": stored.sender_kind,
                "municipalities": stored.rows[deliveries.LISTED],
                "state": stored.state,
                "synthetic": stored.synthetic,
                "confirmed": stored.confirmed,
                "sha256": stored.sha256,
            }
            for stored in lists
        ],
        "waiting": [
            {
                "path": waiting.path,
                "sender": waiting.head.sender if waiting.head else None,
                "by": waiting.by,
                "examined_at": waiting.examined_at.isoformat(timespec="seconds"),
                "acceptable": waiting.acceptable,
            }
            for waiting in uploads.all_waiting(settings)
        ],
        "warehouse": {"version": serving.version, "built_at": serving.built_at.isoformat()}
        if serving
        else None,
        **_releases(settings),
    }


def _releases(settings: Settings) -> dict[str, Any]:
    """`release`: the one that serves, or None; `releases`: all, oldest first, also under an embargo."""
    from data.releases import again, manifest, shelf

    store = settings.store
    with clearly(store):
        listed = shelf.entries(store)
        if shelf.is_copy(store):  # it has no files of what was withdrawn before it began
            listed = tuple(each for each in listed if shelf.manifest(store, each.name).exists())
        every = [manifest.read(shelf.manifest(store, entry.name)) for entry in listed]
        lost = {made.name: again.lost(settings, made) for made in every}
        names = [entry.name for entry in shelf.open_to_readers(store)]
        gone = {each.name: each.withdrawn.reason for each in shelf.entries(store) if each.withdrawn}
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
            "forgotten": lost[made.name],
            "withdrawn": gone.get(made.name),
        }
        for made in every
    ]
    serving = next((each for each in told if names and each["name"] == names[-1]), None)
    return {"release": serving, "releases": told}


def _table(state: dict[str, Any]) -> str:
    lines = [f"{'sender':24} {'as of':10} {'state':10} {'cases':>9} {'goals':>9}  sha256"]
    for row in state["deliveries"]:
        cases, goals = row["rows"].get("faelle", 0), row["rows"].get("ziele", 0)
        head = f"{row['sender']:24} {row['reporting_date']:10} {row['state']:10}"
        lines.append(f"{head} {cases:>9,} {goals:>9,}  {row['sha256'][:12]}")
    for each in state["official_lists"]:
        day = date.fromisoformat(each["counted_on"])
        counted = f"{day:%d.%m.%Y}, {each['census']}, {each['municipalities']:,} municipalities"
        made_up = ", synthetic" if each["synthetic"] else ""
        lines.append(f"inhabitants: {counted}, {each['state']}{made_up}  {each['sha256'][:12]}")
    lines += [f"waits: {each['path']} ({each['sender']}), by {each['by']}" for each in state["waiting"]]
    warehouse = state["warehouse"]
    built = f"version {warehouse['version']}, built {warehouse['built_at']}" if warehouse else "not built yet"
    return "\n".join([*lines, f"store: {state['kind']}", f"warehouse: {built}", *_release_lines(state)])


def _release_lines(state: dict[str, Any]) -> list[str]:
    """As text, one line per release, the one that serves marked."""
    told = []
    for each in state["releases"]:
        mark = "serves" if each == state["release"] else f"from {each['serves_from'][:16]} UTC"
        mark = f"WITHDRAWN ({each['withdrawn']})" if each["withdrawn"] else mark
        note = f", note: {each['note']}" if each["note"] else ""
        made = f"made {each['created_at'][:16]} UTC"
        gone = f", can't be made again ({each['forgotten']} of its deliveries are forgotten)"
        gone = gone if each["forgotten"] else ""
        told.append(f"release: {each['name']}, {mark}, {made}, {each['sha256'][:12]}{gone}{note}")
    return told or ["release: none"]
