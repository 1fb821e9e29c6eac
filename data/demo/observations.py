"""The table verlauf: what offices noted of a person's development, at the start and at changes."""

import numpy as np
import pyarrow as pa

from data.demo import columns, values
from data.demo.chance import happens
from data.demo.development import Development
from data.demo.persons import Persons

# Share of the cases whose development in a field is noted at all.
NOTED = {
    "sprachniveau": 0.75,
    "beschaeftigung": 0.75,
    "unterbringung": 0.70,
    "anerkennung": 0.50,
    "leistungsbezug": 0.15,
}


def verlauf(
    rng: np.random.Generator, case_ids: pa.Array, persons: Persons, development: Development
) -> pa.Table:
    """One row per observation; work and language of persons from 15 on, recognition where it is needed."""
    parts = []
    for field, share in NOTED.items():
        course = getattr(development, field)
        noted = happens(rng, share, len(case_ids))
        if field in ("sprachniveau", "beschaeftigung"):
            noted &= persons.age >= 15
        if field == "anerkennung":
            noted &= course.latest != values.code("anerkennung", "nicht erforderlich")
        rows = noted[course.case]
        parts.append(
            pa.table(
                {
                    "fall_id": case_ids.take(pa.array(course.case[rows])),
                    "datum": columns.days(course.day[rows]),
                    "merkmal": columns.constant(field, int(rows.sum())),
                    "wert": columns.choice(course.code[rows], values.of(field)),
                }
            )
        )
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()
