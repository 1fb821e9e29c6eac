"""Frozen dataclasses as JSON and back, by their types: what has to survive the end of a program."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """Only what JSON knows; dates as ISO, decimals as text, so that nothing is rounded."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(cell) for key, cell in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(cell) for cell in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(kind: type[T], value: Any) -> T:
    """The object again; fields that it does not have any more are left out, so that a newer program reads it.

    Raises KeyError, TypeError or ValueError where the JSON is not of this kind.
    """
    made: T = _made(kind, value)
    return made


def _made(kind: Any, value: Any) -> Any:
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return (
            None if value is None else _made(next(one for one in inside if one is not types.NoneType), value)
        )
    if origin is tuple:
        kinds = [inside[0]] * len(value) if inside[-1] is Ellipsis else inside
        return tuple(_made(one, cell) for one, cell in zip(kinds, value, strict=True))
    if origin is dict:
        return {key: _made(inside[1], cell) for key, cell in value.items()}
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast(type, kind))
        known = {name: _made(hints[name], cell) for name, cell in value.items() if name in hints}
        return typing.cast(type, kind)(**known)
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
