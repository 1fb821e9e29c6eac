"""What offices did not record: missing values by field and office, in the writings that the format allows."""

import numpy as np
import pyarrow as pa

from data.demo.chance import happens

USUAL = {  # share of missing values of a usual office
    "integrationsmanager_id": 0.03,
    "altersgruppe": 0.035,
    "geschlecht": 0.02,
    "herkunftsland": 0.03,
    "aufenthaltsstatus": 0.05,
    "haushaltstyp": 0.06,
    "unterbringung": 0.055,
    "leistungsbezug": 0.075,
    "schulabschluss": 0.10,
    "berufsabschluss": 0.105,
    "anerkennung": 0.08,
    "sprachniveau": 0.075,
    "sprache_zertifiziert": 0.10,
    "beschaeftigung": 0.065,
}


def left(rng: np.random.Generator, faelle: pa.Table, writings: tuple[str, ...]) -> pa.Table:
    """The table faelle with 2 to 12 % of each field missing; `writings` are an office's words for it."""
    for field, usual in USUAL.items():
        share = float(np.clip(usual * rng.lognormal(0, 0.35), 0.02, 0.12))
        missing = happens(rng, share, len(faelle))
        words = rng.integers(0, len(writings), len(faelle))
        if field not in faelle.column_names:
            continue
        column = faelle[field].combine_chunks()
        gap = _worded(column, missing, words, writings) if pa.types.is_dictionary(column.type) else None
        if gap is None:
            gap = pa.compute.if_else(pa.array(missing), pa.scalar(None, column.type), column)
        faelle = faelle.set_column(faelle.column_names.index(field), field, gap)
    return faelle


def _worded(column: pa.Array, missing: np.ndarray, words: np.ndarray, writings: tuple[str, ...]) -> pa.Array:
    """A choice whose missing values are words of their own; the empty word is no value at all."""
    known = len(column.dictionary)
    codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    codes = np.where(missing | (codes < 0), known + words, codes)
    empty = np.array([word == "" for word in writings])
    absent = (codes >= known) & empty[words]
    indices = pa.array(codes.astype(np.int32), mask=absent)
    return pa.DictionaryArray.from_arrays(indices, pa.array([*column.dictionary.to_pylist(), *writings]))
