"""Dataclasses as JSON and back, by their types: what has to survive the end of a program."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_origin

from cattrs import BaseValidationError, transform_error
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override
from cattrs.preconf.json import JsonConverter, make_converter

from data.foundation.errors import DamagedFileError, DashboardError

T = TypeVar("T")
NAMED = 5
LEAN = "left out where it is the default"  # in the metadata of a field that an earlier program did not know
NAME = "stored as"  # in the metadata of a field: its name in JSON, where that is another one
Earlier = Callable[[dict[str, Any]], dict[str, Any]]


class OtherShapeError(DashboardError, ValueError):
    """JSON that is whole, but not of the kind that is asked for."""

    exit_code = 6

    def __init__(self, kind: Any, faults: list[str]) -> None:
        name = getattr(kind, "__name__", str(kind))
        if len(faults) > NAMED:
            faults = [*faults[:NAMED], f"and {len(faults) - NAMED} more"]
        super().__init__(
            f"What is stored is no {name}: {'; '.join(faults)}. It was damaged, or written by another "
            "version of this program. `python -m data verify` names what is damaged."
        )


def plain(value: Any) -> Any:
    """Only what JSON knows; dates as ISO, decimals as text, so that nothing is rounded."""
    return _EXACT.unstructure(value)


def text(value: Any, indent: int | None = None) -> str:
    """The JSON of a dataclass, or of a tuple or dict with some in it."""
    return json.dumps(plain(value), ensure_ascii=False, indent=indent)


def read(kind: type[T], written: str, *, newer: bool = False, earlier: Earlier | None = None) -> T:
    """The object again. `newer`: a later program may have written more fields, which are left out.
    `earlier` makes of each object of an earlier program what it is now.

    A field with a default may be missing: an earlier program didn't have it. Raises json.JSONDecodeError,
    or OtherShapeError with the place of what is not of this kind (no value is told); both are a ValueError.
    """
    try:
        stored = json.loads(written, object_hook=earlier)
        if get_origin(kind) is tuple and isinstance(stored, dict):  # of its keys the library would make one
            raise OtherShapeError(kind, ["no list"])
        made: T = (_NEWER if newer else _EXACT).structure(stored, kind)
    except BaseValidationError as error:
        raise OtherShapeError(kind, transform_error(error, format_exception=_fault)) from error
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, json.JSONDecodeError | OtherShapeError):
            raise
        raise OtherShapeError(kind, [_fault(error, kind)]) from error
    return made


def read_file(kind: type[T], path: Path, *, newer: bool = False) -> T:
    """The object that a file of the store holds. Raises FileNotFoundError, DamagedFileError."""
    try:
        return read(kind, path.read_text(encoding="utf-8"), newer=newer)
    except ValueError as error:
        reason = str(error) if isinstance(error, OtherShapeError) else "no JSON"
        raise DamagedFileError(path, reason.partition(" It was damaged")[0].rstrip(".")) from error


def _fault(error: BaseException, kind: Any) -> str:
    if isinstance(error, KeyError):
        return "a field is missing"
    fields = getattr(error, "extra_fields", None)
    return f"unknown: {', '.join(sorted(fields))}" if fields else f"no {getattr(kind, '__name__', kind)}"


def _converter(*, newer: bool) -> JsonConverter:
    made = make_converter(forbid_extra_keys=not newer)
    for kind in (str, int, bool):
        made.register_structure_hook(kind, _same)
    made.register_structure_hook(float, lambda value, _: float(_same(value, type(value), (int, float))))
    made.register_unstructure_hook(Decimal, str)
    made.register_structure_hook(Decimal, _decimal)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook_factory(
        _has_names, lambda kind: make_dict_unstructure_fn(kind, made, **_names(kind))
    )
    made.register_structure_hook_factory(
        _has_names,
        lambda kind: make_dict_structure_fn(kind, made, _cattrs_forbid_extra_keys=not newer, **_names(kind)),
    )
    return made


def _names(kind: Any) -> dict[str, Any]:
    """The fields of a dataclass that have another name in JSON, or are not always there."""
    return {
        each.name: override(rename=each.metadata.get(NAME), omit_if_default=each.metadata.get(LEAN))
        for each in fields(kind)
        if NAME in each.metadata or LEAN in each.metadata
    }


def _has_names(kind: Any) -> bool:
    return isinstance(kind, type) and is_dataclass(kind) and bool(_names(kind))


def _same(value: Any, kind: type, allowed: tuple[type, ...] = ()) -> Any:
    """The value itself: by itself the library would make a text of None, and a number of a text."""
    if type(value) not in (allowed or (kind,)):
        raise TypeError(kind.__name__)
    return value


def _decimal(value: Any, _: type) -> Decimal:
    try:
        return Decimal(_same(value, str))
    except ArithmeticError:
        raise ValueError from None


_EXACT, _NEWER = _converter(newer=False), _converter(newer=True)
