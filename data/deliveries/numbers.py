"""Money, decimals and whole numbers, as German and English programs write them.

Accepted: 1.234,56 · 1234,56 · 1234.56 · 1234, money also with a euro sign behind it. One group of a point
and three digits (1.234) can be read in two ways: it counts as thousands only where the same file writes
decimal commas.
"""

from data.deliveries.checks import Check
from data.deliveries.schema import Field
from data.deliveries.wording import phrase
from data.sql import name

GROUPED = r"[1-9][0-9]{0,2}(\.[0-9]{3})+"
ONE_GROUP = r"-?[1-9][0-9]{0,2}\.[0-9]{3}"


def number(field: Field) -> tuple[str, tuple[Check, ...]]:
    """The typed value of a number or integer field and its checks."""
    raw, value = name(f"{field.name} text"), name(field.name)
    scale = int(field.rules.get("x-scale", 0))
    plain = f"rtrim({raw}, ' €\u00a0')" if field.name.endswith("_eur") else raw
    cents = f"[0-9]{{1,{scale}}}"
    whole = rf"-?([0-9]+|{GROUPED})"
    pattern = rf"{whole}(,{cents})?|-?[0-9]+\.{cents}" if scale else whole
    comma = f"replace(replace({plain}, '.', ''), ',', '.')"
    grouped = f"contains({plain}, ',') or regexp_full_match({plain}, '-?{GROUPED}')"
    typed = (
        f"case when regexp_full_match({plain}, '{pattern}') "
        f"then try_cast(case when {grouped} then {comma} else {plain} end as {field.sql_type}) end"
    )
    checks = [
        Check("number" if scale else "integer", field.name, f"{raw} is not null and {value} is null"),
        Check(
            "comma",
            field.name,
            f"contains({raw}, ',') or regexp_full_match({plain}, '-?[0-9]{{1,3}}(\\.[0-9]{{3}}){{2,}}')",
            style=True,
        ),
        Check("question", field.name, f"regexp_full_match({plain}, '{ONE_GROUP}')", style=True),
    ]
    if scale:
        ends = f"regexp_full_match({plain}, '-?[0-9]+\\.{cents}')"
        checks.append(Check("point", field.name, ends, style=True))
    return typed, (*checks, *_range(field))


def _range(field: Field) -> list[Check]:
    low, high = field.rules.get("minimum"), field.rules.get("maximum")
    tests = [f"{name(field.name)} < {low}"] if low is not None else []
    tests += [f"{name(field.name)} > {high}"] if high is not None else []
    if not tests:
        return []
    limit = {"limit": f"{low} – {high}" if high is not None else phrase("from", low=str(low))}
    return [Check("range", field.name, " or ".join(tests), limit)]
