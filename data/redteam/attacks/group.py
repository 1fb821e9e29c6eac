"""Attack 7: "all of them are …": shown cells that are nearly the whole that they are a part of.

What must be left hangs on what the part says, which the header of its mart tells: of a person, T others; of
how an office works, a few; of how complete a record is, nobody.
"""

from typing import Any

from data.redteam.attacker.likelihood import T
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.outcome import entry

OFFICE = 3


def attack(found: Opened) -> dict[str, Any]:
    """Passes if every shown part leaves as much of its whole as its kind needs."""
    rows = found.rows(
        "select c.what, count(*), min(r.rest), count(*) filter (r.rest < case r.relation "
        f"when 'office' then {OFFICE} else {T} end), r.relation = 'office' "
        "from rests as r join cells as c on r.id = c.rowid where r.relation <> 'within' group by 1, 5"
    )
    counted = [row for row in rows if not row[0].startswith("missing_values.")]
    return entry(
        7,
        "group attribute",
        not any(row[3] for row in counted),
        pairs=sum(row[1] for row in counted),
        nearly_all=sum(row[3] for row in counted),
        smallest_rest=min((row[2] for row in counted if not row[4]), default=None),
        smallest_rest_of_an_office=min((row[2] for row in counted if row[4]), default=None),
        broken={row[0]: row[3] for row in counted if row[3]},
    )
