"""What an attack reports: its number, its name, whether the release withstood it, and with which figures."""

from typing import Any

NAMED = 0.9  # a claim is made from this posterior on
POINTS = 0.05  # so much better than the prior may a guess be


def entry(number: int, name: str, passed: bool, **figures: Any) -> dict[str, Any]:
    """One entry of the report, of plain numbers."""
    plain = {key: _plain(value) for key, value in figures.items()}
    return {"number": number, "name": name, "passed": bool(passed), "figures": plain}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if hasattr(value, "item"):
        value = value.item()
    return round(value, 4) if isinstance(value, float) else value
