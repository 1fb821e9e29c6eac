"""Whether columns with numbers (Ziel 1, Status Ziel 1, Ziel 2 …) make sound rows of a table."""

from collections.abc import Collection

from data.deliveries.format.schema import Table
from data.deliveries.profiles.evidence import Evidence, Pairs, Seen
from data.deliveries.profiles.loading import accepted

KNOWN = 0.5  # of the values of a required column, or nearly every row would be a fault


def lacking(table: Table, pairs: Pairs, own: Collection[str]) -> tuple[str, ...]:
    """The columns without which nearly no row would be sound: they are required, always or with the values
    that another column has, and nothing is read as them, or their values are not known.

    `own`: columns that are made up or the case's.
    """
    found = []
    for field in table.fields:
        if field.name in own:
            continue
        if field.name in pairs:
            fits = pairs[field.name][1].fits
            unknown = bool(accepted(table.name, field.name)) and fits is not None and fits < KNOWN
            if field.required and unknown:
                found.append(field.name)
        elif field.required or _asked_for(field.rules.get("x-required-when"), pairs):
            found.append(field.name)
    return tuple(found)


def _asked_for(when: dict[str, list[str] | str] | None, pairs: Pairs) -> bool:
    if when is None or when["column"] not in pairs:
        return False
    read, found = pairs[str(when["column"])]
    return bool(_values(read, found) & set(when["in"]))


def _values(read: Seen, found: Evidence) -> set[str]:
    """The values of a column as the format calls them."""
    return {found.values.get(value, value) for value in read.values}
