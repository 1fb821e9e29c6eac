"""Attack 7: "all of them are …": shown cells that are nearly the whole that they are a part of."""

from typing import Any

from data.redteam.attacker.likelihood import T
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.outcome import entry


def attack(found: Opened) -> dict[str, Any]:
    """Passes if every shown part leaves at least T of its whole; how complete a record is tells of nobody."""
    rows = found.rows(
        "select c.what, count(*), min(r.rest), count(*) filter (r.rest < "
        f"{T}) from rests as r join cells as c on r.id = c.rowid group by 1"
    )
    counted = [row for row in rows if not row[0].startswith("missing_values.")]
    return entry(
        7,
        "group attribute",
        not any(row[3] for row in counted),
        pairs=sum(row[1] for row in counted),
        nearly_all=sum(row[3] for row in counted),
        smallest_rest=min((row[2] for row in counted), default=None),
        broken={row[0]: row[3] for row in counted if row[3]},
    )
