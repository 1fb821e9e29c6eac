"""How an office writes values as text: dates, decimals, booleans, area keys."""

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.demo.drawing import day
from data.demo.senders import Style

FIRST_DAY = day(2014)
DAYS = np.arange(FIRST_DAY, day(2040)).astype("datetime64[D]")


def worded(table: pa.Table, style: Style) -> pa.Table:
    """The table with every column as text."""
    table = table.combine_chunks()
    return pa.table({name: _column(name, table[name], style) for name in table.column_names})


def _column(name: str, column: pa.ChunkedArray, style: Style) -> pa.Array:
    array = column.combine_chunks()
    if isinstance(array, pa.ChunkedArray):  # a table without rows
        array = pa.array([], column.type)
    kind = array.type
    if pa.types.is_date(kind):
        return _dates(array, style)
    if pa.types.is_decimal(kind):
        return _decimals(name, array, style)
    if pa.types.is_boolean(kind):
        yes, no = style.yes_no
        return pc.if_else(array, yes, no or pa.scalar(None, pa.string()))
    if name in ("ags", "kreis") and style.lost_zeros:
        bare = [code.lstrip("0") for code in array.dictionary.to_pylist()]
        return pa.DictionaryArray.from_arrays(array.indices, bare).cast(pa.string())
    return array.cast(pa.string())


def _dates(array: pa.Array, style: Style) -> pa.Array:
    return _written_days(style.iso).take(pc.subtract(array.cast(pa.int32()), FIRST_DAY))


@lru_cache(maxsize=2)
def _written_days(iso: bool) -> pa.Array:
    """Every day that can occur as text: looking a date up is much faster than writing it."""
    written = [str(one) for one in DAYS]
    return pa.array(written if iso else [f"{text[8:]}.{text[5:7]}.{text[:4]}" for text in written])


def _decimals(name: str, array: pa.Array, style: Style) -> pa.Array:
    text = array.cast(pa.string())
    if style.iso:
        return text
    if style.thousands and name == "betrag_eur":
        swap = str.maketrans(",.", ".,")
        text = pa.array([f"{amount:,.2f}".translate(swap) for amount in array.to_pylist()], pa.string())
    else:
        text = pc.replace_substring(text, ".", ",")
    if style.euro_sign and name == "betrag_eur":
        text = pc.binary_join_element_wise(text, "€", " ")
    return text
