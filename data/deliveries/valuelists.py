"""Value lists of the export format: which values a column may have, and their DuckDB types."""

from data.deliveries.schema import Field, Table, tables
from data.sql import name


def enum_type(table: str, field: str) -> str:
    """The DuckDB type of a value list."""
    return name(f"{table}.{field}")


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
