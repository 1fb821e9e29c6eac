"""Which values a column of the format accepts, where it has a list of them."""

from functools import lru_cache

from data import areas
from data.deliveries.countries import writings
from data.deliveries.schema import Field, Table, tables
from data.deliveries.valuelists import value_list


@lru_cache(maxsize=256)
def accepted(table: str, column: str) -> tuple[str, ...]:
    """The values, without words for missing; empty for a column of dates, numbers or free choice."""
    return _values(tables()[table], tables()[table].field(column))


def missing(table: str) -> tuple[str, ...]:
    """What means that nothing is known: empty, and words like `k. A.`."""
    return tables()[table].missing


def _values(table: Table, field: Field) -> tuple[str, ...]:
    rules = field.rules
    if values := value_list(table, field):
        return tuple(values)
    if field.type == "boolean":
        return (*rules["trueValues"], *rules["falseValues"])
    if "x-country" in rules:
        return tuple(writings())
    if "x-list" in rules:
        return tuple(rules["x-list"]["items"])
    if "x-register" in rules:
        return tuple(area.code for area in areas.register().values() if area.level == rules["x-register"])
    return ()
