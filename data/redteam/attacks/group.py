"""Attack 7: "all of them are …": groups that are their whole, or all of it but one or two.

Whether somebody is told so is judged by the exact counts: an attacker is sure of it (P >= 0.9) from what two
shown figures leave, and it is so. Beside that stands a check of the file: how much a shown part leaves at the
least, by what the part says, which the header of its mart tells: of a person T others, of how an office
works a few, of how complete a record is nobody.
"""

from typing import Any

import numpy as np

from data.redteam.attacker.families import FEW
from data.redteam.attacker.likelihood import T
from data.redteam.attacker.opened import Opened
from data.redteam.attacker.verdict import NAMED, entry

OFFICE = 3
OF_PERSONS = ("parts", "total")


def attack(found: Opened, rests: dict[str, np.ndarray]) -> dict[str, Any]:
    """Passes if no group of persons is told to be nearly its whole, and each shown part leaves enough."""
    of_persons = np.isin(rests["relation"].astype(str), OF_PERSONS)
    sure = rests["posterior"][:, : FEW + 1].sum(axis=1) >= NAMED
    named = of_persons & sure & (rests["n"] <= FEW)
    ((there,),) = found.rows(
        f"select coalesce(sum(pairs), 0) from nearly_all where relation in {OF_PERSONS!r}"
    )
    rows = found.rows(
        "select c.what, count(*), min(r.rest), count(*) filter (r.rest < case r.relation "
        f"when 'office' then {OFFICE} else {T} end), r.relation = 'office' "
        "from rests as r join cells as c on r.id = c.rowid where r.relation <> 'within' "
        "group by c.what, r.relation = 'office'"
    )
    counted = [row for row in rows if not row[0].startswith("missing_values.")]
    too_little = {row[0]: row[3] for row in counted if row[3]}
    return entry(
        7,
        "group attribute",
        not named.any() and not too_little,
        tried=max(there, int(named.sum())),  # without a limit smaller groups are shown too
        named=named.sum(),
        pairs=sum(row[1] for row in counted),
        nearly_all=sum(row[3] for row in counted),
        smallest_rest=min((row[2] for row in counted if not row[4]), default=None),
        smallest_rest_of_an_office=min((row[2] for row in counted if row[4]), default=None),
        broken=too_little,
    )
